"""Every act on a dossier from the desk: one address each, one service each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.access import get_actor_of, requires

from ..data.filing import PaperNeed
from ..errors import AssigneeNotAbleError, ExtensionNotLaterError
from ..permissions import VIEW
from ..selectors.dossiers import get_dossier
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.draft_result import draft_result, send_back_result, submit_result
from ..services.end_dossier import stop_dossier
from ..services.extend_term import extend_term
from ..services.finish_step import finish_step
from ..services.hand_over import hand_over_result
from ..services.refuse_dossier import refuse_dossier
from ..services.request_supplement import request_supplement
from ..services.settle_fee import confirm_payment, request_payment
from ..services.sign_result import sign_result
from ..services.take_step import assign_step, take_step
from .desk import draw_dossier
from .mine import read_turn

Act = Callable[[Actor, UUID, Turn, HttpRequest], None]


def _accept(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    accept_dossier(actor=actor, dossier_id=dossier_id, turn=turn)


def _refuse(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    refuse_dossier(actor=actor, dossier_id=dossier_id, turn=turn, reason=request.POST.get("reason", ""))


def _request_supplement(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    """One paper a line; what follows a colon says what is wrong with it."""
    lines = [line.strip() for line in request.POST.get("papers", "").splitlines() if line.strip()]
    needs = [
        PaperNeed(name=line.partition(":")[0].strip(), note=line.partition(":")[2].strip()) for line in lines
    ]
    request_supplement(
        actor=actor, dossier_id=dossier_id, turn=turn, papers=needs, reason=request.POST.get("reason", "")
    )


def _request_payment(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    amount = "".join(filter(str.isdigit, request.POST.get("amount", "")))[:12]
    request_payment(
        actor=actor,
        dossier_id=dossier_id,
        turn=turn,
        amount_vnd=int(amount or 0),
        reason=request.POST.get("reason", ""),
    )


def _confirm_payment(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    confirm_payment(
        actor=actor, dossier_id=dossier_id, turn=turn, voucher=request.POST.get("voucher", "")[:100]
    )


def _take(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    take_step(actor=actor, dossier_id=dossier_id, turn=turn)


def _assign(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    try:
        to_account_id = UUID(request.POST.get("to", ""))
    except ValueError as error:
        raise AssigneeNotAbleError from error
    assign_step(actor=actor, dossier_id=dossier_id, turn=turn, to_account_id=to_account_id)


def _finish(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    finish_step(actor=actor, dossier_id=dossier_id, turn=turn, remark=request.POST.get("remark", "")[:1000])


def _draft(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    draft_result(
        actor=actor,
        dossier_id=dossier_id,
        turn=turn,
        name=request.POST.get("name", "")[:400],
        body=request.POST.get("body", "")[:20000].replace("\r\n", "\n"),
        result_code=request.POST.get("result_code", "")[:40],
    )


def _submit(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    submit_result(actor=actor, dossier_id=dossier_id, turn=turn, remark=request.POST.get("remark", "")[:1000])


def _send_back(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    send_back_result(
        actor=actor, dossier_id=dossier_id, turn=turn, remark=request.POST.get("remark", "")[:1000]
    )


def _sign(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    sign_result(actor=actor, dossier_id=dossier_id, turn=turn)


def _hand_over(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    hand_over_result(
        actor=actor, dossier_id=dossier_id, turn=turn, received_by=request.POST.get("received_by", "")[:150]
    )


def _extend(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    try:
        new_due_on = dt.date.fromisoformat(request.POST.get("new_due_on", ""))
    except ValueError as error:
        raise ExtensionNotLaterError(due="") from error
    extend_term(
        actor=actor,
        dossier_id=dossier_id,
        turn=turn,
        new_due_on=new_due_on,
        reason=request.POST.get("reason", ""),
    )


def _stop(actor: Actor, dossier_id: UUID, turn: Turn, request: HttpRequest) -> None:
    stop_dossier(actor=actor, dossier_id=dossier_id, turn=turn, reason=request.POST.get("reason", ""))


ACTS: dict[str, tuple[Act, object]] = {
    "tiep-nhan": (_accept, _("Đã tiếp nhận hồ sơ.")),
    "khong-tiep-nhan": (_refuse, _("Đã từ chối tiếp nhận; người nộp được báo ngay.")),
    "yeu-cau-bo-sung": (_request_supplement, _("Đã yêu cầu bổ sung; đồng hồ dừng.")),
    "yeu-cau-nop-phi": (_request_payment, _("Đã yêu cầu nộp phí; đồng hồ dừng.")),
    "da-thu-phi": (_confirm_payment, _("Đã ghi nhận phí; đồng hồ chạy tiếp.")),
    "nhan-xu-ly": (_take, _("Bạn đã nhận bước này.")),
    "giao-nguoi": (_assign, _("Đã giao người xử lý.")),
    "xong-buoc": (_finish, _("Đã chuyển sang bước sau.")),
    "du-thao": (_draft, _("Đã lưu dự thảo kết quả.")),
    "trinh-ky": (_submit, _("Đã trình ký.")),
    "tra-lai": (_send_back, _("Đã trả lại người soạn, kèm ý kiến.")),
    "ky": (_sign, _("Đã ký và đóng dấu số.")),
    "tra-ket-qua": (_hand_over, _("Đã trả kết quả.")),
    "hen-lai": (_extend, _("Đã gửi lời xin lỗi và ngày hẹn mới.")),
    "dung": (_stop, _("Đã dừng giải quyết hồ sơ.")),
}


@requires(VIEW)
@require_POST
def act(request: HttpRequest, dossier_id: UUID, name: str) -> HttpResponse:
    """Take one act. A refusal redraws the page with its sentence and what was typed."""
    if name not in ACTS:
        raise Http404
    actor = get_actor_of(request)
    found = get_dossier(actor, dossier_id)
    take, done = ACTS[name]
    try:
        take(actor, dossier_id, read_turn(request), request)
    except TinhSoError as refusal:
        if refusal.status == 404:
            raise
        fresh = get_dossier(actor, found.pk)
        typed = {key: value for key, value in request.POST.items() if isinstance(value, str)}
        return draw_dossier(request, fresh, refusal.sentence, {**typed, "act": name}, status=refusal.status)
    messages.success(request, str(done))
    if name == "ky" and request.POST.get("next") == "signing":
        return redirect("onestop:signing")
    return redirect("onestop:dossier", dossier_id)
