from __future__ import annotations

import datetime as dt
import itertools
from typing import BinaryIO
from uuid import UUID

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.registry import RegistryError, registry
from tinhso.kernel.services import service

from .media import DOCUMENTS
from .models import StoredFile
from .receiving import ReceivedFile, receive_file
from .storage import get_store

ORPHAN_AGE = dt.timedelta(days=1)
BATCH = 500


def store_file(
    *,
    actor: Actor,
    content: BinaryIO,
    name: str,
    owner_kind: str,
    owner_id: UUID,
    accept: frozenset[str] = DOCUMENTS,
) -> StoredFile:
    """Receive the bytes and keep them for the owner. The row belongs to the caller's transaction, if any.

    The caller has checked that the actor may add to the owner. Where the bytes come from people, call
    `receive_file` before the transaction and `keep_file` in it. Errors: see `receive_file`.
    """
    received = receive_file(content, name=name, accept=accept)
    return keep_file(actor=actor, received=received, owner_kind=owner_kind, owner_id=owner_id)


@service
def keep_file(*, actor: Actor, received: ReceivedFile, owner_kind: str, owner_id: UUID) -> StoredFile:
    if registry.get_file_gate(owner_kind) is None:
        raise RegistryError(f"no file gate for {owner_kind}: nobody could ever read the file")
    return StoredFile.objects.create(
        owner_kind=owner_kind,
        owner_id=owner_id,
        name=received.name,
        media_type=received.media_type,
        size=received.size,
        sha256=received.sha256,
        created_by_id=actor.account_id,
    )


@service
def replace_content(*, file_id: UUID, was: str, received: ReceivedFile) -> bool:
    """Let a file hold other bytes, if it still holds those with the digest `was`. Returns whether it did.

    For what the product itself adds to a file, such as archive evidence after the end of a signed document.
    """
    held = StoredFile.objects.filter(pk=file_id, sha256=was)
    return bool(held.update(sha256=received.sha256, size=received.size))


@service
def hand_over_files(*, owner_kind: str, owner_id: UUID, to_kind: str, to_id: UUID) -> int:
    """All files of one owner become another's, as when a draft becomes a dossier. Returns how many."""
    if registry.get_file_gate(to_kind) is None:
        raise RegistryError(f"no file gate for {to_kind}: nobody could ever read the files")
    owned = StoredFile.objects.filter(owner_kind=owner_kind, owner_id=owner_id)
    return owned.update(owner_kind=to_kind, owner_id=to_id)


@service
def remove_file(*, file_id: UUID, owner_kind: str, owner_id: UUID) -> None:
    """Forget a file of this owner. The bytes go with the next sweep, unless another row shares them."""
    gone, _ = StoredFile.objects.filter(pk=file_id, owner_kind=owner_kind, owner_id=owner_id).delete()
    if not gone:
        raise NotFoundError


def sweep_orphans() -> None:
    """Drop objects no row tells of for a day: received and never kept, or removed."""
    store, moment = get_store(), now() - ORPHAN_AGE
    objects = store.find_older(moment)
    while batch := list(itertools.islice(objects, BATCH)):
        known = set(StoredFile.objects.filter(sha256__in=batch).values_list("sha256", flat=True))
        for sha256 in batch:
            if sha256 not in known:
                store.drop_if_older(sha256, moment)
    store.drop_incoming(moment)
