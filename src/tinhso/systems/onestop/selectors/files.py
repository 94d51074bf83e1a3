"""Who may open the files of a dossier, or of a draft that is not filed yet."""

from __future__ import annotations

from uuid import UUID

from tinhso.kernel.people.actor import Actor

from ..models import FilingDraft
from .dossiers import has_dossier
from .payments import find_payments


def may_read_dossier_file(actor: Actor, owner_id: UUID) -> bool:
    if has_dossier(actor, owner_id):
        return True
    return actor.is_signed_in and has_draft(actor, owner_id)


def may_read_payment_file(actor: Actor, owner_id: UUID) -> bool:
    """Receipts and the platform's slips."""
    return find_payments(actor).filter(pk=owner_id).exists()


def has_draft(actor: Actor, draft_id: UUID) -> bool:
    return FilingDraft.objects.filter(pk=draft_id, account_id=actor.require_account()).exists()
