from __future__ import annotations

from uuid import UUID

from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.services import service

from ..errors import DossierNotFoundError
from ..events import LetterSubmitted
from ..models import Dossier, IssuedLetter, LetterKind
from .write_letter import PLANS, get_act, needs_leader, write_letter


@service
def issue_letter(*, dossier_id: UUID, kind: str) -> UUID | None:
    """The form that goes with an action, made once. Returns the id of its file.

    It says what was so when the action was taken, however late it is made, and always in Vietnamese. One that a
    leader signs is laid on his desk instead, and has no file until he has signed it.

    Raises DossierNotFoundError when the dossier never lived through that action.
    """
    dossier = _lock(dossier_id, LetterKind(kind))
    made = IssuedLetter.objects.filter(dossier=dossier, kind=kind).first()
    if made is not None:
        return made.file_id
    entry = get_act(dossier, LetterKind(kind))

    letter = IssuedLetter(
        dossier=dossier, kind=kind, reason=entry.detail.get("reason", ""), written_by_id=entry.actor_id
    )
    if not needs_leader(LetterKind(kind), entry):
        write_letter(dossier=dossier, letter=letter, entry=entry)
        return letter.file_id
    letter.save()

    emit(LetterSubmitted(dossier_id=dossier.pk, dossier_code=dossier.code, at=now(), kind=kind))
    return None


def _lock(dossier_id: UUID, kind: LetterKind) -> Dossier:
    """With the agency whose letter it is."""
    head = "intake_agency" if PLANS[kind].is_at_counter else "resolving_agency"
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("version__procedure", f"{head}__unit", f"{head}__parent")
        .defer("version__content")
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None:
        raise DossierNotFoundError
    return dossier
