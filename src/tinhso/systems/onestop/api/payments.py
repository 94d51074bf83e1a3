"""Fees, payments, refunds and receipts for other programs; the door the payment platform reports to."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from tinhso.kernel.api.interface import IdempotencyKey
from tinhso.kernel.api.paging import Cursor, Limit, Page, cut_page
from tinhso.kernel.moment import today
from tinhso.kernel.web.access import get_actor_of

from ..choices import Channel
from ..data.fee_steps import FeeStep
from ..data.payment_states import BELIEVED, PaymentState
from ..errors import CallbackRefusedError
from ..models import Payment, Refund
from ..selectors.dossiers import get_dossier
from ..selectors.fees import FeeReading, compute_fee, read_dossier_fee
from ..selectors.payments import find_payments, get_payment, get_refund, read_steps
from ..selectors.procedures import get_content, get_procedure
from ..services.acting import Turn
from ..services.collect_payment import collect_payment
from ..services.hear_callback import hear_callback
from ..services.pay_online import start_payment
from ..services.refund_payment import BankAccount, decide_refund, finish_refund, request_refund

router = Router()
CHANNELS = {"online": Channel.ONLINE, "counter": Channel.DIRECT, "post": Channel.POST}


class FeeStepOut(Schema):
    kind: str
    sentence: str
    basis: str


class FeeOut(Schema):
    amount_vnd: int | None = Field(description="Null while a part is not known: counted or set by the agency")
    steps: list[FeeStepOut]
    exemptions: list[dict[str, Any]] = Field(description="Who is let off, granted on proof")


class PaymentOut(Schema):
    id: UUID
    dossier_id: UUID
    dossier_code: str
    state: str
    amount_vnd: int
    refunded_vnd: int
    overpaid_vnd: int
    means: str
    asked_at: dt.datetime
    paid_at: dt.datetime | None
    receipt: str = Field(description="Form symbol, symbol and number; empty where there is none")


class PaymentWhole(PaymentOut):
    lines: list[dict[str, Any]]
    steps: list[FeeStepOut]
    refunds: list[dict[str, Any]]


class PageAddress(Schema):
    url: str


class CollectIn(Schema):
    means: Literal["cash", "transfer"] = "cash"
    voucher: str = Field("", max_length=100)


class RefundIn(Schema):
    amount_vnd: int = Field(gt=0, le=10**12)
    reason: str = Field(max_length=500)
    account_holder: str = Field("", max_length=150)
    account_number: str = Field("", max_length=40)
    bank_name: str = Field("", max_length=150)


class DecisionIn(Schema):
    is_approved: bool
    remark: str = Field("", max_length=500)


class TransferIn(Schema):
    voucher: str = Field(max_length=100)


class RefundOut(Schema):
    id: UUID
    payment_id: UUID
    amount_vnd: int
    state: str


class CallbackIn(Schema):
    """Member names are the platform's."""

    LoaiBanTin: str = Field("", max_length=50)
    MaLoi: str = Field("", max_length=50)
    MaDoiTac: str = Field("", max_length=50)
    MaThamChieu: str = Field("", max_length=255)
    SoTien: int | str = Field("", description="Đồng, without decimals")
    MaTienTe: str = Field("", max_length=10)
    MaGiaoDich: str = Field("", max_length=255)
    MaNganHang: str = Field("", max_length=50)
    ThoiGianGD: str = Field("", max_length=50)
    ThongTinGiaoDich: str = Field("", max_length=500)
    MaXacThuc: str = Field("", max_length=255)


class CallbackOut(Schema):
    MaLoi: str
    MoTaLoi: str
    MaDoiTac: str
    MaThamChieu: str
    ThoiGianGD: str


@router.get(
    "/procedures/{code}/fee", response=FeeOut, auth=None, summary="What a filing costs on a day, and why"
)
def read_procedure_fee(
    request: HttpRequest,
    code: str,
    channel: Literal["online", "counter", "post"] = "online",
    on: dt.date | None = None,
) -> FeeOut:
    version = get_procedure(code, on=on)
    return _fee(compute_fee(get_content(version), channel=CHANNELS[channel], on=on or today()))


@router.get("/dossiers/{uuid:dossier_id}/fee", response=FeeOut, summary="What a dossier costs, and why")
def read_fee(request: HttpRequest, dossier_id: UUID) -> FeeOut:
    return _fee(read_dossier_fee(get_dossier(get_actor_of(request), dossier_id)))


@router.get("/payments", response=Page[PaymentOut], summary="Payments the caller may see, newest first")
def list_payments(
    request: HttpRequest,
    state: PaymentState | None = None,
    dossier_id: Annotated[UUID | None, Query()] = None,
    after: Cursor = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    rows = find_payments(get_actor_of(request)).select_related("dossier", "receipt")
    if state is not None:
        rows = rows.filter(state=state)
    if dossier_id is not None:
        rows = rows.filter(dossier_id=dossier_id)
    page, following = cut_page(rows.defer("dossier__form_values"), ("-asked_at", "-id"), after, limit)
    return {"items": [_line(payment) for payment in page], "next": following}


@router.get(
    "/payments/{uuid:payment_id}", response=PaymentWhole, summary="One payment with the way to its sum"
)
def read_payment(request: HttpRequest, payment_id: UUID) -> PaymentWhole:
    return _whole(get_payment(get_actor_of(request), payment_id))


@router.post(
    "/payments/{uuid:payment_id}/start", response=PageAddress, summary="The page where the owner pays online"
)
def start(request: HttpRequest, payment_id: UUID) -> PageAddress:
    return PageAddress(url=start_payment(actor=get_actor_of(request), payment_id=payment_id))


@router.post(
    "/payments/{uuid:payment_id}/collect", response=PaymentWhole, summary="The counter takes the money"
)
def collect(request: HttpRequest, payment_id: UUID, said: CollectIn, key: IdempotencyKey) -> PaymentWhole:
    actor = get_actor_of(request)
    collect_payment(
        actor=actor, payment_id=payment_id, turn=Turn(key), means=said.means, voucher=said.voucher
    )
    return _whole(get_payment(actor, payment_id))


@router.post("/payments/{uuid:payment_id}/refunds", response={201: RefundOut}, summary="Propose a refund")
def propose_refund(request: HttpRequest, payment_id: UUID, said: RefundIn) -> tuple[int, RefundOut]:
    actor = get_actor_of(request)
    refund_id = request_refund(
        actor=actor,
        payment_id=payment_id,
        amount_vnd=said.amount_vnd,
        reason=said.reason,
        account=BankAccount(said.account_holder, said.account_number, said.bank_name),
    )
    return 201, _refund(get_refund(actor, refund_id))


@router.post("/refunds/{uuid:refund_id}/decide", response=RefundOut, summary="Approve or refuse a refund")
def decide(request: HttpRequest, refund_id: UUID, said: DecisionIn) -> RefundOut:
    actor = get_actor_of(request)
    decide_refund(actor=actor, refund_id=refund_id, is_approved=said.is_approved, remark=said.remark)
    return _refund(get_refund(actor, refund_id))


@router.post("/refunds/{uuid:refund_id}/finish", response=RefundOut, summary="The money is given back")
def finish(request: HttpRequest, refund_id: UUID, said: TransferIn) -> RefundOut:
    actor = get_actor_of(request)
    finish_refund(actor=actor, refund_id=refund_id, voucher=said.voucher)
    return _refund(get_refund(actor, refund_id))


@router.post(
    "/payment-callback",
    response=CallbackOut,
    auth=None,
    summary="The payment platform reports a result, signed with MaXacThuc",
)
def hear(request: HttpRequest, said: CallbackIn) -> CallbackOut:
    """Repeating it changes nothing. What is not believed is kept and refused; `MaLoi` of the refusal says why."""
    message = {name: str(value) for name, value in said.dict().items()}
    heard = hear_callback(message=message)
    if heard.verdict not in BELIEVED:
        raise CallbackRefusedError(
            verdict=heard.verdict.label, answer=heard.answer_code, reference=heard.reference
        )
    return CallbackOut(
        MaLoi=heard.answer_code,
        MoTaLoi="",
        MaDoiTac=said.MaDoiTac,
        MaThamChieu=heard.reference,
        ThoiGianGD=said.ThoiGianGD,
    )


def _fee(reading: FeeReading) -> FeeOut:
    offered = [
        {"code": e.code, "name": e.name, "percent": e.percent, "basis": e.basis} for e in reading.offered
    ]
    steps = [_step(step) for step in reading.steps]
    return FeeOut(amount_vnd=reading.amount_vnd, steps=steps, exemptions=offered)


def _step(step: FeeStep) -> FeeStepOut:
    return FeeStepOut(kind=step.kind, sentence=step.sentence, basis=step.basis)


def _line(payment: Payment) -> PaymentOut:
    return PaymentOut(
        id=payment.pk,
        dossier_id=payment.dossier_id,
        dossier_code=payment.dossier.code,
        state=payment.state,
        amount_vnd=payment.amount_vnd,
        refunded_vnd=payment.refunded_vnd,
        overpaid_vnd=payment.overpaid_vnd,
        means=payment.means,
        asked_at=payment.asked_at,
        paid_at=payment.paid_at,
        receipt=payment.receipt.notation if hasattr(payment, "receipt") else "",
    )


def _whole(payment: Payment) -> PaymentWhole:
    return PaymentWhole(
        **_line(payment).dict(),
        lines=payment.lines,
        steps=[_step(step) for step in read_steps(payment)],
        refunds=[
            {"id": str(r.pk), "amount_vnd": r.amount_vnd, "state": r.state} for r in payment.refunds.all()
        ],
    )


def _refund(refund: Refund) -> RefundOut:
    return RefundOut(
        id=refund.pk, payment_id=refund.payment_id, amount_vnd=refund.amount_vnd, state=refund.state
    )
