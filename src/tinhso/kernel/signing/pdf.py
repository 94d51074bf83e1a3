"""Putting one PAdES signature on a PDF document."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import io
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from asn1crypto import x509
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfTimeStamper,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath

from tinhso.kernel.letters.appending import AppendingWriter

from .choices import CredentialKind, SignatureLevel
from .cms import DIGEST, KeptSigner
from .errors import (
    AlreadySignedError,
    CertificateNotTrustedError,
    NotSignableError,
    NotSignedYetError,
    TimestampUnavailableError,
)
from .fetchers import NetworkFetchers
from .models import SigningCredential
from .network import Network
from .stamps import Look, Stamp, get_text_box, make_style

T = TypeVar("T")

VIETNAM = dt.timezone(dt.timedelta(hours=7))
USAGE = {"non_repudiation"}
STAMPING = {"time_stamping"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the levels above B-B need. `time_stamper` from B-T on, the rest from B-LT on."""

    time_stamper: TimeStamper
    network: Network
    trust_roots: tuple[x509.Certificate, ...]

    def make_context(self) -> ValidationContext:
        return ValidationContext(
            trust_roots=list(self.trust_roots),
            allow_fetching=True,
            revocation_mode="hard-fail",
            fetchers=NetworkFetchers(self.network).get_fetchers(),
        )


@dataclass(frozen=True, slots=True)
class Order:
    """One signature to make."""

    credential: SigningCredential
    reason: str
    stamp: Stamp | None
    level: SignatureLevel
    signed_at: dt.datetime


def put_signature(pdf: bytes, order: Order, signer: KeptSigner, evidence: Evidence | None) -> bytes:
    """The document with one more signature, as an incremental update: what was there stays byte for byte.

    Raises NotSignableError, AlreadySignedError, NotSignedYetError, TimestampUnavailableError,
    CertificateNotTrustedError.
    """
    writer = _open(pdf)
    kind = CredentialKind(order.credential.kind)
    with _refusals(order.credential.label):
        fields = _find_fields(writer)
        refuse_out_of_turn(kind, {name for name, is_signed in fields.items() if is_signed}, order.stamp)
        pdf_signer = PdfSigner(
            _describe(order, kind, evidence),
            signer,
            timestamper=evidence.time_stamper if evidence else None,
            stamp_style=make_style(order.stamp, _drawing(order.credential), _write_moment(order.signed_at)),
            new_field_spec=None if kind in fields else _plan_field(writer, kind, order.stamp),
        )
        work = _sign(writer, pdf_signer, order)
        return asyncio.run(work) if evidence else run_through(work)


def run_through(work: Coroutine[Any, Any, T]) -> T:
    """The outcome of work that waits for nothing, without the event loop that would cost 1 ms of it."""
    try:
        work.send(None)
    except StopIteration as end:
        outcome: T = end.value
        return outcome
    work.close()
    raise RuntimeError("the work waits for something")


def refuse_out_of_turn(kind: CredentialKind, signed: set[str], stamp: Stamp | None) -> None:
    """The competent person first and once, then the agency's seal once (Decree 30/2020, article 32.2).

    A seal may stand alone on a copy or on an attachment kept in a file of its own: the text stamp says so.
    """
    if kind is CredentialKind.AGENCY_SEAL:
        if kind in signed:
            raise AlreadySignedError(what=str(kind.label).lower())
        is_alone_allowed = stamp is not None and stamp.look is Look.TEXT
        if not signed and not is_alone_allowed:
            raise NotSignedYetError
    elif signed:
        found = next((CredentialKind(name).label for name in signed if name in CredentialKind.values), None)
        raise AlreadySignedError(what=str(found or CredentialKind.PERSON.label).lower())


def add_archive_evidence(pdf: bytes, evidence: Evidence) -> bytes:
    """The same signed document with proof that its certificates were good, under an archive time stamp.

    A document that has such a stamp gets proof for the stamp and another one over it.

    Raises NotSignableError, TimestampUnavailableError, CertificateNotTrustedError.
    """
    writer = _open(pdf)
    with _refusals(""):
        return asyncio.run(_archive(writer, evidence))


@dataclass(frozen=True, slots=True)
class ArchiveStamp:
    stamped_at: dt.datetime
    good_until: dt.datetime
    """When the certificate of the time stamp ends."""


def read_archive_stamp(pdf: bytes) -> ArchiveStamp:
    """The newest archive time stamp of a document this product archived. Raises IndexError when it has none."""
    stamp = PdfFileReader(io.BytesIO(pdf)).embedded_timestamp_signatures[-1]
    told = stamp.signed_data["encap_content_info"]["content"].parsed
    return ArchiveStamp(told["gen_time"].native, stamp.signer_cert.not_valid_after)


async def _archive(writer: IncrementalPdfFileWriter, evidence: Evidence) -> bytes:
    context = evidence.make_context()
    if stamps := writer.prev.embedded_timestamp_signatures:
        paths = [await _prove_stamp(stamps[-1], context)]
    else:
        paths = [await _prove(each, context) for each in writer.prev.embedded_regular_signatures]
    output = await PdfTimeStamper(evidence.time_stamper).async_timestamp_pdf(
        writer,
        DIGEST,
        context,
        validation_paths=paths,
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
        embed_roots=False,
    )
    content: bytes = output.getvalue()
    return content


async def _prove(signature: EmbeddedPdfSignature, context: ValidationContext) -> ValidationPath:
    path: ValidationPath = await _get_validator(signature, context).async_validate_usage(USAGE)
    return path


async def _prove_stamp(stamp: EmbeddedPdfSignature, context: ValidationContext) -> ValidationPath:
    path: ValidationPath = await _get_validator(stamp, context).async_validate_usage(set(), STAMPING)
    return path


def _get_validator(signature: EmbeddedPdfSignature, context: ValidationContext) -> CertificateValidator:
    return CertificateValidator(
        signature.signer_cert,
        intermediate_certs=signature.other_embedded_certs,
        validation_context=context,
    )


async def _sign(writer: IncrementalPdfFileWriter, pdf_signer: PdfSigner, order: Order) -> bytes:
    """`PdfSigner.async_sign_pdf` step by step, since the moment of signing is ours to give."""
    session = pdf_signer.init_signing_session(writer)
    session.system_time = order.signed_at.astimezone(VIETNAM)
    checked = await session.perform_presign_validation(writer)
    is_tight = pdf_signer.default_timestamper is None
    room = await session.estimate_signature_container_size(checked, tight=is_tight)
    document = session.prepare_tbs_document(validation_info=checked, bytes_reserved=room + room % 2)
    digest, output = document.digest_tbs_document()
    signed = await document.perform_signature(digest.document_digest, PdfCMSSignedAttributes())
    await signed.post_signature_processing(output)
    content: bytes = output.getvalue()  # type: ignore[attr-defined]
    return content


def _describe(order: Order, kind: CredentialKind, evidence: Evidence | None) -> PdfSignatureMetadata:
    keeps_evidence = order.level in (SignatureLevel.B_LT, SignatureLevel.B_LTA)
    return PdfSignatureMetadata(
        field_name=kind.value,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=order.reason,
        embed_validation_info=keeps_evidence,
        use_pades_lta=order.level is SignatureLevel.B_LTA,
        validation_context=evidence.make_context() if evidence and keeps_evidence else None,
        signer_key_usage=USAGE,
        # The VRI dictionary is deprecated by PAdES and would cost a revision of its own.
        dss_settings=DSSContentSettings(include_vri=False),
    )


def _open(pdf: bytes) -> IncrementalPdfFileWriter:
    try:
        writer = AppendingWriter(io.BytesIO(pdf))
    except (PdfError, ValueError, KeyError, RecursionError) as error:
        raise NotSignableError from error
    if writer.prev.encrypted:
        raise NotSignableError
    return writer


def _find_fields(writer: IncrementalPdfFileWriter) -> dict[str, bool]:
    """Signature fields by name, and whether each is signed. Time stamps of the archive do not count."""
    found: dict[str, bool] = {}
    for name, value, _field in enumerate_sig_fields(writer):
        content = value.get_object() if value is not None else None
        if content is None or content.get("/Type") != "/DocTimeStamp":
            found[name] = content is not None
    return found


def _plan_field(writer: IncrementalPdfFileWriter, kind: CredentialKind, stamp: Stamp | None) -> SigFieldSpec:
    """A field for a document that brought none: where the stamp says, else unseen."""
    if stamp is None:
        return SigFieldSpec(kind.value)
    box = stamp.box
    if box is None and stamp.look is Look.TEXT:
        box = get_text_box(*_measure_first_page(writer))
    if box is None:
        return SigFieldSpec(kind.value)
    edges = (round(box.left), round(box.bottom), round(box.right), round(box.top))
    return SigFieldSpec(kind.value, on_page=box.page - 1, box=edges)


def _measure_first_page(writer: IncrementalPdfFileWriter) -> tuple[float, float]:
    page = writer.find_page_for_modification(0)[0].get_object()
    while "/MediaBox" not in page:
        page = page["/Parent"]
    left, bottom, right, top = (float(edge) for edge in page["/MediaBox"])
    return right - left, top - bottom


def _drawing(credential: SigningCredential) -> bytes | None:
    return bytes(credential.drawing) if credential.drawing else None


def _write_moment(moment: dt.datetime) -> str:
    return timezone.localtime(moment, VIETNAM).isoformat(timespec="seconds")


@contextlib.contextmanager
def _refusals(label: str) -> Iterator[None]:
    try:
        yield
    except (TimestampRequestError, OSError) as error:
        raise TimestampUnavailableError from error
    except (SigningError, PathError, ValidationError) as error:
        raise CertificateNotTrustedError(label=label) from error
    except (PdfError, KeyError, RecursionError) as error:
        raise NotSignableError from error
