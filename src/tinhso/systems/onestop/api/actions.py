"""Actions on a dossier: each takes the caller's key and revision, and answers with the fresh state."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router

from tinhso.kernel.web.access import get_actor_of

from ..data.filing import HandedPaper, PaperNeed
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
from ..services.sign_result import sign_result
from ..services.supply_papers import supply_papers
from ..services.take_step import assign_step, take_step
from . import shapes

router = Router()
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=64)]
Fresh = dict[str, Any]


def _fresh(request: HttpRequest, dossier_id: UUID) -> Fresh:
    return get_fresh_state(get_dossier(get_actor_of(request), dossier_id))


@router.post("/dossiers/{uuid:dossier_id}/accept", response=Fresh)
def accept(request: HttpRequest, dossier_id: UUID, said: shapes.ActionIn, key: Key) -> Fresh:
    accept_dossier(actor=get_actor_of(request), dossier_id=dossier_id, turn=Turn(key, said.revision))
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/refuse", response=Fresh)
def refuse(request: HttpRequest, dossier_id: UUID, said: shapes.ReasonIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    refuse_dossier(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, reason=said.reason)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/request-supplement", response=Fresh)
def ask_supplement(request: HttpRequest, dossier_id: UUID, said: shapes.SupplementIn, key: Key) -> Fresh:
    request_supplement(
        actor=get_actor_of(request),
        dossier_id=dossier_id,
        turn=Turn(key, said.revision),
        papers=[PaperNeed(**paper.dict()) for paper in said.papers],
        reason=said.reason,
    )
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/supply", response=Fresh)
def supply(request: HttpRequest, dossier_id: UUID, said: shapes.SupplyIn, key: Key) -> Fresh:
    supply_papers(
        actor=get_actor_of(request),
        dossier_id=dossier_id,
        turn=Turn(key, said.revision),
        papers=[HandedPaper(**paper.dict()) for paper in said.papers],
    )
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/take", response=Fresh)
def take(request: HttpRequest, dossier_id: UUID, said: shapes.ActionIn, key: Key) -> Fresh:
    take_step(actor=get_actor_of(request), dossier_id=dossier_id, turn=Turn(key, said.revision))
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/assign", response=Fresh)
def assign(request: HttpRequest, dossier_id: UUID, said: shapes.AssignIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    assign_step(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, to_account_id=said.account_id)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/finish-step", response=Fresh)
def finish(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    finish_step(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, remark=said.remark)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/draft-result", response=Fresh)
def draft(request: HttpRequest, dossier_id: UUID, said: shapes.ResultIn, key: Key) -> Fresh:
    draft_result(
        actor=get_actor_of(request),
        dossier_id=dossier_id,
        turn=Turn(key, said.revision),
        name=said.name,
        body=said.body,
        result_code=said.result_code,
    )
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/submit", response=Fresh)
def submit(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    submit_result(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, remark=said.remark)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/send-back", response=Fresh)
def send_back(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    send_back_result(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, remark=said.remark)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/sign", response=Fresh)
def sign(request: HttpRequest, dossier_id: UUID, said: shapes.ActionIn, key: Key) -> Fresh:
    sign_result(actor=get_actor_of(request), dossier_id=dossier_id, turn=Turn(key, said.revision))
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/hand-over", response=Fresh)
def hand_over(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    hand_over_result(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, received_by=said.remark)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/extend", response=Fresh)
def extend(request: HttpRequest, dossier_id: UUID, said: shapes.ExtensionIn, key: Key) -> Fresh:
    extend_term(
        actor=get_actor_of(request),
        dossier_id=dossier_id,
        turn=Turn(key, said.revision),
        new_due_on=said.new_due_on,
        reason=said.reason,
    )
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/request-payment", response=Fresh)
def ask_payment(request: HttpRequest, dossier_id: UUID, said: shapes.PaymentIn, key: Key) -> Fresh:
    request_payment(
        actor=get_actor_of(request),
        dossier_id=dossier_id,
        turn=Turn(key, said.revision),
        amount_vnd=said.amount_vnd,
        reason=said.reason,
    )
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/confirm-payment", response=Fresh)
def confirm(request: HttpRequest, dossier_id: UUID, said: shapes.VoucherIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    confirm_payment(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, voucher=said.voucher)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/withdraw", response=Fresh)
def withdraw(request: HttpRequest, dossier_id: UUID, said: shapes.RemarkIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    withdraw_dossier(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, reason=said.remark)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/stop", response=Fresh)
def stop(request: HttpRequest, dossier_id: UUID, said: shapes.ReasonIn, key: Key) -> Fresh:
    turn = Turn(key, said.revision)
    stop_dossier(actor=get_actor_of(request), dossier_id=dossier_id, turn=turn, reason=said.reason)
    return _fresh(request, dossier_id)


@router.post("/dossiers/{uuid:dossier_id}/rate", response=Fresh)
def rate(request: HttpRequest, dossier_id: UUID, said: shapes.RatingIn, key: Key) -> Fresh:
    rate_dossier(
        actor=get_actor_of(request),
        dossier_id=dossier_id,
        turn=Turn(key, said.revision),
        stars=said.stars,
        remark=said.remark,
    )
    return _fresh(request, dossier_id)
