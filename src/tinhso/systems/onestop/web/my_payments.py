"""A citizen's payments: what is owed and why, the way to the platform's page and back, receipt and refund."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import now, today
from tinhso.kernel.web.access import get_actor_of, signed_in

from ..clients.payment_platform import is_on
from ..data.payment_states import AttemptState
from ..errors import PaymentNotFoundError
from ..models import Payment, PaymentAttempt
from ..selectors.payments import find_payments, get_collector, get_payment, read_steps
from ..services.ask_platform import ask_platform
from ..services.fetch_bill import get_bill
from ..services.issue_fee_receipt import issue_fee_receipt
from ..services.pay_online import start_payment


@signed_in
@never_cache
@require_GET
def my_payment(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    return _draw(request, _get_own(request, payment_id))


def _draw(request: HttpRequest, payment: Payment, problem: str = "", status: int = 200) -> HttpResponse:
    attempts = list(payment.attempts.order_by("-pk"))
    waiting = next((a for a in attempts if a.state == AttemptState.OPEN), None)
    collector = get_collector(payment.agency_id, today())
    context = {
        "payment": payment,
        "dossier": payment.dossier,
        "steps": read_steps(payment),
        "refunds": payment.refunds.all(),
        "paid_attempt": next((a for a in attempts if a.state == AttemptState.PAID), None),
        "failed": bool(attempts) and attempts[0].state == AttemptState.FAILED,
        "waiting": waiting,
        "is_page_open": waiting is not None and bool(waiting.page_url) and now() < waiting.expires_at,
        "may_pay_online": is_on() and collector is not None and bool(collector.account_number),
        "problem": problem,
    }
    return render(request, "onestop/my_payment.html", context, status=status)


@signed_in
@require_POST
def pay(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """To the platform's page. What keeps it shut is said on the payment's own page."""
    payment = _get_own(request, payment_id)
    try:
        return redirect(start_payment(actor=get_actor_of(request), payment_id=payment.pk))
    except TinhSoError as refusal:
        if refusal.status == 404:
            raise
        return _draw(request, _get_own(request, payment_id), refusal.sentence, refusal.status)


@signed_in
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Where the platform sends the payer back to. Its address proves nothing: the platform itself is asked."""
    reference = request.GET.get("MaThamChieu", "")[:50]
    mine = find_payments(get_actor_of(request))
    attempt = PaymentAttempt.objects.filter(reference=reference, payment__in=mine).first()
    if attempt is None:
        raise PaymentNotFoundError
    if attempt.state == AttemptState.OPEN:
        _ask(attempt)
    return redirect("onestop:my-payment", attempt.payment_id)


@signed_in
@require_POST
def ask_again(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    payment = _get_own(request, payment_id)
    attempt = payment.attempts.filter(state=AttemptState.OPEN).first()
    if attempt is not None and not _ask(attempt):
        messages.error(
            request, _("Cổng thanh toán chưa trả lời. Tiền của bạn không mất: hệ thống tự hỏi lại.")
        )
    return redirect("onestop:my-payment", payment.pk)


@signed_in
@require_GET
def receipt(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """The signed receipt, for owner and officer; set now when the worker has not come to it yet."""
    payment = get_payment(get_actor_of(request), payment_id)
    file_id = issue_fee_receipt(payment_id=payment.pk)
    return redirect(f"{reverse('files:download', args=[file_id])}?inline=1")


@signed_in
@require_GET
def bill(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """The platform's own slip."""
    payment = get_payment(get_actor_of(request), payment_id)
    attempt = payment.attempts.filter(state=AttemptState.PAID).first()
    if attempt is None:
        raise PaymentNotFoundError
    return redirect(f"{reverse('files:download', args=[get_bill(attempt=attempt)])}?inline=1")


def _ask(attempt: PaymentAttempt) -> bool:
    """Whether the platform answered."""
    try:
        ask_platform(attempt_id=attempt.pk)
    except TinhSoError:
        return False
    return True


def _get_own(request: HttpRequest, payment_id: UUID) -> Payment:
    actor = get_actor_of(request)
    payment = get_payment(actor, payment_id)
    if payment.dossier.account_id != actor.account_id:
        raise PaymentNotFoundError
    return payment
