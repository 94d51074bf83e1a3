"""Actions on a dossier: each takes the caller's key and revision, and answers with the fresh state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router

from tinhso.kernel.web.access import get_actor_of

from ..data.filing import HandedPaper, PaperNeed
from ..models import LetterKind
from ..selectors.dossiers import get_dossier, get_fresh_state
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.draft_result import draft_result, send_back_result, submit_result
from ..services.end_dossier import stop_dossier, withdraw_dossier
from ..services.extend_term import extend_term
from ..services.finish_step import finish_step
from ..services.hand_over import hand_over_result
from ..services.rate_dossier import rate_dossier
from ..services.refuse_dossier import refuse_dossier
from ..services.request_supplement import request_supplement
from ..services.settle_fee import confirm_payment, request_payment
from ..services.sign_letter import reword_letter, send_back_letter, sign_letter
from ..services.sign_result import sign_result
from ..services.supply_papers import supply_papers
from ..services.take_step import assign_step, take_step
from . import shapes

router = Router()
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=64)]
Fresh = dict[str, Any]


def _take(
    request: HttpRequest,
    dossier_id: UUID,
    key: str,
    said: shapes.ActionIn,
    act: Callable[..., None],
    **given: Any,
) -> Fresh:
    """One turn by one service, and the state it left."""
    actor = get_actor_of(request)
    act(actor=actor, dossier_id=dossier_id, turn=Turn(key, said.revision), **given)
    return get_fresh_state(get_dossier(actor, dossier_id))


@router.post("/dossiers/{uuid:dossier_id}/accept", response=Fresh)
def accept(request: HttpRequest, dossier_id: UUID, said: shapes.ActionIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, accept_dossier)


@router.post("/dossiers/{uuid:dossier_id}/refuse", response=Fresh)
def refuse(request: HttpRequest, dossier_id: UUID, said: shapes.ReasonIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, refuse_dossier, reason=said.reason)


@router.post("/dossiers/{uuid:dossier_id}/request-supplement", response=Fresh)
def ask_supplement(request: HttpRequest, dossier_id: UUID, said: shapes.SupplementIn, key: Key) -> Fresh:
    return _take(
        request,
        dossier_id,
        key,
        said,
        request_supplement,
        papers=[PaperNeed(**paper.dict()) for paper in said.papers],
        reason=said.reason,
    )


@router.post("/dossiers/{uuid:dossier_id}/supply", response=Fresh)
def supply(request: HttpRequest, dossier_id: UUID, said: shapes.SupplyIn, key: Key) -> Fresh:
    return _take(
        request,
        dossier_id,
        key,
        said,
        supply_papers,
        papers=[HandedPaper(**paper.dict()) for paper in said.papers],
    )


@router.post("/dossiers/{uuid:dossier_id}/take", response=Fresh)
def take(request: HttpRequest, dossier_id: UUID, said: shapes.ActionIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, take_step)


@router.post("/dossiers/{uuid:dossier_id}/assign", response=Fresh)
def assign(request: HttpRequest, dossier_id: UUID, said: shapes.AssignIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, assign_step, to_account_id=said.account_id)


@router.post("/dossiers/{uuid:dossier_id}/finish-step", response=Fresh)
def finish(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, finish_step, remark=said.remark)


@router.post("/dossiers/{uuid:dossier_id}/draft-result", response=Fresh)
def draft(request: HttpRequest, dossier_id: UUID, said: shapes.ResultIn, key: Key) -> Fresh:
    return _take(
        request,
        dossier_id,
        key,
        said,
        draft_result,
        name=said.name,
        body=said.body,
        result_code=said.result_code,
    )


@router.post("/dossiers/{uuid:dossier_id}/submit", response=Fresh)
def submit(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, submit_result, remark=said.remark)


@router.post("/dossiers/{uuid:dossier_id}/send-back", response=Fresh)
def send_back(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, send_back_result, remark=said.remark)


@router.post("/dossiers/{uuid:dossier_id}/sign", response=Fresh)
def sign(request: HttpRequest, dossier_id: UUID, said: shapes.ActionIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, sign_result)


@router.post("/dossiers/{uuid:dossier_id}/letters/{kind}/sign", response=Fresh)
def sign_one_letter(
    request: HttpRequest, dossier_id: UUID, kind: LetterKind, said: shapes.ActionIn, key: Key
) -> Fresh:
    return _take(request, dossier_id, key, said, sign_letter, kind=kind)


@router.post("/dossiers/{uuid:dossier_id}/letters/{kind}/send-back", response=Fresh)
def send_back_one_letter(
    request: HttpRequest, dossier_id: UUID, kind: LetterKind, said: shapes.RemarkIn, key: Key
) -> Fresh:
    return _take(request, dossier_id, key, said, send_back_letter, kind=kind, remark=said.remark)


@router.post("/dossiers/{uuid:dossier_id}/letters/{kind}/reword", response=Fresh)
def reword_one_letter(
    request: HttpRequest, dossier_id: UUID, kind: LetterKind, said: shapes.ReasonIn, key: Key
) -> Fresh:
    return _take(request, dossier_id, key, said, reword_letter, kind=kind, reason=said.reason)


@router.post("/dossiers/{uuid:dossier_id}/hand-over", response=Fresh)
def hand_over(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, hand_over_result, received_by=said.remark)


@router.post("/dossiers/{uuid:dossier_id}/extend", response=Fresh)
def extend(request: HttpRequest, dossier_id: UUID, said: shapes.ExtensionIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, extend_term, new_due_on=said.new_due_on, reason=said.reason)


@router.post("/dossiers/{uuid:dossier_id}/request-payment", response=Fresh)
def ask_payment(request: HttpRequest, dossier_id: UUID, said: shapes.PaymentIn, key: Key) -> Fresh:
    return _take(
        request,
        dossier_id,
        key,
        said,
        request_payment,
        amount_vnd=said.amount_vnd,
        reason=said.reason,
        counts=said.counts,
    )


@router.post("/dossiers/{uuid:dossier_id}/confirm-payment", response=Fresh)
def confirm(request: HttpRequest, dossier_id: UUID, said: shapes.VoucherIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, confirm_payment, voucher=said.voucher, means=said.means)


@router.post("/dossiers/{uuid:dossier_id}/withdraw", response=Fresh)
def withdraw(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, withdraw_dossier, reason=said.remark)


@router.post("/dossiers/{uuid:dossier_id}/stop", response=Fresh)
def stop(request: HttpRequest, dossier_id: UUID, said: shapes.ReasonIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, stop_dossier, reason=said.reason)


@router.post("/dossiers/{uuid:dossier_id}/rate", response=Fresh)
def rate(request: HttpRequest, dossier_id: UUID, said: shapes.RatingIn, key: Key) -> Fresh:
    return _take(request, dossier_id, key, said, rate_dossier, stars=said.stars, remark=said.remark)
