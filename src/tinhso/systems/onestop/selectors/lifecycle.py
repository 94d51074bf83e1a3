"""Which action leads from which state to which, and who may take it."""

from __future__ import annotations

from dataclasses import dataclass

from tinhso.kernel.people.actor import Actor

from ..choices import Action, DossierStatus, StepKind
from ..models import Dossier
from ..permissions import PROCESS, RECEIVE, SIGN


@dataclass(frozen=True, slots=True)
class Transition:
    """`to` is None when the action leaves the state as it is."""

    sources: tuple[int, ...]
    to: int | None
    permissions: tuple[str, ...]
    """Any one of them, where the dossier lies or, at the counter, came in."""
    by_owner: bool = False
    """The applicant's own action; with a permission besides, the counter may take it for who came in person."""


_S = DossierStatus

TRANSITIONS: dict[Action, Transition] = {
    Action.ACCEPT: Transition((_S.REGISTERED,), _S.ACCEPTED, (RECEIVE,)),
    Action.REFUSE: Transition((_S.REGISTERED,), _S.NOT_ACCEPTED, (RECEIVE,)),
    Action.REQUEST_SUPPLEMENT: Transition(
        (_S.REGISTERED, _S.ACCEPTED, _S.IN_PROGRESS), _S.SUPPLEMENT_REQUESTED, (RECEIVE, PROCESS)
    ),
    Action.SUPPLY: Transition((_S.SUPPLEMENT_REQUESTED,), _S.ACCEPTED, (RECEIVE,), by_owner=True),
    Action.REQUEST_PAYMENT: Transition((_S.ACCEPTED, _S.IN_PROGRESS), _S.PAYMENT_REQUESTED, (PROCESS,)),
    Action.CONFIRM_PAYMENT: Transition((_S.PAYMENT_REQUESTED,), _S.IN_PROGRESS, (RECEIVE,)),
    Action.TAKE_STEP: Transition((_S.ACCEPTED, _S.IN_PROGRESS), _S.IN_PROGRESS, (PROCESS,)),
    Action.ASSIGN_STEP: Transition((_S.ACCEPTED, _S.IN_PROGRESS), None, (PROCESS,)),
    Action.FINISH_STEP: Transition((_S.IN_PROGRESS,), None, (PROCESS,)),
    Action.DRAFT_RESULT: Transition((_S.IN_PROGRESS,), None, (PROCESS,)),
    Action.SUBMIT_RESULT: Transition((_S.IN_PROGRESS,), None, (PROCESS,)),
    Action.SEND_BACK: Transition((_S.IN_PROGRESS,), None, (SIGN,)),
    Action.SIGN_RESULT: Transition((_S.IN_PROGRESS,), _S.DECIDED, (SIGN,)),
    Action.HAND_OVER: Transition((_S.DECIDED,), _S.RETURNED, (RECEIVE,)),
    Action.EXTEND: Transition((_S.ACCEPTED, _S.IN_PROGRESS), None, (PROCESS,)),
    Action.WITHDRAW: Transition(
        (_S.REGISTERED, _S.ACCEPTED, _S.IN_PROGRESS, _S.SUPPLEMENT_REQUESTED, _S.PAYMENT_REQUESTED),
        _S.WITHDRAWN,
        (RECEIVE,),
        by_owner=True,
    ),
    Action.STOP: Transition(
        (_S.ACCEPTED, _S.IN_PROGRESS, _S.SUPPLEMENT_REQUESTED, _S.PAYMENT_REQUESTED),
        _S.STOPPED,
        (PROCESS,),
    ),
    Action.SIGN_LETTER: Transition(tuple(_S), None, (SIGN,)),
    Action.SEND_BACK_LETTER: Transition(tuple(_S), None, (SIGN,)),
    Action.REWORD_LETTER: Transition(tuple(_S), None, (PROCESS,)),
    Action.RATE: Transition((_S.DECIDED, _S.RETURNED), None, (), by_owner=True),
}


LETTER_ACTIONS = frozenset({Action.SIGN_LETTER, Action.SEND_BACK_LETTER, Action.REWORD_LETTER})
"""A letter is of the agency that resolves, wherever the dossier lies, and may outlive the dossier."""


def has_right(actor: Actor, dossier: Dossier, action: Action) -> bool:
    """The owner for his own actions; else a permission where the dossier lies or, at the counter, came in."""
    transition = TRANSITIONS[action]
    if transition.by_owner and dossier.account_id is not None and dossier.account_id == actor.account_id:
        return True
    if action in LETTER_ACTIONS:
        return any(
            actor.may(permission, dossier.resolving_agency_id) for permission in transition.permissions
        )
    places = {permission: {dossier.handling_agency_id} for permission in transition.permissions}
    if RECEIVE in places:
        places[RECEIVE].add(dossier.intake_agency_id)
    return any(actor.may(permission, place) for permission, at in places.items() for place in at)


def find_allowed_actions(actor: Actor, dossier: Dossier, step_kind: str | None) -> frozenset[Action]:
    """What the actor may do now: what a screen offers, and nothing it would refuse afterwards.

    Letters are not in it: each is offered by itself (`find_waiting_letters`).
    """
    allowed = {
        action
        for action, transition in TRANSITIONS.items()
        if action not in LETTER_ACTIONS
        and dossier.status in transition.sources
        and has_right(actor, dossier, action)
    }
    if dossier.supplement_requested_at:
        allowed.discard(Action.REQUEST_SUPPLEMENT)
    if dossier.extended_at:
        allowed.discard(Action.EXTEND)
    if dossier.rating:
        allowed.discard(Action.RATE)
    if step_kind != StepKind.SIGN or not dossier.is_submitted:
        allowed -= {Action.SIGN_RESULT, Action.SEND_BACK}
    if step_kind != StepKind.WORK:
        allowed -= {
            Action.FINISH_STEP,
            Action.DRAFT_RESULT,
            Action.SUBMIT_RESULT,
            Action.TAKE_STEP,
            Action.ASSIGN_STEP,
        }
    return frozenset(allowed)
