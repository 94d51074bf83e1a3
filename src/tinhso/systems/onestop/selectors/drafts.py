from __future__ import annotations

from uuid import UUID

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.people.actor import Actor

from ..models import FilingDraft

MOST_DRAFTS = 20


def find_drafts(actor: Actor) -> list[FilingDraft]:
    """The newest drafts of the person, not yet filed."""
    if actor.account_id is None:
        return []
    rows = FilingDraft.objects.filter(account_id=actor.account_id, dossier_id__isnull=True)
    return list(
        rows.select_related("version__procedure")
        .defer("version__content")
        .order_by("-updated_at")[:MOST_DRAFTS]
    )


def get_draft(actor: Actor, draft_id: UUID) -> FilingDraft:
    """The person's own draft, filed or not."""
    rows = FilingDraft.objects.filter(pk=draft_id, account_id=actor.require_account())
    rows = rows.select_related("version__procedure").defer("version__content")
    draft = rows.first() if actor.account_id else None
    if draft is None:
        raise NotFoundError
    return draft


def find_draft_files(draft: FilingDraft) -> dict[str, list[StoredFile]]:
    """Files of the draft by the paper they were attached for."""
    ids = [file_id for group in draft.papers.values() for file_id in group]
    files = {str(f.pk): f for f in StoredFile.objects.filter(owner_id=draft.pk, pk__in=ids)}
    return {code: [files[i] for i in group if i in files] for code, group in draft.papers.items()}
