from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action
from ..data.fee_steps import FeeStep
from ..data.payment_states import Means, PaymentEvent, PaymentState
from ..data.plain import to_plain
from ..errors import FeeNotCountedError, PaymentUnderWayError, ReasonMissingError
from ..events import PaymentRequested
from ..models import Dossier
from ..selectors.fees import read_dossier_fee
from ..selectors.payments import find_unpaid, total_fee
from .acting import Turn, append_clock_event, close_turn, open_dossier
from .collect_payment import collect, require_proof
from .payment_moves import ask_by_rules, ask_for, go_on, move


@service
def request_payment(
    *,
    actor: Actor,
    dossier_id: UUID,
    turn: Turn,
    amount_vnd: int = 0,
    reason: str = "",
    counts: Mapping[str, int] | None = None,
) -> None:
    """Ask for the financial duty of the dossier; the clock pauses until it is met.

    With `counts`, units the officer counted by fee code, the sum comes from the rules and replaces what they gave
    before; with `amount_vnd` the officer gives a further sum and says how it was reckoned; with neither, what is
    already owed is asked for.

    Raises: FeeNotCountedError, ReasonMissingError, PaymentUnderWayError while the applicant may be paying.
    """
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.REQUEST_PAYMENT, turn=turn)
    if dossier is None:
        return
    if amount_vnd > 0 and not reason.strip():
        raise ReasonMissingError
    moment = now()
    if counts:
        cancel_reckoned(dossier, actor)
        reading = read_dossier_fee(dossier, counts=counts)
        ask_by_rules(dossier=dossier, actor=actor, reading=reading, at=moment, counts=counts)
    if amount_vnd > 0:
        _ask_by_hand(dossier, actor, amount_vnd, reason.strip())
    owed = sum(find_unpaid(dossier.pk).values_list("amount_vnd", flat=True))
    if not owed:
        raise FeeNotCountedError

    append_clock_event(dossier, ClockEventKind.PAUSED, moment, cause="financial_duty")
    dossier.due_at = None
    dossier.fee_vnd = total_fee(dossier.pk)
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.REQUEST_PAYMENT,
        turn=turn,
        changed=("clock_events", "due_at", "fee_vnd"),
        detail={"amount_vnd": owed, "reason": reason},
        at=moment,
    )

    emit(PaymentRequested(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment, amount_vnd=owed))


@service
def confirm_payment(
    *, actor: Actor, dossier_id: UUID, turn: Turn, voucher: str = "", means: str = Means.CASH
) -> None:
    """The counter has seen the money for all that was asked: receipts are numbered and the clock goes on.

    Raises VoucherMissingError or ReceiptNotSetUpError, see `require_proof`.
    """
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.CONFIRM_PAYMENT, turn=turn)
    if dossier is None:
        return
    moment = now()
    owed = list(find_unpaid(dossier.pk).select_for_update().order_by("pk"))
    require_proof(dossier.resolving_agency_id, Means(means), voucher, moment)

    for payment in owed:
        payment.dossier = dossier
        collect(payment, actor=actor, means=Means(means), voucher=voucher.strip(), at=moment)
    go_on(
        dossier=dossier,
        actor=actor,
        turn=turn,
        at=moment,
        detail={"amount_vnd": sum(payment.amount_vnd for payment in owed), "voucher": voucher.strip()},
    )


def cancel_reckoned(dossier: Dossier, actor: Actor) -> None:
    """Call off what the rules gave before and is not paid. Raises PaymentUnderWayError."""
    for payment in find_unpaid(dossier.pk).filter(reason="").select_for_update().order_by("pk"):
        if payment.state == PaymentState.PENDING:
            raise PaymentUnderWayError
        move(payment, PaymentEvent.CANCEL, actor=actor, at=now())


def _ask_by_hand(dossier: Dossier, actor: Actor, amount_vnd: int, reason: str) -> None:
    steps = (FeeStep("asked", amount_vnd=amount_vnd, note=reason), FeeStep("sum", amount_vnd=amount_vnd))
    line = {"code": "asked", "name": reason, "name_en": "", "kind": "fee", "amount_vnd": amount_vnd}
    ask_for(
        dossier=dossier,
        actor=actor,
        amount_vnd=amount_vnd,
        steps=[to_plain(step) for step in steps],
        lines=[line],
        reason=reason,
        at=now(),
    )
