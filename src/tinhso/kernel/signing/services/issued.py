from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.services import service

from ..errors import DocumentNotFoundError
from ..events import DocumentIssued
from ..models import VerifiableDocument
from ..qr import make_qr_svg
from ..selectors import ALPHABET, get_issued, group_code
from ..verification.covering import find_traces

CODE_LENGTH = 16


def new_check_code() -> str:
    """16 characters of 32: 80 bits, not to be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def describe_check(code: str) -> dict[str, str]:
    """What a letter prints so that a stranger can check it: `verification` of the letter templates."""
    address = f"{settings.SITE_URL}{reverse('signing:verify')}"
    return {
        "qr": make_qr_svg(f"{settings.SITE_URL}{reverse('signing:verify-code', args=[code])}"),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "code": group_code(code),
    }


@service
def register_issued(
    *,
    code: str,
    content: bytes,
    owner_kind: str,
    owner_id: UUID,
    stream: str,
    title: str,
    number: str = "",
    reference: str = "",
    agency_name: str = "",
    issued_at: dt.datetime | None = None,
    file_id: UUID | None = None,
) -> UUID:
    """Remember a document as it leaves, signed: `content` is the file, of which only digests are kept.

    `file_id` names the stored file of a document that is kept for the long run: once this transaction is
    over it gets its archive time stamp, and is then what the file holds (`services.archive`).
    """
    document = VerifiableDocument.objects.create(
        code=code,
        sha256=hashlib.sha256(content).hexdigest(),
        traces=find_traces(content),
        owner_kind=owner_kind,
        owner_id=owner_id,
        stream=stream,
        title=title,
        number=number,
        reference=reference,
        agency_name=agency_name,
        issued_at=issued_at or now(),
        file_id=file_id,
        archive_due_at=now() if file_id else None,
    )
    if file_id is not None:
        emit(DocumentIssued(document_id=document.pk))
    return document.pk


@service
def withdraw_issued(*, code: str, because: str) -> None:
    """The document stays known and is told as withdrawn from now on. Raises DocumentNotFoundError."""
    document = get_issued(code)
    changed = VerifiableDocument.objects.filter(pk=document.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=now(), withdrawn_because=because
    )
    if not changed and document.withdrawn_at is None:
        raise DocumentNotFoundError
