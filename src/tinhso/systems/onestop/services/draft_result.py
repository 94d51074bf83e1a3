from __future__ import annotations

from uuid import UUID

from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action, StepKind
from ..errors import ReasonMissingError, ResultNotDraftedError
from ..events import ResultSentBack, ResultSubmitted
from ..models import DossierStep, ResultDocument
from .acting import Turn, close_turn, open_dossier
from .finish_step import end_step, get_step_after
from .take_step import get_current_step


@service
def draft_result(
    *, actor: Actor, dossier_id: UUID, turn: Turn, name: str, body: str, result_code: str = ""
) -> None:
    """Write or rewrite the text of the result, from its template."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.DRAFT_RESULT, turn=turn)
    if dossier is None:
        return
    get_current_step(dossier)
    if not body.strip():
        raise ResultNotDraftedError

    ResultDocument.objects.update_or_create(
        dossier=dossier,
        result_code=result_code,
        defaults={
            "name": name,
            "body": body,
            "drafted_by_id": actor.require_account(),
            "drafted_at": now(),
            "symbol": f"{dossier.resolving_agency.abbreviation or 'UBND'}-KQ",
        },
    )
    close_turn(dossier=dossier, actor=actor, action=Action.DRAFT_RESULT, turn=turn, detail={"name": name})


@service
def submit_result(*, actor: Actor, dossier_id: UUID, turn: Turn, remark: str = "") -> None:
    """Lay the drafted result on the leader's desk; finishes the last step of work."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.SUBMIT_RESULT, turn=turn)
    if dossier is None:
        return
    following = get_step_after(dossier)
    has_draft = ResultDocument.objects.filter(dossier=dossier, signed_at__isnull=True).exists()
    if not has_draft or following is None or following.kind != StepKind.SIGN:
        raise ResultNotDraftedError

    moment = now()
    step = get_current_step(dossier)
    end_step(dossier=dossier, step=step, actor=actor, at=moment, remark=remark)
    dossier.is_submitted = True
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.SUBMIT_RESULT,
        turn=turn,
        changed=("step_ordinal", "assignee_id", "is_submitted"),
        detail={"step": step.name, "remark": remark},
        at=moment,
    )

    emit(ResultSubmitted(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment))


@service
def send_back_result(*, actor: Actor, dossier_id: UUID, turn: Turn, remark: str) -> None:
    """The leader returns the draft to its author, with remarks."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.SEND_BACK, turn=turn)
    if dossier is None:
        return
    if not remark.strip():
        raise ReasonMissingError
    if not dossier.is_submitted:
        raise ResultNotDraftedError

    moment = now()
    step = (
        DossierStep.objects.filter(dossier=dossier, kind=StepKind.WORK, ordinal__lt=dossier.step_ordinal)
        .order_by("-ordinal")
        .first()
    )
    if step is None:
        raise ResultNotDraftedError
    step.finished_at = None
    step.save(update_fields=["finished_at"])
    ResultDocument.objects.filter(dossier=dossier, signed_at__isnull=True).update(remark=remark)
    dossier.step_ordinal = step.ordinal
    dossier.assignee_id = step.taken_by_id
    dossier.is_submitted = False
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.SEND_BACK,
        turn=turn,
        changed=("step_ordinal", "assignee_id", "is_submitted"),
        detail={"remark": remark},
        at=moment,
    )

    emit(ResultSentBack(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment))
