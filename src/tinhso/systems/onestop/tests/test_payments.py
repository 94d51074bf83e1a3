"""Sums that are owed, how they are paid, called off and given back; every step in the signed history."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from conftest import Cast

from tinhso.kernel.audit.journal import digest, find_entries
from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.jobs.models import OutboxMessage
from tinhso.kernel.moment import travel

from ..choices import DossierStatus
from ..data.payment_states import (
    ATTEMPT_MOVES,
    PAYMENT_MOVES,
    REFUND_MOVES,
    AttemptState,
    Means,
    PaymentEvent,
    PaymentState,
    RefundEvent,
    RefundState,
    Report,
)
from ..data.procedure_file import Exemption, Fee
from ..errors import (
    DossierNotFoundError,
    ExemptionUnknownError,
    FeeNotCountedError,
    PaymentNotAllowedError,
    PaymentNotFoundError,
    PaymentUnderWayError,
    ReceiptNotSetUpError,
    RefundSameOfficerError,
    RefundTooMuchError,
    VoucherMissingError,
)
from ..models import Dossier, FeeReceipt, Payment, ProcedureVersion, Refund
from ..selectors.audited_payments import find_payment_digests
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.collect_payment import collect_payment
from ..services.end_dossier import withdraw_dossier
from ..services.reduce_fee import cancel_dues, cancel_payment, grant_exemption
from ..services.refund_payment import decide_refund, finish_refund, request_refund
from ..services.settle_fee import confirm_payment, request_payment
from .conftest import file_one
from .paying import charge, fresh, hear, open_attempt, owe, pay, register

MORNING = dt.datetime.fromisoformat("2026-11-18T09:12+07:00")
PAGES = Fee("page", "Phí chứng thực", "Certifying", per="page", amount_vnd=2_000)


@pytest.fixture
def costly(cast: Cast, version: ProcedureVersion) -> ProcedureVersion:
    register(cast)
    return charge(version)


def _history(payment: Payment) -> list[str]:
    return [entry.action.removeprefix("onestop.") for entry in find_entries(payment.stream)]


def test_every_report_on_every_attempt_has_an_answer() -> None:
    assert set(ATTEMPT_MOVES) == set(product(AttemptState, Report))
    assert all(to is not AttemptState.OPEN for to in ATTEMPT_MOVES.values())
    unpaid = {to for (state, _), to in ATTEMPT_MOVES.items() if state is AttemptState.PAID}
    assert not unpaid & set(AttemptState)


@pytest.mark.parametrize(("state", "event"), product(PaymentState, PaymentEvent))
def test_money_is_given_back_only_where_it_came(state: PaymentState, event: PaymentEvent) -> None:
    to = PAYMENT_MOVES.get((state, event))

    if event in {PaymentEvent.REFUND_PART, PaymentEvent.REFUND_WHOLE} and to is not None:
        assert state in {PaymentState.PAID, PaymentState.PARTLY_REFUNDED, PaymentState.CANCELLED}
    if event is PaymentEvent.CANCEL:
        assert (to is not None) == (state in {PaymentState.DUE, PaymentState.PENDING})
    if event is PaymentEvent.PAY:
        assert (to is not None) == (state in {PaymentState.DUE, PaymentState.PENDING})


def test_a_refund_is_decided_once_and_done_only_when_approved() -> None:
    assert REFUND_MOVES == {
        (RefundState.REQUESTED, RefundEvent.APPROVE): RefundState.APPROVED,
        (RefundState.REQUESTED, RefundEvent.REFUSE): RefundState.REFUSED,
        (RefundState.APPROVED, RefundEvent.FINISH): RefundState.DONE,
    }


def test_filing_writes_down_what_is_owed_and_why(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)

    assert (payment.state, payment.amount_vnd, payment.payer_name) == ("due", 16_000, "Trần Văn Dũng")
    assert payment.lines == [
        {
            "code": "copy",
            "name": "Lệ phí bản sao",
            "name_en": "Copies",
            "kind": "charge",
            "amount_vnd": 16_000,
        }
    ]
    assert [step["kind"] for step in payment.steps] == ["day", "rate", "sum"]
    assert _history(payment) == ["payment_asked"]


def test_a_free_procedure_asks_for_nothing(cast: Cast, version: ProcedureVersion) -> None:
    assert not file_one(cast, version).payments.exists()


def test_paying_online_is_told_in_both_histories(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)

    pay(cast, payment)

    assert (payment.state, payment.means, payment.receipt.number) == ("paid", "online", 1)
    assert _history(payment) == [
        "payment_asked",
        "payment_opened",
        "payment_made",
        "fee_receipt_numbered",
    ]
    dossier = Dossier.objects.get()
    assert dossier.fee_paid_at == payment.paid_at
    assert find_entries(dossier.stream).last().action == "onestop.fee_paid"  # type: ignore[union-attr]
    assert OutboxMessage.objects.filter(event="onestop.payment_received").count() == 1


def test_the_present_row_is_what_its_history_says_last(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    pay(cast, payment)
    last = find_entries(payment.stream).last()
    assert last is not None

    assert dict(find_payment_digests([str(payment.pk)])) == {str(payment.pk): last.state_digest}
    payment.attempts.update(amount_vnd=1)
    assert digest(fresh(payment).describe()) != last.state_digest


def test_the_clock_stops_for_the_duty_and_runs_on_when_it_is_paid(
    cast: Cast, costly: ProcedureVersion
) -> None:
    with travel(MORNING):
        payment = owe(cast, costly)
        accept_dossier(actor=cast.actor("officer"), dossier_id=payment.dossier_id, turn=Turn("accept"))
        request_payment(actor=cast.actor("officer"), dossier_id=payment.dossier_id, turn=Turn("ask"))
    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.due_at) == (DossierStatus.PAYMENT_REQUESTED, None)

    with travel(MORNING + dt.timedelta(days=2)):
        pay(cast, payment)

    assert fresh(dossier).status == DossierStatus.IN_PROGRESS
    assert dossier.due_at is not None
    assert dossier.payments.count() == 1


def test_a_second_sum_may_be_asked_after_the_first_is_paid(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    pay(cast, payment)
    officer = cast.actor("officer")
    accept_dossier(actor=officer, dossier_id=payment.dossier_id, turn=Turn("accept"))

    request_payment(
        actor=officer,
        dossier_id=payment.dossier_id,
        turn=Turn("more"),
        amount_vnd=50_000,
        reason="Phí thẩm định.",
    )
    confirm_payment(actor=officer, dossier_id=payment.dossier_id, turn=Turn("cash"))

    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.fee_vnd) == (DossierStatus.IN_PROGRESS, 66_000)
    assert list(dossier.payments.order_by("pk").values_list("amount_vnd", "state", "means")) == [
        (16_000, "paid", "online"),
        (50_000, "paid", "cash"),
    ]
    assert list(FeeReceipt.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_pages_are_counted_at_the_desk_and_priced_by_the_rules(cast: Cast, version: ProcedureVersion) -> None:
    dossier = file_one(cast, charge(version, PAGES))
    officer = cast.actor("officer")
    accept_dossier(actor=officer, dossier_id=dossier.pk, turn=Turn("accept"))
    with pytest.raises(FeeNotCountedError):
        request_payment(actor=officer, dossier_id=dossier.pk, turn=Turn("nothing"))

    request_payment(actor=officer, dossier_id=dossier.pk, turn=Turn("count"), counts={"page": 7})

    assert dossier.payments.get().amount_vnd == 14_000
    assert fresh(dossier).fee_vnd == 14_000


def test_the_counter_takes_cash_once(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    officer = cast.actor("officer")

    for _press in range(2):
        collect_payment(actor=officer, payment_id=payment.pk, turn=Turn("cash"))

    assert (fresh(payment).state, payment.means, payment.collected_by) == ("paid", "cash", cast.officer)
    assert FeeReceipt.objects.count() == 1
    with pytest.raises(PaymentNotAllowedError):
        collect_payment(actor=officer, payment_id=payment.pk, turn=Turn("again"))


def test_without_e_receipts_cash_needs_the_number_of_the_paper_one(
    cast: Cast, version: ProcedureVersion
) -> None:
    payment = owe(cast, charge(version))
    officer = cast.actor("officer")
    with travel(MORNING), pytest.raises(VoucherMissingError):
        collect_payment(actor=officer, payment_id=payment.pk, turn=Turn("bare"))
    with travel(dt.datetime.fromisoformat("2027-01-04T09:00+07:00")), pytest.raises(ReceiptNotSetUpError):
        collect_payment(actor=officer, payment_id=payment.pk, turn=Turn("late"), voucher="BL00017")

    with travel(MORNING):
        collect_payment(actor=officer, payment_id=payment.pk, turn=Turn("paper"), voucher="BL00017")

    assert (fresh(payment).voucher, FeeReceipt.objects.count()) == ("BL00017", 0)


def test_a_transfer_needs_its_number(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)

    with pytest.raises(VoucherMissingError):
        collect_payment(
            actor=cast.actor("officer"), payment_id=payment.pk, turn=Turn("wire"), means=Means.TRANSFER
        )

    assert fresh(payment).state == "due"


@pytest.mark.parametrize("name", ["other_citizen", "other_officer", "nobody"])
def test_to_a_stranger_a_payment_does_not_exist(cast: Cast, costly: ProcedureVersion, name: str) -> None:
    payment = owe(cast, costly)

    with pytest.raises(PaymentNotFoundError):
        collect_payment(actor=cast.actor(name), payment_id=payment.pk, turn=Turn("stranger"))

    assert _history(payment) == ["payment_asked"]


def test_the_owner_does_not_collect_his_own_fee(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)

    with pytest.raises(NotPermittedError):
        collect_payment(actor=cast.actor("citizen"), payment_id=payment.pk, turn=Turn("self"))

    assert fresh(payment).state == "due"


def test_a_group_is_let_off_on_proof_and_the_dossier_goes_on(cast: Cast, version: ProcedureVersion) -> None:
    poor = Exemption("poor", "Hộ nghèo", "Poor household", basis="Luật Hộ tịch, Điều 11")
    fee = Fee("copy", "Lệ phí", "", per="dossier", amount_vnd=16_000, exemptions=(poor,))
    payment = owe(cast, charge(version, fee))
    officer, dossier_id = cast.actor("officer"), payment.dossier_id
    accept_dossier(actor=officer, dossier_id=dossier_id, turn=Turn("accept"))
    request_payment(actor=officer, dossier_id=dossier_id, turn=Turn("ask"))
    with pytest.raises(ExemptionUnknownError):
        grant_exemption(actor=officer, dossier_id=dossier_id, turn=Turn("x"), groups=["rich"], proof="Sổ.")

    grant_exemption(
        actor=officer, dossier_id=dossier_id, turn=Turn("let off"), groups=["poor"], proof="Sổ hộ nghèo 12."
    )

    dossier = Dossier.objects.get()
    assert (fresh(payment).state, dossier.fee_vnd, dossier.status) == (
        "cancelled",
        0,
        DossierStatus.IN_PROGRESS,
    )
    said = [e.detail.get("reason") for e in find_entries(dossier.stream) if e.action == "onestop.fee_reduced"]
    assert said == ["Hộ nghèo. Sổ hộ nghèo 12."]


def test_a_sum_under_way_is_not_changed_under_the_payers_hands(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    open_attempt(cast, payment)

    with pytest.raises(PaymentUnderWayError):
        cancel_payment(
            actor=cast.actor("officer"), payment_id=payment.pk, turn=Turn("cancel"), reason="Ghi nhầm."
        )

    assert fresh(payment).state == "pending"


def test_a_withdrawn_dossier_owes_nothing_and_money_on_the_road_is_seen(
    cast: Cast, costly: ProcedureVersion
) -> None:
    quiet, busy = owe(cast, costly, "quiet"), owe(cast, costly, "busy")
    attempt = open_attempt(cast, busy)
    for payment in (quiet, busy):
        withdraw_dossier(actor=cast.actor("citizen"), dossier_id=payment.dossier_id, turn=Turn("away"))
        for _time in range(2):
            cancel_dues(dossier_id=payment.dossier_id)

    hear(attempt)

    assert (fresh(quiet).state, fresh(busy).state) == ("cancelled", "paid")
    assert Dossier.objects.get(pk=busy.dossier_id).status == DossierStatus.WITHDRAWN


def test_money_that_comes_after_cash_is_kept_as_overpaid(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    attempt = open_attempt(cast, payment)
    collect_payment(actor=cast.actor("officer"), payment_id=payment.pk, turn=Turn("cash"))

    hear(attempt)

    assert (fresh(payment).state, payment.means, payment.overpaid_vnd) == ("paid", "cash", 16_000)
    assert payment.returnable_vnd == 32_000
    assert FeeReceipt.objects.count() == 1


def test_money_is_given_back_by_two_officers(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    pay(cast, payment)
    keeper, leader = cast.accountant(), cast.actor("leader")
    with pytest.raises(RefundTooMuchError):
        request_refund(actor=keeper, payment_id=payment.pk, amount_vnd=16_001, reason="Nộp nhầm.")

    refund_id = request_refund(actor=keeper, payment_id=payment.pk, amount_vnd=6_000, reason="Nộp nhầm.")
    with pytest.raises(PaymentNotAllowedError):
        finish_refund(actor=keeper, refund_id=refund_id, voucher="UNC1")
    decide_refund(actor=leader, refund_id=refund_id, is_approved=True)
    finish_refund(actor=keeper, refund_id=refund_id, voucher="UNC1")

    assert (fresh(payment).state, payment.refunded_vnd) == ("partly_refunded", 6_000)
    second = request_refund(actor=keeper, payment_id=payment.pk, amount_vnd=10_000, reason="Phần còn lại.")
    decide_refund(actor=leader, refund_id=second, is_approved=True)
    finish_refund(actor=keeper, refund_id=second, voucher="UNC2")
    assert (fresh(payment).state, payment.returnable_vnd) == ("refunded", 0)
    assert _history(payment)[4:] == [
        "refund_requested",
        "refund_approved",
        "payment_partly_refunded",
        "refund_requested",
        "refund_approved",
        "payment_refunded",
    ]


def test_who_asks_for_a_refund_does_not_decide_it(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    pay(cast, payment)
    keeper = cast.accountant()
    refund_id = request_refund(actor=keeper, payment_id=payment.pk, amount_vnd=16_000, reason="Nộp nhầm.")
    Refund.objects.filter(pk=refund_id).update(requested_by=cast.leader)

    with pytest.raises(RefundSameOfficerError):
        decide_refund(actor=cast.actor("leader"), refund_id=refund_id, is_approved=True)
    with pytest.raises(NotPermittedError):
        decide_refund(actor=keeper, refund_id=refund_id, is_approved=True)

    assert Refund.objects.get().state == "requested"


def test_a_stranger_grants_nothing(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)

    with pytest.raises(DossierNotFoundError):
        grant_exemption(
            actor=cast.actor("other_officer"),
            dossier_id=payment.dossier_id,
            turn=Turn("stranger"),
            groups=["poor"],
            proof="Sổ.",
        )

    assert fresh(payment).state == "due"
