"""The doors of the payment platform's stand-in: what programs ask, the page where one pays, the panel of its moods."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.web import formats
from tinhso.kernel.web.access import open_to_all

from ..clients import payment_stand_in as stand_in

REPEATS = ("1", "2", "3", "5")
SHOWN = 20


@open_to_all
@csrf_exempt
@require_POST
def init(request: HttpRequest) -> HttpResponse:
    return _down() or JsonResponse(stand_in.answer_init(_read(request)))


@open_to_all
@csrf_exempt
@require_POST
def query(request: HttpRequest) -> HttpResponse:
    return _down() or JsonResponse(stand_in.answer_query(_read(request)))


@open_to_all
@csrf_exempt
@require_POST
def bill(request: HttpRequest) -> HttpResponse:
    payment = stand_in.find_billed(_read(request))
    if payment is None:
        return _down() or JsonResponse({"MaLoi": stand_in.UNKNOWN})
    values = {
        "reference": payment.reference,
        "transaction": payment.transaction_code,
        "amount": formats.dong(payment.amount_vnd),
        "payee": payment.payee,
        "description": payment.description,
        "moment": formats.moment(payment.settled_at or payment.opened_at),
    }
    content = render_letter("onestop/stand_in_bill", values)
    return _down() or HttpResponse(content, content_type="application/pdf")


@open_to_all
@require_GET
def statement(request: HttpRequest) -> HttpResponse:
    said = request.GET.get("ngay", "")
    try:
        on = dt.date.fromisoformat(f"{said[:4]}-{said[4:6]}-{said[6:]}")
    except ValueError as error:
        raise Http404 from error
    return _down() or HttpResponse(stand_in.write_statement(on), content_type="text/csv; charset=utf-8")


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the payer pays, or thinks better of it, and goes back."""
    payment = stand_in.find_payment(reference)
    if payment is None:
        raise Http404
    if request.method == "POST":
        stand_in.settle(reference, is_paid="pay" in request.POST)
        return redirect(f"{reverse('onestop:payment-return')}?MaThamChieu={reference}")
    return render(request, "onestop/stand_in_payment.html", {"payment": payment})


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest) -> HttpResponse:
    """How the stand-in is to behave, and what it has heard."""
    if request.method == "POST":
        if "let_go" in request.POST:
            stand_in.let_go()
        else:
            stand_in.set_mood(_read_mood(request))
        return redirect("demo-payment-panel")
    payments = stand_in.find_payments()
    context = {
        "mood": stand_in.get_mood(),
        "lies": stand_in.Lie.choices,
        "repeats": REPEATS,
        "payments": payments[:SHOWN],
        "held": sum(1 for payment in payments if payment.state != "open" and not payment.is_told),
    }
    return render(request, "onestop/stand_in_panel.html", context)


def _read_mood(request: HttpRequest) -> stand_in.Mood:
    lie, repeats = request.POST.get("lie", ""), request.POST.get("repeats", "1")
    return stand_in.Mood(
        is_down="is_down" in request.POST,
        holds_results="holds_results" in request.POST,
        repeats=int(repeats) if repeats in REPEATS else 1,
        lie=lie if lie in stand_in.Lie.values else stand_in.Lie.NONE,
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _down() -> HttpResponse | None:
    return HttpResponse(status=503) if stand_in.get_mood().is_down else None


urlpatterns = [
    path("", panel, name="demo-payment-panel"),
    path("init", init, name="demo-payment-init"),
    path("query", query, name="demo-payment-query"),
    path("bill", bill, name="demo-payment-bill"),
    path("bang-ke", statement, name="demo-payment-statement"),
    path("trang/<str:reference>", page, name="demo-payment-page"),
]
