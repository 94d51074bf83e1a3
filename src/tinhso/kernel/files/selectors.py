from __future__ import annotations

from typing import BinaryIO
from uuid import UUID

from django.db.models import QuerySet

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.people.actor import Actor, ActorKind
from tinhso.kernel.registry import registry

from .models import StoredFile
from .storage import get_store


def find_files(owner_kind: str, owner_id: UUID) -> QuerySet[StoredFile]:
    """Oldest first. Whoever asks has been through the owner's gate."""
    return StoredFile.objects.filter(owner_kind=owner_kind, owner_id=owner_id).order_by("created_at", "pk")


def get_file(actor: Actor, file_id: UUID) -> StoredFile:
    """A file the actor may read by the gate of its owner; for a stranger it does not exist."""
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is None or not _may_read(actor, file):
        raise NotFoundError
    return file


def open_file(actor: Actor, file_id: UUID) -> tuple[StoredFile, BinaryIO]:
    """The caller closes it. Errors: kernel.not_found, files.vanished."""
    file = get_file(actor, file_id)
    return file, get_store().open(file.sha256)


def _may_read(actor: Actor, file: StoredFile) -> bool:
    if actor.kind is ActorKind.SYSTEM:
        return True
    gate = registry.get_file_gate(file.owner_kind)
    return gate is not None and gate.may_read(actor, file.owner_id)
