"""Giving money back: one officer asks, another decides, the transfer is written down. Each step moves by the table."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service
from tinhso.kernel.web import formats

from ..data.payment_states import REFUND_MOVES, PaymentEvent, RefundEvent, RefundState
from ..errors import (
    PaymentNotAllowedError,
    PaymentNotFoundError,
    ReasonMissingError,
    RefundSameOfficerError,
    RefundTooMuchError,
    VoucherMissingError,
)
from ..events import PaymentRefunded
from ..models import Payment, Refund
from ..permissions import APPROVE_REFUNDS, KEEP_ACCOUNTS
from ..selectors.payments import find_payments
from .payment_moves import lock_payment, move, write_history


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where the money is to go; empty: it is handed over at the counter."""

    holder: str = ""
    number: str = ""
    bank: str = ""


AT_THE_COUNTER = BankAccount()


@service
def request_refund(
    *,
    actor: Actor,
    payment_id: UUID,
    amount_vnd: int,
    reason: str,
    account: BankAccount = BankAccount(),
) -> UUID:
    """Propose to give money back, wholly or in part. Returns the refund's id.

    Raises PaymentNotFoundError, NotPermittedError, ReasonMissingError, RefundTooMuchError, and
    PaymentNotAllowedError while another refund of the payment is under way.
    """
    payment = _open(actor, payment_id, KEEP_ACCOUNTS)
    if not reason.strip():
        raise ReasonMissingError
    if not 0 < amount_vnd <= payment.returnable_vnd:
        raise RefundTooMuchError(most=formats.dong(payment.returnable_vnd))
    under_way = payment.refunds.filter(state__in=(RefundState.REQUESTED, RefundState.APPROVED)).first()
    if under_way is not None:
        raise PaymentNotAllowedError(state=RefundState(under_way.state).label)

    moment = now()
    refund = Refund.objects.create(
        payment=payment,
        amount_vnd=amount_vnd,
        reason=reason.strip()[:500],
        account_holder=account.holder.strip()[:150],
        account_number=account.number.strip()[:40],
        bank_name=account.bank.strip()[:150],
        requested_by_id=actor.require_account(),
        requested_at=moment,
    )
    said = {"amount_vnd": amount_vnd, "reason": refund.reason}
    write_history(payment, actor, RefundEvent.REQUEST, moment, said)
    return refund.pk


@service
def decide_refund(*, actor: Actor, refund_id: UUID, is_approved: bool, remark: str = "") -> None:
    """Approve or refuse, by somebody else than who asked. Raises RefundSameOfficerError, and as `request_refund`."""
    payment, refund = _open_refund(actor, refund_id, APPROVE_REFUNDS)
    if refund.requested_by_id == actor.account_id:
        raise RefundSameOfficerError
    if not is_approved and not remark.strip():
        raise ReasonMissingError
    event = RefundEvent.APPROVE if is_approved else RefundEvent.REFUSE
    moment = now()
    refund.state = _find_next(refund, event)
    refund.decided_by_id, refund.decided_at = actor.require_account(), moment
    refund.remark = remark.strip()[:500]
    refund.save(update_fields=["state", "decided_by_id", "decided_at", "remark"])
    said = {"amount_vnd": refund.amount_vnd, "reason": refund.remark}
    write_history(payment, actor, event, moment, said)


@service
def finish_refund(*, actor: Actor, refund_id: UUID, voucher: str) -> None:
    """The transfer is made: the payment becomes refunded, wholly or in part. Raises as `request_refund`,
    VoucherMissingError."""
    payment, refund = _open_refund(actor, refund_id, KEEP_ACCOUNTS)
    if not voucher.strip():
        raise VoucherMissingError
    moment = now()
    refund.state = _find_next(refund, RefundEvent.FINISH)
    refund.finished_at, refund.voucher = moment, voucher.strip()[:100]
    refund.save(update_fields=["state", "finished_at", "voucher"])
    payment.refunded_vnd += refund.amount_vnd
    is_whole = payment.returnable_vnd == 0
    move(
        payment,
        PaymentEvent.REFUND_WHOLE if is_whole else PaymentEvent.REFUND_PART,
        actor=actor,
        at=moment,
        changed=("refunded_vnd",),
        detail={"amount_vnd": refund.amount_vnd, "voucher": refund.voucher},
    )
    dossier = payment.dossier
    emit(
        PaymentRefunded(
            dossier_id=dossier.pk,
            dossier_code=dossier.code,
            at=moment,
            payment_id=payment.pk,
            amount_vnd=refund.amount_vnd,
        )
    )


def _open(actor: Actor, payment_id: UUID, permission: str) -> Payment:
    if not find_payments(actor).filter(pk=payment_id).exists():
        raise PaymentNotFoundError
    payment = lock_payment(payment_id)
    if not actor.may(permission, payment.agency_id):
        raise NotPermittedError
    return payment


def _open_refund(actor: Actor, refund_id: UUID, permission: str) -> tuple[Payment, Refund]:
    payment_id = Refund.objects.filter(pk=refund_id).values_list("payment_id", flat=True).first()
    if payment_id is None:
        raise PaymentNotFoundError
    payment = _open(actor, payment_id, permission)
    return payment, Refund.objects.select_for_update().get(pk=refund_id)


def _find_next(refund: Refund, event: RefundEvent) -> RefundState:
    to = REFUND_MOVES.get((RefundState(refund.state), event))
    if to is None:
        raise PaymentNotAllowedError(state=RefundState(refund.state).label)
    return to
