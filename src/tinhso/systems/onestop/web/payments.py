"""The desk of fees: the list, one payment with its way to the sum, its attempts and what the platform said, refunds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.access import get_actor_of, requires
from tinhso.kernel.web.parts import Tab, TimelineEntry

from ..data.payment_states import AttemptState, Means, PaymentEvent, RefundEvent, RefundState
from ..errors import PaymentNotFoundError
from ..models import Payment, PlatformMessage
from ..permissions import APPROVE_REFUNDS, KEEP_ACCOUNTS, PROCESS, RECEIVE, VIEW_PAYMENTS
from ..selectors.audited_payments import WORDS
from ..selectors.payments import (
    TABS,
    PaymentFilter,
    count_payments,
    find_payment_page,
    get_collector,
    get_payment,
    get_refund,
    read_steps,
)
from ..services.ask_platform import ask_platform
from ..services.collect_payment import collect_payment
from ..services.reduce_fee import cancel_payment
from ..services.refund_payment import BankAccount, decide_refund, finish_refund, request_refund
from .fee_acts import read_number
from .mine import read_turn

ICONS: Mapping[str, str] = {
    PaymentEvent.ASK: "coin",
    PaymentEvent.OPEN: "external-link",
    PaymentEvent.LAPSE: "circle-x",
    PaymentEvent.PAY: "check",
    PaymentEvent.OVERPAY: "alert-circle",
    PaymentEvent.NUMBER_RECEIPT: "file-certificate",
    PaymentEvent.CANCEL: "x",
    PaymentEvent.REFUND_PART: "arrow-back-up",
    PaymentEvent.REFUND_WHOLE: "arrow-back-up",
    RefundEvent.REQUEST: "arrow-back-up",
    RefundEvent.APPROVE: "check",
    RefundEvent.REFUSE: "circle-x",
}
TONES: Mapping[str, str] = {
    PaymentEvent.PAY: "ngoc",
    PaymentEvent.NUMBER_RECEIPT: "ngoc",
    PaymentEvent.OVERPAY: "nghe",
    RefundEvent.REQUEST: "nghe",
    RefundEvent.APPROVE: "ngoc",
    RefundEvent.REFUSE: "gach",
}

DAY_PATTERNS = ("%d/%m/%Y", "%Y-%m-%d")


@requires(VIEW_PAYMENTS)
@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    chosen = _read_filter(request)
    rows, following = find_payment_page(actor, chosen, request.GET.get("sau", ""))
    kept = urlencode({name: value for name, value in request.GET.items() if name != "sau" and value})
    context = {
        "rows": rows,
        "next_url": f"?{kept}&{urlencode({'sau': following})}" if following else "",
        "chosen": chosen,
        "tabs": _make_tabs(chosen, count_payments(actor)),
        "means": Means.choices,
    }
    return render(request, "onestop/payments.html", context)


@requires(VIEW_PAYMENTS)
@require_GET
def payment(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    return _draw(request, get_payment(get_actor_of(request), payment_id))


def _draw(
    request: HttpRequest,
    found: Payment,
    problem: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = get_actor_of(request)
    dossier = found.dossier
    places = {dossier.intake_agency_id, dossier.handling_agency_id}
    may_receive = any(actor.may(RECEIVE, place) for place in places)
    refunds = list(found.refunds.select_related("requested_by", "decided_by"))
    under_way = next((r for r in refunds if r.state in {RefundState.REQUESTED, RefundState.APPROVED}), None)
    may_keep = actor.may(KEEP_ACCOUNTS, found.agency_id)
    context = {
        "payment": found,
        "dossier": dossier,
        "steps": read_steps(found),
        "attempts": found.attempts.order_by("-pk"),
        "told": PlatformMessage.objects.filter(attempt__payment=found),
        "refunds": refunds,
        "under_way": under_way,
        "happenings": _find_happenings(found),
        "has_e_receipts": get_collector(found.agency_id, today()) is not None,
        "may_collect": may_receive and found.is_unpaid,
        "may_cancel": (may_receive or actor.may(PROCESS, dossier.handling_agency_id)) and found.is_unpaid,
        "may_ask": found.attempts.exclude(state=AttemptState.PAID).exists(),
        "may_propose": may_keep and under_way is None and found.returnable_vnd > 0,
        "may_finish": may_keep,
        "may_decide": under_way is not None and _may_decide(actor, found, under_way.requested_by_id),
        "problem": problem,
        "typed": typed or {},
    }
    return render(request, "onestop/payment.html", context, status=status)


Act = Callable[[Actor, UUID, HttpRequest], None]


def _collect(actor: Actor, payment_id: UUID, request: HttpRequest) -> None:
    collect_payment(
        actor=actor,
        payment_id=payment_id,
        turn=read_turn(request),
        means=_read_means(request.POST),
        voucher=request.POST.get("voucher", "")[:100],
    )


def _cancel(actor: Actor, payment_id: UUID, request: HttpRequest) -> None:
    reason = request.POST.get("reason", "")[:500]
    cancel_payment(actor=actor, payment_id=payment_id, turn=read_turn(request), reason=reason)


def _ask(actor: Actor, payment_id: UUID, request: HttpRequest) -> None:
    attempts = get_payment(actor, payment_id).attempts.exclude(state=AttemptState.PAID).order_by("-pk")
    for attempt in attempts[:3]:
        ask_platform(attempt_id=attempt.pk)


def _propose(actor: Actor, payment_id: UUID, request: HttpRequest) -> None:
    post = request.POST
    request_refund(
        actor=actor,
        payment_id=payment_id,
        amount_vnd=read_number(post.get("amount", "")),
        reason=post.get("reason", ""),
        account=BankAccount(post.get("holder", ""), post.get("account", ""), post.get("bank", "")),
    )


ACTS: dict[str, tuple[Act, object]] = {
    "thu-tien": (_collect, gettext_lazy("Đã ghi nhận tiền.")),
    "huy": (_cancel, gettext_lazy("Đã hủy khoản phải nộp.")),
    "hoi-cong": (_ask, gettext_lazy("Cổng đã trả lời; trạng thái dưới đây là mới nhất.")),
    "de-nghi-hoan": (_propose, gettext_lazy("Đã đề nghị hoàn; người có quyền duyệt sẽ thấy.")),
}


@requires(VIEW_PAYMENTS)
@require_POST
def act(request: HttpRequest, payment_id: UUID, name: str) -> HttpResponse:
    """Take one act. A refusal redraws the page with its sentence and what was typed."""
    if name not in ACTS:
        raise Http404
    actor = get_actor_of(request)
    take, done = ACTS[name]
    try:
        take(actor, payment_id, request)
    except TinhSoError as refusal:
        if refusal.status == 404:
            raise
        return _refuse(request, payment_id, refusal, name)
    messages.success(request, str(done))
    return redirect("onestop:payment", payment_id)


@requires(VIEW_PAYMENTS)
@require_POST
def act_on_refund(request: HttpRequest, refund_id: UUID, name: str) -> HttpResponse:
    actor = get_actor_of(request)
    payment_id = get_refund(actor, refund_id).payment_id
    remark = request.POST.get("remark", "")
    try:
        if name == "da-hoan":
            finish_refund(actor=actor, refund_id=refund_id, voucher=request.POST.get("voucher", ""))
        elif name in {"duyet", "khong-duyet"}:
            decide_refund(actor=actor, refund_id=refund_id, is_approved=name == "duyet", remark=remark)
        else:
            raise Http404
    except TinhSoError as refusal:
        if refusal.status == 404:
            raise
        return _refuse(request, payment_id, refusal, name)
    messages.success(request, _("Đã ghi nhận."))
    return redirect("onestop:payment", payment_id)


def _refuse(request: HttpRequest, payment_id: UUID, refusal: TinhSoError, name: str) -> HttpResponse:
    found = get_payment(get_actor_of(request), payment_id)
    typed = {key: value for key, value in request.POST.items() if isinstance(value, str)}
    return _draw(request, found, refusal.sentence, {**typed, "act": name}, status=refusal.status)


def _read_means(post: QueryDict) -> str:
    said = post.get("means", Means.CASH)
    return said if said in {Means.CASH, Means.TRANSFER} else Means.CASH


def _may_decide(actor: Actor, found: Payment, requested_by_id: UUID) -> bool:
    return actor.may(APPROVE_REFUNDS, found.agency_id) and requested_by_id != actor.account_id


def _read_filter(request: HttpRequest) -> PaymentFilter:
    """Everything chosen is in the address, so that a list can be kept and passed on."""
    tab, means = request.GET.get("loc", "all"), request.GET.get("hinh-thuc", "")
    return PaymentFilter(
        tab=tab if tab in TABS else "all",
        means=means if means in Means.values else "",
        query=request.GET.get("q", "")[:100].strip(),
        from_on=read_day(request.GET.get("tu", "")),
        to_on=read_day(request.GET.get("den", "")),
    )


def read_day(text: str) -> dt.date | None:
    """A day as people here write it; an address kept elsewhere may carry it the other way round."""
    for pattern in DAY_PATTERNS:
        try:
            return dt.datetime.strptime(text.strip(), pattern).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


def _make_tabs(chosen: PaymentFilter, counts: dict[str, int]) -> list[Tab]:
    labels = {
        "unpaid": _("Chưa thu"),
        "paid": _("Đã thu"),
        "refunds": _("Đang hoàn"),
        "look": _("Cần xem hoàn"),
        "all": _("Tất cả"),
    }
    return [
        Tab(label=labels[tab], url=f"?loc={tab}", count=counts.get(tab), is_current=tab == chosen.tab)
        for tab in TABS
    ]


def _find_happenings(found: Payment) -> list[TimelineEntry]:
    """The payment's signed history, newest first."""
    entries = []
    for entry in find_entries(found.stream).reverse():
        action = entry.action.removeprefix("onestop.")
        said = entry.detail
        text = said.get("receipt") or said.get("reason") or said.get("voucher") or said.get("reference") or ""
        entries.append(
            TimelineEntry(
                title=WORDS.get(action, action),
                at=entry.at,
                by=", ".join(filter(None, (entry.actor_name, entry.actor_title))),
                text=str(text),
                icon=ICONS[action],
                tone=TONES.get(action, "da"),
            )
        )
    return entries


def get_agency_id(actor: Actor) -> UUID:
    """The agency of the switcher. Raises PaymentNotFoundError for who works at none."""
    if actor.agency_id is None:
        raise PaymentNotFoundError
    return actor.agency_id
