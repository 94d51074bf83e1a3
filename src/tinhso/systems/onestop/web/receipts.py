"""The desk of e-receipts: the list, the day's tables for the tax office, what the agency has registered."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tinhso.kernel.moment import today
from tinhso.kernel.web.access import get_actor_of, requires
from tinhso.kernel.web.fields import DateBoxesField

from ..data.receipt_rules import LETTERS
from ..errors import CollectorInvalidError
from ..permissions import KEEP_ACCOUNTS, VIEW_PAYMENTS
from ..selectors.receipts import find_receipt_page, find_reports, get_collector_line, get_report
from ..services.register_collector import Registration, register_collector
from ..services.report_fee_receipts import make_receipt_report, mark_report_sent
from .payments import get_agency_id


class CollectorForm(forms.Form):
    valid_from = DateBoxesField(label=gettext_lazy("Áp dụng từ ngày"))
    tax_code = forms.CharField(label=gettext_lazy("Mã số thuế của đơn vị thu"), max_length=14)
    series = forms.CharField(
        label=gettext_lazy("Hai chữ cái cuối của ký hiệu biên lai"),
        max_length=2,
        help_text=format_lazy(
            "{registered} {letters}",
            registered=gettext_lazy("Đã đăng ký với cơ quan thuế (Thông tư 91/2026/TT-BTC). Chọn trong"),
            letters=" ".join(LETTERS),
        ),
    )
    account_number = forms.CharField(
        label=gettext_lazy("Số tài khoản nhận tiền trực tuyến"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Để trống thì chỉ thu tại quầy."),
    )
    account_holder = forms.CharField(label=gettext_lazy("Tên chủ tài khoản"), max_length=200, required=False)
    bank_code = forms.CharField(
        label=gettext_lazy("Mã ngân hàng hoặc Kho bạc"), max_length=20, required=False
    )

    def as_registration(self) -> Registration:
        said = self.cleaned_data
        return Registration(
            **{**said, "series": said["series"].upper(), "tax_code": said["tax_code"].strip()}
        )


@requires(VIEW_PAYMENTS)
@require_GET
def receipts(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    rows, following = find_receipt_page(actor, request.GET.get("sau", ""))
    context = {
        "rows": rows,
        "next_url": f"?{urlencode({'sau': following})}" if following else "",
        "reports": find_reports(actor),
        "line": get_collector_line(actor),
        "may_keep": actor.agency_id is not None and actor.may(KEEP_ACCOUNTS, actor.agency_id),
        "today": today(),
    }
    return render(request, "onestop/fee_receipts.html", context)


@requires(KEEP_ACCOUNTS)
@require_POST
def make_report(request: HttpRequest) -> HttpResponse:
    """Today's receipts so far, as a table; those that follow make another."""
    actor = get_actor_of(request)
    made = make_receipt_report(actor=actor, agency_id=get_agency_id(actor), on=_read_day(request))
    if made is None:
        messages.error(request, _("Không có biên lai nào chưa lập bảng trong ngày đó."))
    else:
        messages.success(request, _("Đã lập bảng tổng hợp. Tải về và gửi cơ quan thuế ngay trong ngày."))
    return redirect("onestop:fee-receipts")


@requires(KEEP_ACCOUNTS)
@require_GET
def download_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    report = get_report(get_actor_of(request), report_id)
    response = HttpResponse(report.content, content_type="text/csv; charset=utf-8")
    name = f"bien-lai-{report.on:%Y%m%d}-{report.ordinal}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@requires(KEEP_ACCOUNTS)
@require_POST
def report_sent(request: HttpRequest, report_id: UUID) -> HttpResponse:
    mark_report_sent(
        actor=get_actor_of(request), report_id=report_id, remark=request.POST.get("remark", "")[:200]
    )
    return redirect("onestop:fee-receipts")


@requires(KEEP_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def collector(request: HttpRequest) -> HttpResponse:
    """What the agency has registered with the tax office, and where its money goes, from a day on."""
    actor = get_actor_of(request)
    agency_id = get_agency_id(actor)
    line = get_collector_line(actor)
    known = line.collector if line is not None and line.is_own else None
    initial = {"tax_code": known.tax_code, "series": known.series} if known else {}
    if known:
        initial |= {
            "account_number": known.account_number,
            "account_holder": known.account_holder,
            "bank_code": known.bank_code,
        }
    form = CollectorForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            register_collector(actor=actor, agency_id=agency_id, said=form.as_registration())
        except CollectorInvalidError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã khai báo đơn vị thu."))
            return redirect("onestop:fee-receipts")
    context = {"form": form, "line": line}
    return render(request, "onestop/fee_collector.html", context, status=422 if form.errors else 200)


def _read_day(request: HttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.POST.get("ngay", ""))
    except ValueError:
        return today()
