"""What we learn about an attempt, unasked or asked, made into what we hold true: by the table, once."""

from __future__ import annotations

import datetime as dt

from ..data.payment_states import (
    ATTEMPT_MOVES,
    AttemptState,
    Means,
    PaymentEvent,
    PaymentState,
    Report,
    Verdict,
)
from ..models import Payment, PaymentAttempt
from .acting import Turn
from .payment_moves import PLATFORM, go_on_when_paid, lock_payment, move, receive_money


def lock_attempt(reference: str) -> tuple[PaymentAttempt, Payment] | None:
    """The attempt with its payment, both locked, and the dossier before them; None for a reference we never gave."""
    payment_id = (
        PaymentAttempt.objects.filter(reference=reference).values_list("payment_id", flat=True).first()
    )
    if payment_id is None:
        return None
    payment = lock_payment(payment_id)
    return payment.attempts.select_for_update().get(reference=reference), payment


def apply_report(
    attempt: PaymentAttempt,
    payment: Payment,
    report: Report,
    at: dt.datetime,
    *,
    transaction_code: str = "",
    bank_code: str = "",
) -> Verdict:
    """Move the attempt by the table, and with it the payment and the dossier. The caller holds the locks.

    One reference is paid by one transaction: a second transaction code under it is a contradiction.
    """
    to = ATTEMPT_MOVES[AttemptState(attempt.state), report]
    if isinstance(to, Verdict):
        is_other = to is Verdict.REPEATED and attempt.state == AttemptState.PAID and transaction_code
        if is_other and transaction_code != attempt.transaction_code:
            return Verdict.CONTRADICTION
        return to
    attempt.state, attempt.settled_at = to, at
    attempt.transaction_code, attempt.bank_code = transaction_code, bank_code
    if to is AttemptState.PAID:
        attempt.ask_at, attempt.failure = None, ""
    attempt.save(update_fields=["state", "settled_at", "transaction_code", "bank_code", "ask_at", "failure"])
    if to is AttemptState.PAID:
        _take(attempt, payment, at)
    elif payment.state == PaymentState.PENDING:
        move(payment, PaymentEvent.LAPSE, actor=PLATFORM, at=at, detail={"reference": attempt.reference})
    return Verdict.ACCEPTED


def _take(attempt: PaymentAttempt, payment: Payment, at: dt.datetime) -> None:
    was_unpaid = payment.is_unpaid
    receive_money(
        payment,
        means=Means.ONLINE,
        actor=PLATFORM,
        at=at,
        amount_vnd=attempt.amount_vnd,
        detail={"reference": attempt.reference, "transaction": attempt.transaction_code},
    )
    if was_unpaid:
        go_on_when_paid(
            payment,
            actor=PLATFORM,
            turn=Turn(f"paid:{payment.pk}"),
            at=at,
            detail={"amount_vnd": payment.amount_vnd, "voucher": attempt.transaction_code},
        )
