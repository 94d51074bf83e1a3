"""Asking the platform what became of an attempt (QUERY), and believing its answer."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import structlog

from tinhso.kernel.http import OutboundFailedError, OutboundRefusedError
from tinhso.kernel.moment import now
from tinhso.kernel.services import service

from ..clients.payment_platform import Answer, ask, is_on
from ..data.payment_states import AttemptState, Report, Verdict
from ..errors import PlatformRefusedError
from ..models import PaymentAttempt
from .settle_attempt import apply_report, lock_attempt

log = structlog.get_logger(__name__)

ASKED_FOR = dt.timedelta(days=3)
"""How long an attempt without an outcome is asked about; after that the daily reconciliation finds it."""
SHORTEST_WAIT = dt.timedelta(minutes=2)
LONGEST_WAIT = dt.timedelta(hours=1)
BATCH = 200


def ask_platform(*, attempt_id: UUID) -> Verdict | None:
    """Ask now. The verdict on the answer; None while the platform does not know either.

    Errors: PaymentPlatformOffError, PlatformRefusedError, and those of `kernel.http`.
    """
    attempt = PaymentAttempt.objects.get(pk=attempt_id)
    answer = ask(attempt.reference, attempt.opened_at)
    return keep_answer(reference=attempt.reference, answer=answer)


def ask_about_waiting() -> int:
    """Every attempt whose time to be asked about has come. Stops at the first silence: the platform is down then,
    and each attempt keeps its turn. Returns how many were answered."""
    if not is_on():
        return 0
    due = PaymentAttempt.objects.filter(ask_at__lte=now()).order_by("ask_at", "pk")
    answered = 0
    for attempt_id in list(due.values_list("pk", flat=True)[:BATCH]):
        try:
            ask_platform(attempt_id=attempt_id)
            answered += 1
        except PlatformRefusedError:
            put_off(attempt_id=attempt_id)
        except (OutboundFailedError, OutboundRefusedError) as error:
            log.warning("payment_platform_silent", code=error.code, answered=answered)
            break
    return answered


@service
def keep_answer(*, reference: str, answer: Answer) -> Verdict | None:
    """What the platform itself says is believed, if it speaks of the very amount. Harmless when repeated."""
    found = lock_attempt(reference)
    if found is None:
        return Verdict.UNKNOWN_REFERENCE
    attempt, payment = found
    moment = now()
    verdict: Verdict | None = None
    if answer.state is AttemptState.PAID and answer.amount_vnd not in {None, attempt.amount_vnd}:
        verdict = Verdict.WRONG_AMOUNT
        attempt.failure = verdict
    elif answer.state is not None:
        report = Report.ANSWER_PAID if answer.state is AttemptState.PAID else Report.ANSWER_FAILED
        verdict = apply_report(
            attempt,
            payment,
            report,
            moment,
            transaction_code=answer.transaction_code,
            bank_code=answer.bank_code,
        )
    elif attempt.state == AttemptState.OPEN and moment >= attempt.expires_at:
        apply_report(attempt, payment, Report.TIME_OUT, moment)
    is_settled = attempt.state == AttemptState.PAID or answer.state is AttemptState.FAILED
    _set_next(attempt, moment, is_settled=is_settled)
    return verdict


@service
def put_off(*, attempt_id: UUID) -> None:
    attempt = PaymentAttempt.objects.select_for_update().get(pk=attempt_id)
    _set_next(attempt, now(), is_settled=False)


def _set_next(attempt: PaymentAttempt, at: dt.datetime, *, is_settled: bool) -> None:
    """Twice as long each time, at most an hour, for three days."""
    attempt.asked_count += 1
    wait = min(SHORTEST_WAIT * 2 ** min(attempt.asked_count, 10), LONGEST_WAIT)
    is_over = is_settled or at >= attempt.opened_at + ASKED_FOR
    attempt.ask_at = None if is_over else at + wait
    attempt.save(update_fields=["asked_count", "ask_at", "failure"])
