from __future__ import annotations

from uuid import UUID

from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.services import service

from ..choices import Action, DossierStatus, StepKind
from ..errors import ActionNotAllowedError, AssigneeNotAbleError, StepTakenError
from ..models import Dossier, DossierStep
from ..permissions import PROCESS
from ..selectors.dossiers import get_fresh_state
from .acting import Turn, close_turn, open_dossier


@service
def take_step(*, actor: Actor, dossier_id: UUID, turn: Turn) -> None:
    """Begin the current step. Two officers at once: one gets it, the other learns who has it."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.TAKE_STEP, turn=turn)
    if dossier is None:
        return
    step = get_current_step(dossier)
    if step.taken_by_id not in {None, actor.account_id}:
        raise StepTakenError(who=step.taken_by.full_name if step.taken_by else "")

    _give(dossier, step, actor.account_id)
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.TAKE_STEP,
        turn=turn,
        changed=("assignee_id",),
        detail={"step": step.name},
    )


@service
def assign_step(*, actor: Actor, dossier_id: UUID, turn: Turn, to_account_id: UUID) -> None:
    """Pass the current step on to a colleague of the agency where the dossier lies."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.ASSIGN_STEP, turn=turn)
    if dossier is None:
        return
    colleague = Account.objects.filter(pk=to_account_id, is_active=True).first()
    if colleague is None or not get_actor(colleague).may(PROCESS, dossier.handling_agency_id):
        raise AssigneeNotAbleError

    step = get_current_step(dossier)
    _give(dossier, step, colleague.pk)
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.ASSIGN_STEP,
        turn=turn,
        changed=("assignee_id",),
        detail={"step": step.name, "to": colleague.full_name},
    )


def get_current_step(dossier: Dossier, kind: StepKind = StepKind.WORK) -> DossierStep:
    """The step to be done now. Raises ActionNotAllowedError when it is of another kind."""
    step = DossierStep.objects.filter(dossier=dossier, ordinal=dossier.step_ordinal, kind=kind).first()
    if step is None:
        raise ActionNotAllowedError(
            status=DossierStatus(dossier.status).label, fresh=get_fresh_state(dossier)
        )
    return step


def _give(dossier: Dossier, step: DossierStep, account_id: UUID | None) -> None:
    step.taken_by_id = account_id
    step.started_at = step.started_at or now()
    step.save(update_fields=["taken_by_id", "started_at"])
    dossier.assignee_id = account_id
