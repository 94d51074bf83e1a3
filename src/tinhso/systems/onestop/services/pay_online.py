"""From the button "Thanh toán" to the platform's page. Between the two transactions nothing is held while the
platform is asked."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from tinhso.kernel.http import OutboundFailedError, OutboundRefusedError
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now
from tinhso.kernel.orgs.errors import NoIdentifierError
from tinhso.kernel.orgs.selectors import get_identifier
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..clients.payment_platform import Item, Order, is_on, open_page
from ..data.payment_states import ATTEMPT_MOVES, AttemptState, PaymentEvent, PaymentState, Report
from ..data.platform_rules import get_message_rules
from ..errors import (
    CollectorMissingError,
    PaymentNotAllowedError,
    PaymentNotFoundError,
    PaymentPageOpeningError,
    PaymentPlatformOffError,
    PlatformRefusedError,
)
from ..models import FeeCollector, Payment, PaymentAttempt
from ..selectors.payments import find_payments, get_collector
from .ask_platform import ask_platform
from .payment_moves import PLATFORM, lock_payment, move

OPENING = dt.timedelta(seconds=20)
"""How long Init may take; a second press waits that long for the first."""
FIRST_QUESTION = dt.timedelta(minutes=3)


def start_payment(*, actor: Actor, payment_id: UUID) -> str:
    """The address of the page where the applicant pays: a page still open is given again.

    Errors: PaymentPlatformOffError, PaymentNotFoundError, PaymentNotAllowedError, CollectorMissingError,
    PaymentPageOpeningError, PlatformRefusedError, and those of `kernel.http`.
    """
    if not is_on():
        raise PaymentPlatformOffError
    if (stale := _find_stale(actor, payment_id)) is not None:
        _ask_before_a_second_try(stale)
    attempt = begin_attempt(actor=actor, payment_id=payment_id)
    if attempt.page_url:
        return attempt.page_url
    try:
        url = open_page(make_order(attempt))
    except (PlatformRefusedError, OutboundFailedError, OutboundRefusedError) as error:
        drop_attempt(attempt_id=attempt.pk, failure=error.code)
        raise
    keep_page(attempt_id=attempt.pk, page_url=url)
    return url


@service
def begin_attempt(*, actor: Actor, payment_id: UUID) -> PaymentAttempt:
    """A new reference, or the one whose page is still open. Two presses at once get one."""
    if not find_payments(actor).filter(pk=payment_id, dossier__account_id=actor.require_account()).exists():
        raise PaymentNotFoundError
    payment = lock_payment(payment_id)
    moment = now()
    if not payment.is_unpaid:
        raise PaymentNotAllowedError(state=PaymentState(payment.state).label)
    _require_account(payment, moment)
    open_attempt = payment.attempts.filter(state=AttemptState.OPEN).first()
    if open_attempt is not None:
        if open_attempt.page_url and moment < open_attempt.expires_at:
            return open_attempt
        if not open_attempt.page_url and moment < open_attempt.opened_at + OPENING:
            raise PaymentPageOpeningError
        _give_up(open_attempt, payment, moment)

    minutes = get_message_rules(timezone.localdate(moment)).attempt_minutes
    attempt = PaymentAttempt.objects.create(
        payment=payment,
        reference=f"TS{new_id().hex.upper()}",
        amount_vnd=payment.amount_vnd,
        opened_at=moment,
        expires_at=moment + dt.timedelta(minutes=minutes),
        ask_at=moment + FIRST_QUESTION,
    )
    move(payment, PaymentEvent.OPEN, actor=actor, at=moment, detail={"reference": attempt.reference})
    return attempt


@service
def keep_page(*, attempt_id: UUID, page_url: str) -> None:
    PaymentAttempt.objects.filter(pk=attempt_id).update(page_url=page_url)


@service
def drop_attempt(*, attempt_id: UUID, failure: str) -> None:
    """Init gave no page, so nobody can pay under this reference; should it turn out otherwise, QUERY says so."""
    payment = lock_payment(PaymentAttempt.objects.values_list("payment_id", flat=True).get(pk=attempt_id))
    attempt = payment.attempts.select_for_update().get(pk=attempt_id)
    if attempt.state != AttemptState.OPEN:
        return
    _close(attempt, payment, AttemptState.FAILED, failure, now())


def make_order(attempt: PaymentAttempt) -> Order:
    payment = (
        Payment.objects.select_related("agency", "dossier__version__procedure")
        .defer("dossier__version__content", "dossier__form_values")
        .get(pk=attempt.payment_id)
    )
    dossier, collector = payment.dossier, _require_account(payment, attempt.opened_at)
    return Order(
        reference=attempt.reference,
        amount_vnd=attempt.amount_vnd,
        opened_at=attempt.opened_at,
        description=f"THANH TOAN HO SO {dossier.code}",
        procedure_code=dossier.version.procedure.code,
        procedure_name=_shorten(dossier.version.name),
        agency_code=_find_code(payment.agency_id, timezone.localdate(attempt.opened_at)),
        agency_name=payment.agency.name,
        dossier_code=dossier.code,
        account_number=collector.account_number,
        account_holder=collector.account_holder,
        bank_code=collector.bank_code,
        payer_name=payment.payer_name,
        payer_number=payment.payer_number,
        payer_address=payment.payer_address,
        items=[
            Item(line["kind"], line["code"], _shorten(line["name"]), line["amount_vnd"])
            for line in payment.lines
        ],
    )


def _find_stale(actor: Actor, payment_id: UUID) -> PaymentAttempt | None:
    rows = PaymentAttempt.objects.filter(payment_id=payment_id, payment__in=find_payments(actor))
    return rows.filter(state=AttemptState.OPEN, expires_at__lte=now()).first()


def _ask_before_a_second_try(stale: PaymentAttempt) -> None:
    """Money may already be there. Where the platform does not answer, the new page will not open either."""
    try:
        ask_platform(attempt_id=stale.pk)
    except (PlatformRefusedError, OutboundFailedError, OutboundRefusedError):
        return


def _require_account(payment: Payment, at: dt.datetime) -> FeeCollector:
    collector = get_collector(payment.agency_id, timezone.localdate(at))
    if collector is None or not collector.account_number:
        raise CollectorMissingError(agency=payment.agency.short_name)
    return collector


def _give_up(attempt: PaymentAttempt, payment: Payment, at: dt.datetime) -> None:
    to = ATTEMPT_MOVES[AttemptState.OPEN, Report.TIME_OUT]
    _close(attempt, payment, AttemptState(to), "" if attempt.page_url else "not_opened", at)


def _close(
    attempt: PaymentAttempt, payment: Payment, to: AttemptState, failure: str, at: dt.datetime
) -> None:
    attempt.state, attempt.settled_at, attempt.failure = to, at, failure
    attempt.save(update_fields=["state", "settled_at", "failure"])
    move(
        payment,
        PaymentEvent.LAPSE,
        actor=PLATFORM,
        at=at,
        detail={"reference": attempt.reference, "failure": failure},
    )


def _find_code(agency_id: UUID, on: dt.date) -> str:
    try:
        return get_identifier(agency_id, on)
    except NoIdentifierError:
        return ""


def _shorten(name: str) -> str:
    """The platform takes names of at most 250 characters."""
    return name if len(name) <= 250 else f"{name[:247]}..."
