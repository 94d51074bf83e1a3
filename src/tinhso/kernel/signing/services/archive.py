"""Evidence for the long run, added to issued documents after the transaction that signed them.

A signature proves nothing once its certificate has ended, unless something shows that it was there before. So
every document kept for the long run is raised to PAdES B-LTA: proof that the certificates were good, and a time
stamp over all of it, itself renewed before its own certificate ends (ETSI EN 319 142-1). What is added comes
after the last byte of what was issued; the file begins with the issued document still.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

import structlog

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.receiving import ReceivedFile, take_own_pdf
from tinhso.kernel.files.selectors import open_file
from tinhso.kernel.files.services import replace_content
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.services import service

from ..errors import TimestampUnavailableError
from ..models import ArchivedForm, VerifiableDocument
from ..network import get_time_stamper
from ..pdf import ArchiveStamp, read_archive_stamp
from ..selectors import find_archive_due
from .sign import archive_pdf

log = structlog.get_logger(__name__)

RENEWED_BEFORE = dt.timedelta(days=180)
"""How long before the certificate of its time stamp ends a document gets the next stamp."""
RENEWED_AT_MOST = dt.timedelta(days=30)
"""A service that still stamps with the old certificate is asked again only after this."""
LEFT_ALONE = dt.timedelta(days=1)
"""How long a document is the event's business, and how long one that was refused rests."""


class NotTheIssuedDocumentError(RuntimeError):
    """The stored file is not the document that was issued; a time stamp on it would tell an untruth."""


@dataclass(frozen=True, slots=True)
class _Archived:
    """An archived document whose bytes are in the store, and the digest of what it was made from."""

    made_from: str
    received: ReceivedFile
    stamp: ArchiveStamp


def archive_issued(*, document_id: UUID) -> bool:
    """Give an issued document the archive time stamp that is due. False when there is nothing to do.

    Waits for time stamps and revocation answers with no transaction open and no database connection held. May
    run twice, even at once: one outcome is kept. Where the installation has no time stamping service the
    document stays due.

    Raises TimestampUnavailableError, CertificateNotTrustedError, NotSignableError, FileVanishedError,
    StorageFullError, NotTheIssuedDocumentError.
    """
    document = VerifiableDocument.objects.filter(pk=document_id, archive_due_at__lte=now()).first()
    if document is None or document.file_id is None or get_time_stamper() is None:
        return False
    file, content = open_file(SYSTEM, document.file_id)
    with content:
        pdf = content.read()
    digest = hashlib.sha256(pdf).hexdigest()
    if not document.is_same_as(digest):
        raise NotTheIssuedDocumentError(document.code)

    archived = archive_pdf(pdf=pdf)
    received = take_own_pdf(archived, name=file.name)
    return _keep(document_id=document_id, archived=_Archived(digest, received, read_archive_stamp(archived)))


def keep_archives() -> None:
    """Stamp what is due: documents whose archive time stamp ends soon, and those the event gave up on.

    A document that is refused rests for a day; when the service does not answer, all wait for the next run.
    Raises the last refusal, so that the run is shown as failed.
    """
    if get_time_stamper() is None:
        return
    refusal: TinhSoError | NotTheIssuedDocumentError | None = None
    for document_id in find_archive_due(now() - LEFT_ALONE):
        try:
            archive_issued(document_id=document_id)
        except TimestampUnavailableError:
            raise
        except (TinhSoError, NotTheIssuedDocumentError) as error:
            log.warning("not_archived", document=str(document_id), reason=type(error).__name__)
            VerifiableDocument.objects.filter(pk=document_id).update(archive_due_at=now())
            refusal = error
    if refusal is not None:
        raise refusal


@service
def _keep(*, document_id: UUID, archived: _Archived) -> bool:
    """The stored file is the archived document from now on. False when another run was first."""
    document = VerifiableDocument.objects.select_for_update().get(pk=document_id)
    stamp = archived.stamp
    if document.file_id is None or not replace_content(
        file_id=document.file_id, was=archived.made_from, received=archived.received
    ):
        return False

    ArchivedForm.objects.create(
        document=document,
        sha256=archived.received.sha256,
        stamped_at=stamp.stamped_at,
        good_until=stamp.good_until,
    )
    document.archive_due_at = max(stamp.good_until - RENEWED_BEFORE, stamp.stamped_at + RENEWED_AT_MOST)
    document.save(update_fields=["archive_due_at"])
    record(
        stream=f"signing.document:{document.pk}",
        action="signing.document_archived",
        actor=SYSTEM,
        detail={
            "code": document.code,
            "was": archived.made_from,
            "sha256": archived.received.sha256,
            "good_until": stamp.good_until,
        },
    )
    return True
