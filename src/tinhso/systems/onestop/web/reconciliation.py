"""The desk where the day's book is held against the platform's: run, differences, what was done about them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import today
from tinhso.kernel.web.access import get_actor_of, requires

from ..clients.payment_platform import has_statements
from ..data.payment_states import DifferenceKind
from ..errors import PaymentNotFoundError, StatementUnreadableError
from ..permissions import KEEP_ACCOUNTS
from ..selectors.reconciliations import find_day_differences, find_days, get_day
from ..services.reconcile_day import reconcile_with_file, reconcile_with_platform, settle_difference
from .payments import read_day

MOST_BYTES = 10 * 2**20
TO_DO = {
    DifferenceKind.MISSING_HERE: gettext_lazy(
        "Tiền vào tài khoản nhưng hệ thống không có giao dịch. Tra nội dung chuyển tiền để tìm hồ sơ; "
        "không tìm được thì đề nghị cổng trả lại người nộp."
    ),
    DifferenceKind.MISSING_THERE: gettext_lazy(
        "Hệ thống ghi đã thu nhưng cổng không kê. Hỏi lại cổng; nếu cổng xác nhận không có, báo Kho bạc đối chiếu "
        "sao kê tài khoản trước khi trả kết quả."
    ),
    DifferenceKind.AMOUNT: gettext_lazy(
        "Hai bên ghi số tiền khác nhau. Đối chiếu sao kê tài khoản; thu thừa thì hoàn, thu thiếu thì yêu cầu nộp thêm."
    ),
    DifferenceKind.STATE: gettext_lazy(
        "Một bên ghi đã trả, một bên không. Hỏi lại cổng; cổng xác nhận thì hệ thống tự ghi nhận và cấp biên lai."
    ),
}


@requires(KEEP_ACCOUNTS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    context = {
        "days": find_days(get_actor_of(request)),
        "has_statements": has_statements(),
        "yesterday": today() - dt.timedelta(days=1),
        "today": today(),
    }
    return render(request, "onestop/reconciliation.html", context)


@requires(KEEP_ACCOUNTS)
@require_GET
def day(request: HttpRequest, on: str) -> HttpResponse:
    found = get_day(_parse(on))
    differences = find_day_differences(get_actor_of(request), found)
    context = {
        "day": found,
        "rows": [(row, TO_DO[DifferenceKind(row.kind)]) for row in differences],
        "open_count": sum(1 for row in differences if row.settled_at is None),
        "has_statements": has_statements(),
    }
    return render(request, "onestop/reconciled_day.html", context)


@requires(KEEP_ACCOUNTS)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Compare a day now: with the list fetched from the platform, or with the file that is brought."""
    actor, on = get_actor_of(request), read_day(request.POST.get("ngay", ""))
    if on is None or on > today():
        messages.error(request, _("Ghi ngày theo mẫu 25/11/2026, không sau hôm nay."))
        return redirect("onestop:reconciliation")
    upload = request.FILES.get("bang-ke")
    try:
        if upload is None:
            reconcile_with_platform(actor=actor, on=on)
        else:
            reconcile_with_file(actor=actor, on=on, text=_read(upload))
    except TinhSoError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("onestop:reconciliation")
    return redirect("onestop:reconciled-day", f"{on:%Y-%m-%d}")


@requires(KEEP_ACCOUNTS)
@require_POST
def settle(request: HttpRequest, on: str, difference_id: UUID) -> HttpResponse:
    try:
        settle_difference(
            actor=get_actor_of(request), difference_id=difference_id, remark=request.POST.get("remark", "")
        )
    except TinhSoError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Đã ghi cách xử lý."))
    return redirect("onestop:reconciled-day", f"{_parse(on):%Y-%m-%d}")


def _parse(text: str) -> dt.date:
    on = read_day(text)
    if on is None or on > today():
        raise PaymentNotFoundError
    return on


def _read(upload: object) -> str:
    content: bytes = upload.read(MOST_BYTES + 1)  # type: ignore[attr-defined]
    if len(content) > MOST_BYTES:
        raise StatementUnreadableError(problem=_("tệp quá lớn"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StatementUnreadableError(problem=_("tệp không phải văn bản UTF-8")) from error
