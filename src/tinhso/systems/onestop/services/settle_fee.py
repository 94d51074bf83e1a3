from __future__ import annotations

from uuid import UUID

from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action
from ..errors import ReasonMissingError
from ..events import PaymentRequested
from ..selectors.clocks import compute_due
from .acting import Turn, append_clock_event, close_turn, open_dossier


@service
def request_payment(*, actor: Actor, dossier_id: UUID, turn: Turn, amount_vnd: int, reason: str) -> None:
    """Ask for the financial duty of the dossier; the clock pauses until it is met."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.REQUEST_PAYMENT, turn=turn)
    if dossier is None:
        return
    if amount_vnd <= 0 or not reason.strip():
        raise ReasonMissingError

    moment = now()
    append_clock_event(dossier, ClockEventKind.PAUSED, moment, cause="financial_duty")
    dossier.due_at = None
    dossier.fee_vnd = amount_vnd
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.REQUEST_PAYMENT,
        turn=turn,
        changed=("clock_events", "due_at", "fee_vnd"),
        detail={"amount_vnd": amount_vnd, "reason": reason},
        at=moment,
    )

    emit(PaymentRequested(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment, amount_vnd=amount_vnd))


@service
def confirm_payment(*, actor: Actor, dossier_id: UUID, turn: Turn, voucher: str) -> None:
    """The counter has seen the money: the clock goes on."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.CONFIRM_PAYMENT, turn=turn)
    if dossier is None:
        return
    if not voucher.strip():
        raise ReasonMissingError

    moment = now()
    append_clock_event(dossier, ClockEventKind.RESUMED, moment, cause="financial_duty")
    dossier.due_at = compute_due(dossier)
    dossier.fee_paid_at = moment
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.CONFIRM_PAYMENT,
        turn=turn,
        changed=("clock_events", "due_at", "fee_paid_at"),
        detail={"amount_vnd": dossier.fee_vnd, "voucher": voucher},
        at=moment,
    )
