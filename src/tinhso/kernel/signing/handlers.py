from __future__ import annotations

from tinhso.kernel.registry import Handler

from .events import DocumentIssued
from .services.archive import archive_issued


def after_issued(event: DocumentIssued) -> None:
    archive_issued(document_id=event.document_id)


HANDLERS = (Handler(DocumentIssued, after_issued, calls_out=True, can_wait=True),)
