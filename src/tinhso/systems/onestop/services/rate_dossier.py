from __future__ import annotations

from uuid import UUID

from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action
from .acting import Turn, close_turn, open_dossier


@service
def rate_dossier(*, actor: Actor, dossier_id: UUID, turn: Turn, stars: int, remark: str = "") -> None:
    """The applicant says how it went, 1 to 5. The remark is not shown to those who handled the dossier
    (NĐ 61/2018 article 31: raters stay confidential)."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.RATE, turn=turn)
    if dossier is None:
        return
    if not 1 <= stars <= 5:
        raise InvalidInputError({"stars": "1-5"})

    dossier.rating = stars
    dossier.rating_remark = remark[:500]
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.RATE,
        turn=turn,
        changed=("rating", "rating_remark"),
        detail={},
    )
