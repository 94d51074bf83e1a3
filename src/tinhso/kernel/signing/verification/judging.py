"""Judging the signatures of one PDF document."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import structlog
from asn1crypto import cms, x509
from pyhanko.pdf_utils.generic import parse_pdf_date
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_timestamp
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from tinhso.kernel.moment import now

from ..certificates import get_issuer_name, get_name_part, get_serial
from ..choices import CredentialKind, SignatureLevel
from ..network import open_network
from ..selectors import find_trust_anchors
from .covering import Covering, find_coverings, is_plainly_written
from .reading import LARGEST_FILE, MOST_SIGNATURES, GuardedReader, TooHeavyError, find_changed_pages
from .report import (
    Addition,
    Change,
    Distrust,
    Revocation,
    SignatureReport,
    Unreadable,
    Verdict,
    VerificationReport,
)
from .trusting import Judge, Opinion

log = structlog.get_logger(__name__)

TIMESTAMP = "/DocTimeStamp"
END = b"%%EOF"
LONGEST_LINE_END = 2


def verify_pdf(content: bytes) -> VerificationReport:
    """What the signatures of a file prove. Never raises on what people may bring; keeps nothing of it."""
    judge = Judge(find_trust_anchors(), open_network())
    sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    if size > LARGEST_FILE:
        return _unreadable(sha256, size, Unreadable.TOO_LARGE)
    if b"%PDF-" not in content[:1024]:
        return _unreadable(sha256, size, Unreadable.NOT_PDF)
    try:
        return asyncio.run(_verify(content, sha256, judge))
    except (PdfDecodeLimitError, TooHeavyError, RecursionError, MemoryError):
        return _unreadable(sha256, size, Unreadable.TOO_HEAVY)
    except Exception as error:
        # A hostile or broken file makes the parsers under us raise almost anything.
        log.debug("pdf_unreadable", error=type(error).__name__)
        return _unreadable(sha256, size, Unreadable.DAMAGED)


def _unreadable(sha256: str, size: int, why: Unreadable) -> VerificationReport:
    return VerificationReport(verdict=Verdict.UNREADABLE, sha256=sha256, size=size, unreadable=why)


async def _verify(content: bytes, sha256: str, judge: Judge) -> VerificationReport:
    reader = GuardedReader(content)
    if reader.encrypted:
        return _unreadable(sha256, len(content), Unreadable.LOCKED)
    document = Document.open(content, reader)
    reports = [await _judge(document, field, judge) for field in document.fields if not field.is_timestamp]
    reports = _place_changes(reports)
    archive = [await _check_archive(field) for field in document.fields if field.is_timestamp]
    if not reports:
        return VerificationReport(verdict=Verdict.UNSIGNED, sha256=sha256, size=len(content))

    if not all(archive):
        reports[-1] = replace(reports[-1], changes=(*reports[-1].changes, Change.TIMESTAMP))
    verdict = _decide(reports)
    return VerificationReport(
        verdict=verdict,
        sha256=sha256,
        size=len(content),
        signatures=tuple(reports),
        addition=document.find_addition() if verdict is Verdict.ALTERED else None,
    )


def _place_changes(reports: list[SignatureReport]) -> list[SignatureReport]:
    """What came after the last signature came after the earlier ones too, not between them."""
    if not reports or Change.ADDED not in reports[-1].changes:
        return reports
    return [
        replace(
            report,
            changes=tuple(Change.ADDED if each is Change.BETWEEN else each for each in report.changes),
        )
        for report in reports
    ]


def _decide(reports: list[SignatureReport]) -> Verdict:
    if not all(report.is_intact for report in reports):
        return Verdict.ALTERED
    return Verdict.GENUINE if all(report.is_trusted for report in reports) else Verdict.UNTRUSTED


@dataclass(frozen=True, slots=True)
class SignedField:
    """A filled signature field. `signature` is None where pyHanko cannot make sense of it."""

    name: str
    is_timestamp: bool
    signature: EmbeddedPdfSignature | None

    @property
    def end(self) -> int:
        if self.signature is None:
            return 0
        _, _, gap_end, length = (int(number) for number in self.signature.byte_range)
        return gap_end + length


@dataclass(frozen=True, slots=True)
class Document:
    content: bytes
    reader: GuardedReader
    fields: tuple[SignedField, ...]
    coverings: tuple[Covering, ...]

    @classmethod
    def open(cls, content: bytes, reader: GuardedReader) -> Document:
        fields = sorted(_find_fields(reader), key=lambda field: field.end)
        if len(fields) > MOST_SIGNATURES:
            raise TooHeavyError
        return cls(content, reader, tuple(fields), tuple(find_coverings(content)))

    def is_last_approval(self, field: SignedField) -> bool:
        return field is [each for each in self.fields if not each.is_timestamp][-1]

    def find_covering(self, field: SignedField) -> Covering | None:
        return next((covering for covering in self.coverings if covering.end == field.end), None)

    def find_addition(self) -> Addition | None:
        """What came after the last signature or archive stamp, where something did."""
        last = self.fields[-1]
        size = len(self.content) - last.end
        if size <= 0 or last.signature is None:
            return None
        pages = find_changed_pages(self.reader, last.signature.signed_revision)
        return Addition(size=size, added_at=self._read_claimed_moment(), pages=pages)

    def has_stray_bytes(self) -> bool:
        """Bytes that belong to no revision, beyond the line end a writer may leave."""
        last = self.fields[-1]
        newest = self.reader.xrefs.total_revisions - 1
        if last.signature is not None and last.signature.signed_revision == newest:
            return len(self.content) - last.end > LONGEST_LINE_END
        return len(self.content) - self.content.rfind(END) - len(END) > LONGEST_LINE_END

    def has_revocation_evidence(self) -> bool:
        root = self.reader.root
        return "/DSS" in root and any(kind in root["/DSS"] for kind in ("/OCSPs", "/CRLs"))

    def _read_claimed_moment(self) -> dt.datetime | None:
        try:
            moment = parse_pdf_date(self.reader.trailer["/Info"]["/ModDate"], strict=False)
        except (KeyError, ValueError, TypeError):
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _find_fields(reader: GuardedReader) -> Iterator[SignedField]:
    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        is_timestamp = value.get_object().get("/Type") == TIMESTAMP
        try:
            signature = EmbeddedPdfSignature(reader, field, name)
        except TooHeavyError:
            raise
        except Exception as error:
            # The container of a signature that was tampered with may be any bytes at all.
            log.debug("signature_unreadable", error=type(error).__name__)
            yield SignedField(name, is_timestamp, None)
        else:
            yield SignedField(name, is_timestamp, signature)


async def _check_archive(field: SignedField) -> bool:
    """Whether an archive time stamp still holds what it covered."""
    if field.signature is None:
        return False
    try:
        status = await async_validate_pdf_timestamp(field.signature)
    except TooHeavyError:
        raise
    except Exception as error:
        log.debug("archive_stamp_unreadable", error=type(error).__name__)
        return False
    return bool(status.intact and status.valid)


async def _judge(document: Document, field: SignedField, judge: Judge) -> SignatureReport:
    signature = field.signature
    if signature is None:
        return _report_broken()
    try:
        signature.compute_integrity_info()
        return _report(document, field, signature, await judge.judge(signature))
    except TooHeavyError:
        raise
    except Exception as error:
        log.debug("signature_unreadable", error=type(error).__name__)
        return _report_broken()


def _report_broken() -> SignatureReport:
    return SignatureReport(
        name="",
        position="",
        organisation="",
        kind=CredentialKind.PERSON,
        signed_at=None,
        is_timestamped=False,
        timestamp_by="",
        archived_at=None,
        level=SignatureLevel.B_B,
        changes=(Change.SIGNATURE,),
        trust=None,
        distrust=Distrust.OTHER,
        revocation=Revocation.UNKNOWN,
        revocation_checked_at=None,
        revoked_at=None,
        certificate_serial="",
        certificate_issuer="",
        certificate_starts_at=None,
        certificate_expires_at=None,
    )


def _report(
    document: Document, field: SignedField, signature: EmbeddedPdfSignature, opinion: Opinion
) -> SignatureReport:
    certificate = signature.signer_cert
    validity = certificate["tbs_certificate"]["validity"].native
    changes = tuple(_find_changes(document, field, signature, opinion))
    stamp = opinion.status.timestamp_validity if opinion.status else None
    is_timestamped = stamp is not None and stamp.trusted
    return SignatureReport(
        name=get_name_part(certificate.subject, "common_name"),
        position=get_name_part(certificate.subject, "title"),
        organisation=get_name_part(certificate.subject, "organization_name"),
        kind=_tell_kind(certificate),
        signed_at=stamp.timestamp if stamp and is_timestamped else signature.self_reported_timestamp,
        is_timestamped=is_timestamped,
        timestamp_by=get_name_part(stamp.signing_cert.subject, "common_name") if stamp else "",
        archived_at=opinion.archived_at,
        level=_tell_level(document, opinion, is_timestamped=is_timestamped),
        changes=changes,
        trust=opinion.trust,
        distrust=opinion.distrust,
        revocation=opinion.revocation,
        revocation_checked_at=now() if opinion.revocation is not Revocation.UNKNOWN else None,
        revoked_at=opinion.revoked_at,
        certificate_serial=get_serial(certificate),
        certificate_issuer=get_issuer_name(certificate),
        certificate_starts_at=validity["not_before"],
        certificate_expires_at=validity["not_after"],
    )


def _find_changes(
    document: Document, field: SignedField, signature: EmbeddedPdfSignature, opinion: Opinion
) -> Iterator[Change]:
    status = opinion.status
    if status is None or not status.valid:
        yield Change.SIGNATURE
    if status is None or not status.intact:
        yield Change.CONTENT
        return
    if not _is_container_untouched(document, field, signature):
        yield Change.SIGNATURE
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        yield Change.TIMESTAMP
    yield from _find_later_changes(document, field, status)


def _find_later_changes(
    document: Document, field: SignedField, status: PdfSignatureStatus
) -> Iterator[Change]:
    """Later signatures and archive evidence may follow; after the last signature only archive evidence."""
    level = status.modification_level
    if status.coverage in (
        SignatureCoverageLevel.UNCLEAR,
        SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START,
    ):
        yield Change.UNCOVERED
    elif level is None or level is ModificationLevel.OTHER or level is ModificationLevel.ANNOTATIONS:
        yield Change.ADDED if document.is_last_approval(field) else Change.BETWEEN
    elif document.is_last_approval(field):
        is_only_archive = level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
        if not is_only_archive or document.has_stray_bytes():
            yield Change.ADDED


def _is_container_untouched(document: Document, field: SignedField, signature: EmbeddedPdfSignature) -> bool:
    covering = document.find_covering(field)
    length = len(cms.ContentInfo.load(signature.pkcs7_content).dump())
    return covering is not None and is_plainly_written(covering.get_container(document.content), length)


def _tell_kind(certificate: x509.Certificate) -> CredentialKind:
    """A seal bears the agency's own name; where the certificate is one of ours, the caller knows better."""
    name = get_name_part(certificate.subject, "common_name")
    organisation = get_name_part(certificate.subject, "organization_name")
    return CredentialKind.AGENCY_SEAL if name == organisation else CredentialKind.PERSON


def _tell_level(document: Document, opinion: Opinion, *, is_timestamped: bool) -> SignatureLevel:
    """An archive time stamp proves the time of a signature as well as a stamp of its own does."""
    if not (is_timestamped or opinion.archived_at):
        return SignatureLevel.B_B
    if not document.has_revocation_evidence():
        return SignatureLevel.B_T
    return SignatureLevel.B_LT if opinion.archived_at is None else SignatureLevel.B_LTA
