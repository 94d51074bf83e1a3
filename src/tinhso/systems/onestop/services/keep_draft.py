from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.forms.values import Values
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..errors import DraftFiledError
from ..models import FilingDraft


@service
def start_draft(
    *,
    actor: Actor,
    version_id: UUID,
    values: Mapping[str, Any],
    agency_id: UUID | None = None,
    is_fresh: bool = False,
) -> UUID:
    """Begin a form, or go on with the one already begun for this version; `is_fresh` begins anew (the counter)."""
    begun = FilingDraft.objects.filter(
        account_id=actor.require_account(), version_id=version_id, dossier_id__isnull=True
    ).first()
    if begun is not None and not is_fresh:
        return begun.pk
    draft = FilingDraft.objects.create(
        account_id=actor.require_account(),
        version_id=version_id,
        agency_id=agency_id,
        values=dict(values),
        idempotency_key=secrets.token_urlsafe(24),
        updated_at=now(),
    )
    return draft.pk


@service
def save_draft(
    *,
    actor: Actor,
    draft_id: UUID,
    values: Mapping[str, Any] | None = None,
    agency_id: UUID | None = None,
    attach: tuple[str, UUID] | None = None,
    detach: UUID | None = None,
) -> None:
    """Keep what was typed (`values` is the whole of the answers) or attached so far."""
    draft = (
        FilingDraft.objects.select_for_update()
        .filter(pk=draft_id, account_id=actor.require_account(), dossier_id__isnull=True)
        .first()
    )
    if draft is None:
        raise NotFoundError

    if values is not None:
        draft.values = dict(values)
    if agency_id is not None:
        draft.agency_id = agency_id
    if attach is not None:
        code, file_id = attach
        draft.papers = {**draft.papers, code: [*draft.papers.get(code, []), str(file_id)]}
    if detach is not None:
        draft.papers = {
            code: [kept for kept in ids if kept != str(detach)] for code, ids in draft.papers.items()
        }
    draft.updated_at = now()
    draft.save(update_fields=["values", "agency_id", "papers", "updated_at"])


@service
def keep_answers(*, actor: Actor, draft_id: UUID, read: Callable[[Values], Values]) -> dt.datetime:
    """Keep a page that saves itself while somebody types; `read` lays its answers over those kept so far.

    The draft is locked before they are read: two devices on two pages lose nothing of each other's.

    Returns when. Raises: DraftFiledError.
    """
    draft = (
        FilingDraft.objects.select_for_update()
        .filter(pk=draft_id, account_id=actor.require_account())
        .first()
    )
    if draft is None:
        raise NotFoundError
    if draft.dossier_id is not None:
        raise DraftFiledError

    draft.values = read(draft.values)
    draft.updated_at = now()
    draft.save(update_fields=["values", "updated_at"])
    return draft.updated_at


@service
def move_draft(*, actor: Actor, draft_id: UUID, version_id: UUID) -> None:
    """Carry a draft over to the version now in force; answers that still fit stay."""
    moved = FilingDraft.objects.filter(
        pk=draft_id, account_id=actor.require_account(), dossier_id__isnull=True
    ).update(version_id=version_id, updated_at=now())
    if not moved:
        raise NotFoundError


@service
def discard_draft(*, actor: Actor, draft_id: UUID) -> None:
    """What is filed stays, whoever is first."""
    draft = (
        FilingDraft.objects.select_for_update()
        .filter(pk=draft_id, account_id=actor.require_account())
        .first()
    )
    if draft is None:
        raise NotFoundError
    if draft.dossier_id is None:
        draft.delete()
