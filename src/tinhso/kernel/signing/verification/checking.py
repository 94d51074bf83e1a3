"""A file against everything the province knows: its signatures, the issued document, the dossier's history."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, replace

from tinhso.kernel.audit.receipt import Outcome, check_receipt, make_receipt
from tinhso.kernel.audit.trust import ProvinceTrust
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import today

from ..choices import CredentialKind
from ..errors import BusyError
from ..models import SigningCredential, VerifiableDocument
from ..selectors import find_credentials_by_serial, find_held_since, find_issued_like
from .covering import find_traces
from .judging import verify_pdf
from .report import SignatureReport, Verdict, VerificationReport

PLACES = 2
"""Files checked at once by one process: a hostile one may take its twelve seconds of processor time."""
LONGEST_WAIT = 5.0
"""Seconds."""

_places = threading.BoundedSemaphore(PLACES)


@dataclass(frozen=True, slots=True)
class HistoryProof:
    """What the signed history of the record says, without saying what was done or by whom."""

    outcome: Outcome
    entry_count: int
    sealed_count: int
    sealed_on: dt.date | None

    @property
    def is_whole(self) -> bool:
        return self.outcome is Outcome.GENUINE


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature, and what the province itself knows of the one who made it."""

    report: SignatureReport
    is_ours: bool
    held_since: dt.date | None


@dataclass(frozen=True, slots=True)
class Check:
    """One file checked. `issued` is the document it is, or was before it was changed."""

    verdict: Verdict
    report: VerificationReport
    signers: tuple[Signer, ...]
    issued: VerifiableDocument | None
    is_as_issued: bool
    history: HistoryProof | None


def check_file(content: bytes) -> Check:
    """Never raises on what people may bring. Keeps nothing of the file.

    Raises BusyError when as many files as this process takes at once are being checked.
    """
    if not _places.acquire(timeout=LONGEST_WAIT):
        raise BusyError
    try:
        return _check(content)
    finally:
        _places.release()


def _check(content: bytes) -> Check:
    report = verify_pdf(content)
    issued = find_issued_like(sha256=report.sha256, traces=find_traces(content))
    signers = tuple(_find_signers(report))
    is_as_issued = issued is not None and issued.is_same_as(report.sha256)
    return Check(
        verdict=_decide(report, issued, is_as_issued=is_as_issued),
        report=report,
        signers=signers,
        issued=issued,
        is_as_issued=is_as_issued,
        history=prove_history(issued) if issued else None,
    )


def prove_history(issued: VerifiableDocument) -> HistoryProof | None:
    """None where the document belongs to no recorded history, or the province cannot sign for it now."""
    if not issued.stream:
        return None
    try:
        receipt = make_receipt(issued.stream)
    except TinhSoError:
        return None
    verdict = check_receipt(receipt, ProvinceTrust())
    days = [dt.date.fromisoformat(seal["day"]) for seal in receipt["seals"]]
    return HistoryProof(
        outcome=verdict.outcome,
        entry_count=len(verdict.entries),
        sealed_count=verdict.sealed_count,
        sealed_on=max(days, default=None),
    )


def _decide(report: VerificationReport, issued: VerifiableDocument | None, *, is_as_issued: bool) -> Verdict:
    """A file that was ours and is no longer byte for byte what was issued has been altered, however well."""
    return Verdict.ALTERED if issued is not None and not is_as_issued else report.verdict


def _find_signers(report: VerificationReport) -> list[Signer]:
    serials = {each.certificate_serial: each.certificate_issuer for each in report.signatures}
    ours = find_credentials_by_serial(serials)
    return [_describe_signer(each, ours.get(each.certificate_serial)) for each in report.signatures]


def _describe_signer(report: SignatureReport, credential: SigningCredential | None) -> Signer:
    if credential is None:
        return Signer(report=report, is_ours=False, held_since=None)
    day = report.signed_at.date() if report.signed_at else today()
    return Signer(
        report=replace(report, kind=CredentialKind(credential.kind)),
        is_ours=True,
        held_since=find_held_since(credential, day),
    )
