"""Files that come with a form: each kept for its dossier, each refusal named beside its file."""

from __future__ import annotations

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.files.services import store_file
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.access import get_actor_of

from ..data.filing import HandedPaper
from ..models import Dossier
from ..services.file_dossier import FILE_OWNER_KIND

MOST_FILES = 10
"""At once, for one paper."""


def take_needed_uploads(
    request: HttpRequest, dossier: Dossier
) -> tuple[list[HandedPaper], list[tuple[str, str]]]:
    """What was attached for each paper the supplement request names, `need-0`, `need-1` …; and the problems,
    each with the id of its control."""
    actor = get_actor_of(request)
    handed: list[HandedPaper] = []
    problems: list[tuple[str, str]] = []
    for index, _need in enumerate((dossier.supplement_request or {}).get("papers", [])):
        kept, refused = store_uploads(actor, dossier.pk, request.FILES.getlist(f"need-{index}"))
        handed += [HandedPaper(paper_code=str(index), file_id=file_id) for file_id in kept]
        problems += [(f"drop-need-{index}", sentence) for sentence in refused]
    return handed, problems


def store_uploads(
    actor: Actor, dossier_id: UUID, uploads: list[UploadedFile[Any]]
) -> tuple[list[UUID], list[str]]:
    """Ids of what was kept, and a sentence for each file that was refused. One bad file loses no good one."""
    kept: list[UUID] = []
    refused: list[str] = []
    for upload in uploads[:MOST_FILES]:
        try:
            kept.append(store_upload(actor, dossier_id, upload).pk)
        except TinhSoError as refusal:
            refused.append(f"{upload.name}: {refusal.sentence}")
    return kept, refused


def store_upload(actor: Actor, dossier_id: UUID, upload: UploadedFile[Any]) -> StoredFile:
    """Raises what the store says of a file it does not take."""
    return store_file(
        actor=actor,
        content=cast(BinaryIO, upload.file),
        name=upload.name or "",
        owner_kind=FILE_OWNER_KIND,
        owner_id=dossier_id,
    )
