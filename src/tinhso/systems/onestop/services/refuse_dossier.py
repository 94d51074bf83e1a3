from __future__ import annotations

from uuid import UUID

from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action
from ..errors import ReasonMissingError
from ..events import DossierRefused
from .acting import Turn, close_turn, open_dossier


@service
def refuse_dossier(*, actor: Actor, dossier_id: UUID, turn: Turn, reason: str) -> None:
    """Refuse to take the dossier in, with the reason the applicant will read (form 03)."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.REFUSE, turn=turn)
    if dossier is None:
        return
    if not reason.strip():
        raise ReasonMissingError

    moment = now()
    close_turn(
        dossier=dossier, actor=actor, action=Action.REFUSE, turn=turn, detail={"reason": reason}, at=moment
    )

    emit(DossierRefused(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment))
