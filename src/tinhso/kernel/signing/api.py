"""Verification for programs: the same answer as the public page, as JSON."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import File, Router, Schema, UploadedFile

from .errors import FileTooLargeError
from .selectors import group_code
from .verification.checking import Check, Signer, check_file
from .verification.reading import LARGEST_FILE
from .wording import tell

router = Router(tags=["signing"])


class TrustOut(Schema):
    anchor: str
    why: str


class SignatureOut(Schema):
    name: str
    position: str
    organisation: str
    kind: str
    level: str
    signed_at: dt.datetime | None
    is_timestamped: bool
    timestamp_by: str
    archived_at: dt.datetime | None
    is_intact: bool
    covers_whole_document: bool
    changes: list[str]
    is_trusted: bool
    trust: TrustOut | None
    distrust: str | None
    revocation: str
    revoked_at: dt.datetime | None
    certificate_serial: str
    certificate_issuer: str
    certificate_expires_at: dt.datetime | None
    held_office_since: dt.date | None


class IssuedOut(Schema):
    code: str
    title: str
    number: str
    agency: str
    issued_at: dt.datetime
    sha256: str
    is_same_file: bool
    withdrawn_at: dt.datetime | None


class HistoryOut(Schema):
    outcome: str
    entry_count: int
    sealed_count: int
    sealed_on: dt.date | None


class VerificationOut(Schema):
    verdict: str
    sentence: str
    sha256: str
    size: int
    unreadable: str | None
    added_bytes: int
    changed_pages: list[int]
    signatures: list[SignatureOut]
    issued: IssuedOut | None
    history: HistoryOut | None


@router.post("/verify", response=VerificationOut, auth=None, summary="Kiểm tra chữ ký số của một tệp PDF")
def verify_file(request: HttpRequest, file: File[UploadedFile]) -> VerificationOut:
    """Tệp được đọc trong bộ nhớ và không được lưu lại. Tối đa 25 MB."""
    if (file.size or 0) > LARGEST_FILE:
        raise FileTooLargeError(limit=LARGEST_FILE // 1024**2)
    return describe(check_file(file.read()))


def describe(check: Check) -> VerificationOut:
    told = tell(check)
    addition = check.report.addition
    return VerificationOut(
        verdict=check.verdict,
        sentence=f"{told.title}. {told.text}".strip(),
        sha256=check.report.sha256,
        size=check.report.size,
        unreadable=check.report.unreadable,
        added_bytes=addition.size if addition else 0,
        changed_pages=list(addition.pages) if addition else [],
        signatures=[_describe_signature(signer) for signer in check.signers],
        issued=_describe_issued(check),
        history=_describe_history(check),
    )


def _describe_signature(signer: Signer) -> SignatureOut:
    report = signer.report
    return SignatureOut(
        name=report.name,
        position=report.position,
        organisation=report.organisation,
        kind=report.kind,
        level=report.level,
        signed_at=report.signed_at,
        is_timestamped=report.is_timestamped,
        timestamp_by=report.timestamp_by,
        archived_at=report.archived_at,
        is_intact=report.is_intact,
        covers_whole_document=report.covers_whole_document,
        changes=list(report.changes),
        is_trusted=report.is_trusted,
        trust=TrustOut(anchor=report.trust.anchor, why=report.trust.why) if report.trust else None,
        distrust=report.distrust,
        revocation=report.revocation,
        revoked_at=report.revoked_at,
        certificate_serial=report.certificate_serial,
        certificate_issuer=report.certificate_issuer,
        certificate_expires_at=report.certificate_expires_at,
        held_office_since=signer.held_since,
    )


def _describe_issued(check: Check) -> IssuedOut | None:
    issued = check.issued
    if issued is None:
        return None
    return IssuedOut(
        code=group_code(issued.code),
        title=issued.title,
        number=issued.number,
        agency=issued.agency_name,
        issued_at=issued.issued_at,
        sha256=issued.sha256,
        is_same_file=check.is_as_issued,
        withdrawn_at=issued.withdrawn_at,
    )


def _describe_history(check: Check) -> HistoryOut | None:
    history = check.history
    if history is None:
        return None
    return HistoryOut(
        outcome=history.outcome,
        entry_count=history.entry_count,
        sealed_count=history.sealed_count,
        sealed_on=history.sealed_on,
    )
