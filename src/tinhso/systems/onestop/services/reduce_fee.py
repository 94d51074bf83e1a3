from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import SYSTEM, Actor
from tinhso.kernel.services import service

from ..choices import Action, DossierStatus
from ..data.payment_states import PaymentEvent, PaymentState
from ..errors import (
    DossierNotFoundError,
    ExemptionUnknownError,
    PaymentNotAllowedError,
    PaymentUnderWayError,
    ReasonMissingError,
)
from ..models import Dossier, Payment, PerformedAction
from ..permissions import PROCESS, RECEIVE
from ..selectors.dossiers import has_dossier
from ..selectors.fees import read_dossier_fee
from ..selectors.payments import find_unpaid, total_fee
from .acting import Turn, close_turn
from .payment_moves import ask_by_rules, go_on, lock_dossier, lock_payment, move


@service
def grant_exemption(
    *, actor: Actor, dossier_id: UUID, turn: Turn, groups: Collection[str], proof: str
) -> None:
    """Let the applicant off by the group the law names; `proof` says what was shown. What is owed is reckoned anew.

    Raises DossierNotFoundError, NotPermittedError, ReasonMissingError, ExemptionUnknownError for a group the rules
    of the procedure do not know, PaymentUnderWayError, PaymentNotAllowedError where nothing by the rules is owed.
    """
    dossier = _open(actor, dossier_id)
    if PerformedAction.objects.filter(dossier=dossier, key=turn.key).exists():
        return
    if not proof.strip():
        raise ReasonMissingError
    offered = read_dossier_fee(dossier).offered
    granted = frozenset(groups) & {exemption.code for exemption in offered}
    if not granted or len(granted) != len(set(groups)):
        raise ExemptionUnknownError
    owed = find_unpaid(dossier.pk).filter(reason="").select_for_update().order_by("pk").last()
    if owed is None and dossier.fee_vnd is not None:
        raise PaymentNotAllowedError(state=PaymentState.PAID.label)
    counts = owed.counts if owed else {}
    if owed is not None:
        _call_off(owed, actor)

    reading = read_dossier_fee(dossier, counts=counts, groups=granted)
    ask_by_rules(dossier=dossier, actor=actor, reading=reading, at=now(), counts=counts, groups=granted)
    names = [exemption.name for exemption in offered if exemption.code in granted]
    _close(dossier, actor, turn, f"{'; '.join(names)}. {proof.strip()}")


@service
def cancel_payment(*, actor: Actor, payment_id: UUID, turn: Turn, reason: str) -> None:
    """Call off a sum that was asked by mistake and is not paid.

    Raises as `grant_exemption`, and PaymentNotFoundError.
    """
    payment = lock_payment(payment_id)
    dossier = _open(actor, payment.dossier_id)
    if PerformedAction.objects.filter(dossier=dossier, key=turn.key).exists():
        return
    if not reason.strip():
        raise ReasonMissingError
    _call_off(payment, actor)
    _close(dossier, actor, turn, reason.strip())


@service
def cancel_dues(*, dossier_id: UUID) -> None:
    """A dossier that is refused, withdrawn or stopped owes nothing any more. Harmless when repeated.

    A payment under way is left: its money may be on the road, and is then seen and given back.
    """
    lock_dossier(dossier_id)
    for payment in find_unpaid(dossier_id).filter(state=PaymentState.DUE).select_for_update().order_by("pk"):
        move(payment, PaymentEvent.CANCEL, actor=SYSTEM, at=now())


def _open(actor: Actor, dossier_id: UUID) -> Dossier:
    if not has_dossier(actor, dossier_id):
        raise DossierNotFoundError
    dossier = lock_dossier(dossier_id)
    may_receive = any(actor.may(RECEIVE, p) for p in (dossier.intake_agency_id, dossier.handling_agency_id))
    if not may_receive and not actor.may(PROCESS, dossier.handling_agency_id):
        raise NotPermittedError
    return dossier


def _call_off(payment: Payment, actor: Actor) -> None:
    if payment.state == PaymentState.PENDING:
        raise PaymentUnderWayError
    move(payment, PaymentEvent.CANCEL, actor=actor, at=now())


def _close(dossier: Dossier, actor: Actor, turn: Turn, reason: str) -> None:
    """The dossier's own history tells why less is owed; where nothing is owed any more, a paused clock goes on."""
    moment = now()
    dossier.fee_vnd = total_fee(dossier.pk)
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.REDUCE_FEE,
        turn=turn,
        changed=("fee_vnd",),
        detail={"amount_vnd": dossier.fee_vnd, "reason": reason},
        at=moment,
        to=dossier.status,
    )
    if dossier.status == DossierStatus.PAYMENT_REQUESTED and not find_unpaid(dossier.pk).exists():
        go_on(
            dossier=dossier,
            actor=actor,
            turn=Turn(f"{turn.key[:55]}:goes-on"),
            at=moment,
            detail={"amount_vnd": dossier.fee_vnd},
        )
