from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action, StepKind
from ..data.procedure_file import StepPlan
from ..events import DossierAccepted
from ..models import Dossier, DossierStep
from ..permissions import PROCESS, RECEIVE, SIGN
from ..selectors.clocks import Rules, compute_due, compute_step_dues, get_dossier_rules
from ..selectors.procedures import get_content
from .acting import Turn, append_clock_event, close_turn, open_dossier

STEP_PERMISSIONS = {
    StepKind.INTAKE: RECEIVE,
    StepKind.WORK: PROCESS,
    StepKind.SIGN: SIGN,
    StepKind.HAND_OVER: RECEIVE,
}


@service
def accept_dossier(*, actor: Actor, dossier_id: UUID, turn: Turn) -> None:
    """Take the dossier in: the legal clock starts and the dossier goes to who resolves it.

    NĐ 118/2025 article 17: the term counts from the moment the full and valid dossier is accepted,
    as printed on form 01.
    """
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.ACCEPT, turn=turn)
    if dossier is None:
        return

    moment = now()
    dossier.accepted_at = moment
    append_clock_event(dossier, ClockEventKind.RECEIVED, moment)
    rules = get_dossier_rules(dossier)
    dossier.due_at = compute_due(dossier, rules)
    dossier.handling_agency_id = dossier.resolving_agency_id
    dossier.step_ordinal = _lay_out_steps(dossier, actor, moment, rules)
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.ACCEPT,
        turn=turn,
        changed=("accepted_at", "clock_events", "due_at", "handling_agency_id", "step_ordinal"),
        detail={"due_at": dossier.due_at.isoformat() if dossier.due_at else None},
        at=moment,
    )

    emit(DossierAccepted(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment, due_at=dossier.due_at))


def _lay_out_steps(dossier: Dossier, actor: Actor, moment: dt.datetime, rules: Rules) -> int:
    """Write the internal process of the version; intake is done by accepting. Returns the step to do next."""
    plans = get_content(dossier.version).steps
    kinds = find_step_kinds(plans)
    dues = compute_step_dues(rules, [plan.hours for plan in plans], moment)
    steps = [
        DossierStep(
            dossier=dossier,
            ordinal=ordinal,
            kind=kind,
            name=plan.name,
            name_en=plan.name_en,
            permission=STEP_PERMISSIONS[kind],
            hours=Decimal(str(plan.hours)),
            due_at=due,
        )
        for ordinal, (plan, kind, due) in enumerate(zip(plans, kinds, dues, strict=True), start=1)
    ]
    for step in steps:
        if step.kind == StepKind.INTAKE:
            step.taken_by_id = actor.account_id
            step.started_at = dossier.filed_at
            step.finished_at = moment
    DossierStep.objects.bulk_create(steps)
    return next((s.ordinal for s in steps if s.finished_at is None), 0)


def find_step_kinds(plans: tuple[StepPlan, ...]) -> list[StepKind]:
    """A leader's step is signing; the counter's first step is intake and its last one is handing over."""
    kinds = []
    for index, plan in enumerate(plans):
        if plan.role == "onestop.leader":
            kinds.append(StepKind.SIGN)
        elif plan.role == "onestop.intake":
            kinds.append(StepKind.INTAKE if index == 0 else StepKind.HAND_OVER)
        else:
            kinds.append(StepKind.WORK)
    return kinds
