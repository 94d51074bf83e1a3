from __future__ import annotations

from uuid import UUID

from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import SYSTEM, Actor
from tinhso.kernel.services import service

from ..choices import Action, DossierStatus
from ..events import ResultReturned
from ..models import Dossier, DossierStep
from .acting import Turn, close_turn, open_dossier
from .finish_step import end_step


@service
def hand_over_result(*, actor: Actor, dossier_id: UUID, turn: Turn, received_by: str = "") -> None:
    """The counter hands the result to the applicant."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.HAND_OVER, turn=turn)
    if dossier is None:
        return
    _return(dossier, actor, turn, detail={"received_by": received_by, "way": "counter"})


@service
def record_collection(*, actor: Actor, dossier_id: UUID) -> None:
    """The owner downloaded the signed result: from then on it counts as returned. Harmless when repeated."""
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .filter(pk=dossier_id, account_id=actor.require_account(), status=DossierStatus.DECIDED)
        .first()
    )
    if dossier is None:
        return
    _return(dossier, actor, Turn(key=f"collected:{dossier.pk}"), detail={"way": "download"})


def _return(dossier: Dossier, actor: Actor, turn: Turn, detail: dict[str, str]) -> None:
    moment = now()
    step = DossierStep.objects.filter(dossier=dossier, ordinal=dossier.step_ordinal).first()
    if step is not None:
        end_step(dossier=dossier, step=step, actor=actor if actor.agency_id else SYSTEM, at=moment)
    dossier.returned_at = moment
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.HAND_OVER,
        turn=turn,
        changed=("returned_at", "step_ordinal", "assignee_id"),
        detail=detail,
        at=moment,
    )
    emit(ResultReturned(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment))
