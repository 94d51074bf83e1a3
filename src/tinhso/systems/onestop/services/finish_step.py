from __future__ import annotations

import datetime as dt
from uuid import UUID

from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action, StepKind
from ..errors import ResultNotDraftedError
from ..models import Dossier, DossierStep
from ..selectors.clocks import count_working_minutes
from .acting import Turn, close_turn, open_dossier
from .take_step import get_current_step


@service
def finish_step(*, actor: Actor, dossier_id: UUID, turn: Turn, remark: str = "") -> None:
    """Finish the current step of work and pass the dossier on to the next.

    The step before signing is finished by submitting the drafted result instead.
    """
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.FINISH_STEP, turn=turn)
    if dossier is None:
        return
    step = get_current_step(dossier)
    following = get_step_after(dossier)
    if following is not None and following.kind == StepKind.SIGN:
        raise ResultNotDraftedError

    end_step(dossier=dossier, step=step, actor=actor, at=now(), remark=remark)
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.FINISH_STEP,
        turn=turn,
        changed=("step_ordinal", "assignee_id"),
        detail={"step": step.name, "remark": remark, "next": following.name if following else ""},
    )


def get_step_after(dossier: Dossier) -> DossierStep | None:
    return (
        DossierStep.objects.filter(dossier=dossier, ordinal__gt=dossier.step_ordinal)
        .order_by("ordinal")
        .first()
    )


def end_step(*, dossier: Dossier, step: DossierStep, actor: Actor, at: dt.datetime, remark: str = "") -> None:
    """Close a step with the working time it used, and move the dossier to the one after."""
    step.taken_by_id = step.taken_by_id or actor.account_id
    step.started_at = step.started_at or at
    step.finished_at = at
    step.used_minutes = count_working_minutes(dossier.resolving_agency_id, step.started_at, at)
    step.remark = remark
    step.save(update_fields=["taken_by_id", "started_at", "finished_at", "used_minutes", "remark"])
    following = get_step_after(dossier)
    dossier.step_ordinal = following.ordinal if following else 0
    dossier.assignee_id = following.taken_by_id if following else None
