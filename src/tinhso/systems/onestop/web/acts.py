"""Every act on a dossier from the desk: one address each, one service each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.web.access import get_actor_of, requires

from ..data.filing import HandedPaper, PaperNeed
from ..errors import AssigneeNotAbleError, ExtensionNotLaterError
from ..permissions import VIEW
from ..selectors.dossiers import get_dossier
from ..services.accept_dossier import accept_dossier
from ..services.draft_result import draft_result, send_back_result, submit_result
from ..services.end_dossier import stop_dossier, withdraw_dossier
from ..services.extend_term import extend_term
from ..services.finish_step import finish_step
from ..services.hand_over import hand_over_result
from ..services.reduce_fee import grant_exemption
from ..services.refuse_dossier import refuse_dossier
from ..services.request_supplement import request_supplement
from ..services.settle_fee import confirm_payment, request_payment
from ..services.sign_letter import reword_letter, send_back_letter, sign_letter
from ..services.sign_result import sign_result
from ..services.supply_papers import supply_papers
from ..services.take_step import assign_step, take_step
from .desk import draw_dossier
from .fee_acts import read_exemption, read_payment, read_voucher
from .mine import read_turn
from .uploads import take_needed_uploads

Service = Callable[..., None]
Reader = Callable[[QueryDict], dict[str, Any]]
"""What a service wants besides actor, dossier and turn, read from the posted form."""


def read_nothing(post: QueryDict) -> dict[str, Any]:
    return {}


def read_reason(post: QueryDict) -> dict[str, Any]:
    return {"reason": post.get("reason", "")}


def read_remark(post: QueryDict) -> dict[str, Any]:
    return {"remark": post.get("remark", "")[:1000]}


def read_supplement(post: QueryDict) -> dict[str, Any]:
    """One paper a line; what follows a colon says what is wrong with it."""
    parted = [line.partition(":") for line in post.get("papers", "").splitlines() if line.strip()]
    return {
        **read_reason(post),
        "papers": [PaperNeed(name.strip(), note.strip()) for name, _colon, note in parted],
    }


def read_colleague(post: QueryDict) -> dict[str, Any]:
    try:
        return {"to_account_id": UUID(post.get("to", ""))}
    except ValueError as error:
        raise AssigneeNotAbleError from error


def read_result(post: QueryDict) -> dict[str, Any]:
    return {
        "name": post.get("name", "")[:400],
        "body": post.get("body", "")[:20000].replace("\r\n", "\n"),
        "result_code": post.get("result_code", "")[:40],
    }


def read_letter_kind(post: QueryDict) -> dict[str, Any]:
    return {"kind": post.get("kind", "")[:10]}


def read_letter_remark(post: QueryDict) -> dict[str, Any]:
    return {**read_letter_kind(post), **read_remark(post)}


def read_letter_reason(post: QueryDict) -> dict[str, Any]:
    return {**read_letter_kind(post), **read_reason(post)}


def read_receiver(post: QueryDict) -> dict[str, Any]:
    return {"received_by": post.get("received_by", "")[:150]}


def read_new_day(post: QueryDict) -> dict[str, Any]:
    try:
        return {**read_reason(post), "new_due_on": dt.date.fromisoformat(post.get("new_due_on", ""))}
    except ValueError as error:
        raise ExtensionNotLaterError(due="") from error


ACTS: dict[str, tuple[Service, Reader, object]] = {
    "tiep-nhan": (accept_dossier, read_nothing, _("Đã tiếp nhận hồ sơ.")),
    "khong-tiep-nhan": (refuse_dossier, read_reason, _("Đã từ chối tiếp nhận; người nộp được báo ngay.")),
    "yeu-cau-bo-sung": (request_supplement, read_supplement, _("Đã yêu cầu bổ sung; đồng hồ dừng.")),
    "yeu-cau-nop-phi": (request_payment, read_payment, _("Đã yêu cầu nộp phí; đồng hồ dừng.")),
    "da-thu-phi": (confirm_payment, read_voucher, _("Đã ghi nhận phí; đồng hồ chạy tiếp.")),
    "mien-giam": (grant_exemption, read_exemption, _("Đã tính lại phí theo diện miễn, giảm.")),
    "nhan-xu-ly": (take_step, read_nothing, _("Bạn đã nhận bước này.")),
    "giao-nguoi": (assign_step, read_colleague, _("Đã giao người xử lý.")),
    "xong-buoc": (finish_step, read_remark, _("Đã chuyển sang bước sau.")),
    "du-thao": (draft_result, read_result, _("Đã lưu dự thảo kết quả.")),
    "trinh-ky": (submit_result, read_remark, _("Đã trình ký.")),
    "tra-lai": (send_back_result, read_remark, _("Đã trả lại người soạn, kèm ý kiến.")),
    "ky": (sign_result, read_nothing, _("Đã ký và đóng dấu số.")),
    "ky-van-ban": (sign_letter, read_letter_kind, _("Đã ký và đóng dấu số.")),
    "tra-lai-van-ban": (send_back_letter, read_letter_remark, _("Đã trả lại người soạn, kèm ý kiến.")),
    "sua-van-ban": (reword_letter, read_letter_reason, _("Đã trình ký lại.")),
    "tra-ket-qua": (hand_over_result, read_receiver, _("Đã trả kết quả.")),
    "hen-lai": (extend_term, read_new_day, _("Đã hẹn lại và báo người nộp.")),
    "rut": (withdraw_dossier, read_reason, _("Đã ghi việc người nộp rút hồ sơ.")),
    "dung": (stop_dossier, read_reason, _("Đã dừng giải quyết và báo người nộp.")),
}


@requires(VIEW)
@require_POST
def supply_at_counter(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The applicant brought the missing papers: scanned where there is a file, else noted as handed in on paper."""
    actor = get_actor_of(request)
    dossier = get_dossier(actor, dossier_id)
    handed, problems = take_needed_uploads(request, dossier)
    with_file = {paper.paper_code for paper in handed}
    asked = [str(index) for index, _need in enumerate((dossier.supplement_request or {}).get("papers", []))]
    ticked = set(request.POST.getlist("on_paper")) - with_file
    handed += [HandedPaper(paper_code=code, originals=1) for code in asked if code in ticked]
    sentence = " ".join(said for _anchor, said in problems)
    status = 422
    if not problems:
        try:
            supply_papers(actor=actor, dossier_id=dossier_id, turn=read_turn(request), papers=handed)
        except TinhSoError as refusal:
            sentence, status = refusal.sentence, refusal.status
        else:
            messages.success(request, _("Đã nhận giấy tờ bổ sung."))
            return redirect("onestop:dossier", dossier_id)
    fresh = get_dossier(actor, dossier_id)
    return draw_dossier(request, fresh, sentence, {"act": "nhan-bo-sung"}, status=status)


@requires(VIEW)
@require_POST
def act(request: HttpRequest, dossier_id: UUID, name: str) -> HttpResponse:
    """Take one act. A refusal redraws the page with its sentence and what was typed."""
    if name not in ACTS:
        raise Http404
    actor = get_actor_of(request)
    service, read, done = ACTS[name]
    try:
        service(actor=actor, dossier_id=dossier_id, turn=read_turn(request), **read(request.POST))
    except TinhSoError as refusal:
        if refusal.status == 404:
            raise
        fresh = get_dossier(actor, dossier_id)
        typed = {key: value for key, value in request.POST.items() if isinstance(value, str)}
        return draw_dossier(request, fresh, refusal.sentence, {**typed, "act": name}, status=refusal.status)
    messages.success(request, str(done))
    if request.POST.get("next") == "signing":
        return redirect("onestop:signing")
    return redirect("onestop:dossier", dossier_id)
