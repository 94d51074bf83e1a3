from __future__ import annotations

from uuid import UUID

from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor, ActorKind
from tinhso.kernel.services import service

from ..choices import Action
from ..errors import ReasonMissingError
from ..events import DossierStopped, DossierWithdrawn
from ..models import Dossier
from .acting import Turn, append_clock_event, close_turn, open_dossier


@service
def withdraw_dossier(*, actor: Actor, dossier_id: UUID, turn: Turn, reason: str = "") -> None:
    """The applicant takes the dossier back before it is decided.

    At the counter an officer records it for him, with the request he made as the reason.
    """
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.WITHDRAW, turn=turn)
    if dossier is None:
        return
    if actor.kind is ActorKind.OFFICIAL and not reason.strip():
        raise ReasonMissingError
    _end(dossier, actor, Action.WITHDRAW, turn, reason)
    emit(DossierWithdrawn(dossier_id=dossier.pk, dossier_code=dossier.code, at=now()))


@service
def stop_dossier(*, actor: Actor, dossier_id: UUID, turn: Turn, reason: str) -> None:
    """The authority stops resolving, with a notice that gives the reason (TT 03/2025/TT-VPCP, form 05)."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.STOP, turn=turn)
    if dossier is None:
        return
    if not reason.strip():
        raise ReasonMissingError
    _end(dossier, actor, Action.STOP, turn, reason)
    emit(DossierStopped(dossier_id=dossier.pk, dossier_code=dossier.code, at=now()))


def _end(dossier: Dossier, actor: Actor, action: Action, turn: Turn, reason: str) -> None:
    moment = now()
    if dossier.accepted_at:
        append_clock_event(dossier, ClockEventKind.STOPPED, moment, cause=action)
    dossier.due_at = None
    dossier.assignee_id = None
    close_turn(
        dossier=dossier,
        actor=actor,
        action=action,
        turn=turn,
        changed=("clock_events", "due_at", "assignee_id"),
        detail={"reason": reason},
        at=moment,
    )
