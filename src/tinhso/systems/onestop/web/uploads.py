"""Files that come with a form: each kept for its dossier, each refusal named beside its file."""

from __future__ import annotations

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.services import store_file
from tinhso.kernel.people.actor import Actor

from ..services.file_dossier import FILE_OWNER_KIND

MOST_FILES = 10
"""At once, for one paper."""


def store_uploads(
    actor: Actor, dossier_id: UUID, uploads: list[UploadedFile[Any]]
) -> tuple[list[UUID], list[str]]:
    """Ids of what was kept, and a sentence for each file that was refused. One bad file loses no good one."""
    kept: list[UUID] = []
    refused: list[str] = []
    for upload in uploads[:MOST_FILES]:
        try:
            file = store_file(
                actor=actor,
                content=cast(BinaryIO, upload.file),
                name=upload.name or "",
                owner_kind=FILE_OWNER_KIND,
                owner_id=dossier_id,
            )
            kept.append(file.pk)
        except TinhSoError as refusal:
            refused.append(f"{upload.name}: {refusal.sentence}")
    return kept, refused
