from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import now
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..data.payment_states import Means, PaymentState
from ..data.rules import get_rule
from ..errors import (
    PaymentNotAllowedError,
    PaymentNotFoundError,
    ReceiptNotSetUpError,
    VoucherMissingError,
)
from ..models import Payment, PerformedAction
from ..permissions import RECEIVE
from ..selectors.payments import find_payments, get_collector
from .acting import Turn
from .payment_moves import go_on_when_paid, lock_payment, receive_money


@service
def collect_payment(
    *, actor: Actor, payment_id: UUID, turn: Turn, means: str = Means.CASH, voucher: str = ""
) -> None:
    """The counter takes the money of one payment, whatever its dossier waits for. Once per key.

    Raises PaymentNotFoundError, NotPermittedError, PaymentNotAllowedError, and as `require_proof`.
    """
    if not find_payments(actor).filter(pk=payment_id).exists():
        raise PaymentNotFoundError
    payment = lock_payment(payment_id)
    dossier = payment.dossier
    if PerformedAction.objects.filter(dossier=dossier, key=turn.key).exists():
        return
    places = {dossier.intake_agency_id, dossier.handling_agency_id}
    if not any(actor.may(RECEIVE, place) for place in places):
        raise NotPermittedError
    if not payment.is_unpaid:
        raise PaymentNotAllowedError(state=PaymentState(payment.state).label)
    moment = now()
    require_proof(payment.agency_id, Means(means), voucher, moment)

    collect(payment, actor=actor, means=Means(means), voucher=voucher.strip(), at=moment)
    PerformedAction.objects.create(dossier=dossier, key=turn.key, action="payment_collected")
    detail = {"amount_vnd": payment.amount_vnd, "voucher": voucher.strip()}
    go_on_when_paid(payment, actor=actor, turn=Turn(f"paid:{payment.pk}"), at=moment, detail=detail)


def collect(payment: Payment, *, actor: Actor, means: Means, voucher: str, at: dt.datetime) -> None:
    receive_money(
        payment,
        means=means,
        actor=actor,
        at=at,
        amount_vnd=payment.amount_vnd,
        voucher=voucher,
        detail={"voucher": voucher},
    )


def require_proof(agency_id: UUID, means: Means, voucher: str, at: dt.datetime) -> None:
    """A receipt is made the moment money is taken (Decree 254/2026/NĐ-CP, article 24.1).

    Raises VoucherMissingError where no number of a paper receipt, or of a transfer, is given and needed, and
    ReceiptNotSetUpError where paper receipts are no longer allowed and the collector has no e-receipts.
    """
    on = timezone.localdate(at)
    collector = get_collector(agency_id, on)
    if collector is None and not get_rule("paper_fee_receipts", on).value:
        raise ReceiptNotSetUpError(agency=_name(agency_id))
    if not voucher.strip() and (collector is None or means == Means.TRANSFER):
        raise VoucherMissingError


def _name(agency_id: UUID) -> str:
    return str(Agency.objects.values_list("name", flat=True).get(pk=agency_id))
