"""How every change of a payment begins and ends: lock the dossier, then the payment; move by the table; write history.

The order of locks is the same everywhere, so an officer at the counter and the platform never wait for each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.people.actor import SYSTEM, Actor

from ..choices import Action, DossierStatus
from ..data.payment_states import PAYMENT_MOVES, Means, PaymentEvent, PaymentState
from ..data.plain import to_plain
from ..errors import PaymentNotAllowedError, PaymentNotFoundError
from ..events import PaymentReceived
from ..models import Dossier, Payment
from ..selectors.clocks import compute_due
from ..selectors.fees import FeeReading
from ..selectors.payments import find_unpaid
from .acting import Turn, append_clock_event, close_turn
from .number_fee_receipt import number_fee_receipt

PLATFORM = replace(SYSTEM, name="Nền tảng thanh toán")


def lock_dossier(dossier_id: UUID) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("version")
    return rows.defer("version__content").get(pk=dossier_id)


def lock_payment(payment_id: UUID) -> Payment:
    """The payment with its dossier, both locked. Raises PaymentNotFoundError."""
    dossier_id = Payment.objects.filter(pk=payment_id).values_list("dossier_id", flat=True).first()
    if dossier_id is None:
        raise PaymentNotFoundError
    dossier = lock_dossier(dossier_id)
    payment = Payment.objects.select_for_update(of=("self",)).select_related("agency").get(pk=payment_id)
    payment.dossier = dossier
    return payment


def ask_for(
    *,
    dossier: Dossier,
    actor: Actor,
    amount_vnd: int,
    steps: Sequence[Mapping[str, Any]],
    lines: Sequence[Mapping[str, Any]],
    at: dt.datetime,
    counts: Mapping[str, int] | None = None,
    groups: frozenset[str] = frozenset(),
    reason: str = "",
) -> Payment:
    """Write down a sum the applicant owes."""
    payment = Payment.objects.create(
        dossier=dossier,
        agency_id=dossier.resolving_agency_id,
        amount_vnd=amount_vnd,
        lines=list(lines),
        steps=list(steps),
        counts=dict(counts or {}),
        groups=sorted(groups),
        reason=reason,
        payer_name=dossier.applicant_name,
        payer_number=dossier.applicant_number,
        payer_address=dossier.applicant_address,
        asked_at=at,
    )
    write_history(payment, actor, PaymentEvent.ASK, at, {"amount_vnd": amount_vnd, "reason": reason})
    return payment


def ask_by_rules(
    *,
    dossier: Dossier,
    actor: Actor,
    reading: FeeReading,
    at: dt.datetime,
    counts: Mapping[str, int] | None = None,
    groups: frozenset[str] = frozenset(),
) -> Payment | None:
    """A sum as the rules give it, with the way to it. None where nothing is to be paid or it is not known yet."""
    if not reading.amount_vnd:
        return None
    return ask_for(
        dossier=dossier,
        actor=actor,
        amount_vnd=reading.amount_vnd,
        steps=[to_plain(step) for step in reading.steps],
        lines=describe_lines(reading),
        counts=counts,
        groups=groups,
        at=at,
    )


def describe_lines(reading: FeeReading) -> list[dict[str, Any]]:
    return [
        {
            "code": line.fee.code,
            "name": line.fee.name,
            "name_en": line.fee.name_en,
            "kind": line.kind,
            "amount_vnd": line.amount_vnd,
        }
        for line in reading.lines
        if line.amount_vnd
    ]


def move(
    payment: Payment,
    event: PaymentEvent,
    *,
    actor: Actor,
    at: dt.datetime,
    changed: tuple[str, ...] = (),
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Take the step the table knows and append it to the payment's history. Raises PaymentNotAllowedError."""
    to = PAYMENT_MOVES.get((PaymentState(payment.state), event))
    if to is None:
        raise PaymentNotAllowedError(state=PaymentState(payment.state).label)
    payment.state = to
    payment.save(update_fields={"state", *changed})
    write_history(payment, actor, event, at, detail or {})


def write_history(
    payment: Payment, actor: Actor, action: str, at: dt.datetime, detail: Mapping[str, Any]
) -> None:
    record(
        stream=payment.stream,
        action=f"onestop.{action}",
        actor=actor,
        detail={"state": payment.state, **detail},
        state=payment.describe(),
        at=at,
        agency_id=payment.agency_id,
    )


def receive_money(
    payment: Payment,
    *,
    means: Means,
    actor: Actor,
    at: dt.datetime,
    amount_vnd: int,
    detail: Mapping[str, Any],
    voucher: str = "",
) -> None:
    """Money came: the payment is paid and gets its receipt; where nothing is owed any more it is kept as overpaid."""
    if payment.is_unpaid:
        payment.paid_at, payment.means, payment.voucher = at, means, voucher
        payment.collected_by_id = actor.account_id
        changed: tuple[str, ...] = ("paid_at", "means", "voucher", "collected_by_id")
        event = PaymentEvent.PAY
    else:
        payment.overpaid_vnd += amount_vnd
        changed, event = ("overpaid_vnd",), PaymentEvent.OVERPAY
    move(
        payment,
        event,
        actor=actor,
        at=at,
        changed=changed,
        detail={"amount_vnd": amount_vnd, "means": means, **detail},
    )
    dossier = payment.dossier
    emit(
        PaymentReceived(
            dossier_id=dossier.pk,
            dossier_code=dossier.code,
            at=at,
            payment_id=payment.pk,
            amount_vnd=amount_vnd,
        )
    )
    if event is PaymentEvent.PAY and (receipt := number_fee_receipt(payment, at)) is not None:
        said = {"receipt": receipt.notation}
        write_history(payment, actor, PaymentEvent.NUMBER_RECEIPT, at, said)


def go_on_when_paid(
    payment: Payment, *, actor: Actor, turn: Turn, at: dt.datetime, detail: Mapping[str, Any]
) -> None:
    """The dossier goes on once nothing of it is owed any more."""
    if not find_unpaid(payment.dossier_id).exists():
        go_on(dossier=payment.dossier, actor=actor, turn=turn, at=at, detail=detail)


def go_on(*, dossier: Dossier, actor: Actor, turn: Turn, at: dt.datetime, detail: Mapping[str, Any]) -> None:
    """The financial duty is met: a paused clock runs again; on any other dossier it is only written down."""
    dossier.fee_paid_at = at
    is_paused = dossier.status == DossierStatus.PAYMENT_REQUESTED
    if is_paused:
        append_clock_event(dossier, ClockEventKind.RESUMED, at, cause="financial_duty")
        dossier.due_at = compute_due(dossier)
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.CONFIRM_PAYMENT if is_paused else Action.PAY_FEE,
        turn=turn,
        changed=("clock_events", "due_at", "fee_paid_at"),
        detail=detail,
        at=at,
        to=None if is_paused else dossier.status,
    )
