"""E-receipts: one a payment, numbered without a gap whatever dies, signed; the day's table; who collects since when."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdfium2
import pytest
from conftest import Cast
from django.db import connection

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.errors import NotFoundError, NotPermittedError
from tinhso.kernel.files.selectors import open_file
from tinhso.kernel.moment import travel
from tinhso.kernel.numbering.selectors import get_last_number
from tinhso.kernel.services import service
from tinhso.kernel.signing.models import VerifiableDocument
from tinhso.kernel.signing.verification.judging import verify_pdf

from ..errors import CollectorInvalidError, PaymentNotFoundError
from ..models import FeeCollector, FeeReceipt, Payment, ProcedureVersion, ReceiptReport
from ..selectors.payments import get_collector
from ..selectors.receipts import find_unreported_days, get_report
from ..services.acting import Turn
from ..services.collect_payment import collect_payment
from ..services.issue_fee_receipt import issue_fee_receipt
from ..services.register_collector import Registration, register_collector
from ..services.report_fee_receipts import make_receipt_report, mark_report_sent, report_what_is_left
from .paying import TAX_CODE, charge, fresh, owe, pay, register

NOON = dt.datetime.fromisoformat("2026-11-18T12:00+07:00")
NEW_YEAR = dt.datetime.fromisoformat("2027-01-01T00:30+07:00")
REGISTER = f"onestop.fee_receipt:{TAX_CODE}:EBL01:26TAA"


@pytest.fixture
def costly(cast: Cast, version: ProcedureVersion) -> ProcedureVersion:
    register(cast)
    return charge(version)


def _take_cash(cast: Cast, payment: Payment, at: dt.datetime = NOON) -> FeeReceipt:
    with travel(at):
        collect_payment(actor=cast.actor("officer"), payment_id=payment.pk, turn=Turn(f"cash {payment.pk}"))
    return FeeReceipt.objects.get(payment=payment)


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(document[0].get_textpage().get_text_bounded().split())


def _download(cast: Cast, file_id: Any, name: str = "citizen") -> bytes:
    _file, content = open_file(cast.actor(name), file_id)
    with content:
        return content.read()


def test_a_receipt_says_what_the_decree_asks_and_is_signed(
    cast: Cast, costly: ProcedureVersion, certificates: None
) -> None:
    payment = owe(cast, costly)
    receipt = _take_cash(cast, payment)

    first, second = issue_fee_receipt(payment_id=payment.pk), issue_fee_receipt(payment_id=payment.pk)

    assert first == second
    pdf = _download(cast, first)
    assert verify_pdf(pdf).verdict == "genuine"
    text = _text(pdf)
    for said in (
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "EBL01",
        "26TAA",
        "00000001",
        "ỦY BAN NHÂN DÂN PHƯỜNG VIỆT TRÌ",
        TAX_CODE,
        "Lệ phí bản sao",
        "16.000",
        "Mười sáu nghìn đồng",
        "Ngày 18 tháng 11 năm 2026",
        "Tiền mặt",
    ):
        assert said in text
    assert "025091000417" not in text.replace(" ", "")
    assert VerifiableDocument.objects.get(code=receipt.check_code).number == "EBL01 26TAA 00000001"


def test_a_payment_without_a_receipt_has_no_sheet(cast: Cast, version: ProcedureVersion) -> None:
    payment = owe(cast, charge(version))

    with pytest.raises(PaymentNotFoundError):
        issue_fee_receipt(payment_id=payment.pk)


def test_only_those_of_the_payment_open_its_receipt(
    cast: Cast, costly: ProcedureVersion, certificates: None
) -> None:
    payment = owe(cast, costly)
    _take_cash(cast, payment)
    file_id = issue_fee_receipt(payment_id=payment.pk)

    assert _download(cast, file_id, "officer")
    for stranger in ("other_citizen", "other_officer", "nobody"):
        with pytest.raises(NotFoundError):
            _download(cast, file_id, stranger)


def test_numbers_begin_again_with_the_year(cast: Cast, costly: ProcedureVersion) -> None:
    before = [_take_cash(cast, owe(cast, costly, f"old-{n}")) for n in range(2)]
    after = _take_cash(cast, owe(cast, costly, "new"), NEW_YEAR)

    assert [receipt.notation for receipt in (*before, after)] == [
        "EBL01 26TAA 00000001",
        "EBL01 26TAA 00000002",
        "EBL01 27TAA 00000001",
    ]


@pytest.mark.django_db(transaction=True)
def test_no_number_is_lost_when_transactions_are_killed(cast: Cast, costly: ProcedureVersion) -> None:
    rng = random.Random(7)
    payments = [owe(cast, costly, f"many-{n}") for n in range(16)]
    doomed = {payment.pk for payment in rng.sample(payments, 6)}

    def take(payment: Payment) -> None:
        try:
            _kill_or_keep(cast, payment, payment.pk in doomed)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(take, payments))

    numbers = list(FeeReceipt.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(payments) - len(doomed) + 1))
    assert get_last_number(REGISTER, "2026") == len(numbers)
    assert {p.pk for p in Payment.objects.filter(state="due")} == doomed


def _kill_or_keep(cast: Cast, payment: Payment, is_doomed: bool) -> None:
    """A doomed transaction loses its server process in the middle: PostgreSQL itself ends it."""

    @service
    def run() -> None:
        collect_payment(actor=cast.actor("officer"), payment_id=payment.pk, turn=Turn(f"cash {payment.pk}"))
        if is_doomed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    if not is_doomed:
        run()
        return
    with pytest.raises(Exception, match="terminat"):
        run()


def test_the_days_table_holds_each_receipt_once(cast: Cast, costly: ProcedureVersion) -> None:
    for number in range(2):
        _take_cash(cast, owe(cast, costly, f"day-{number}"))
    keeper = cast.accountant()

    first = make_receipt_report(actor=keeper, agency_id=cast.ward.pk, on=NOON.date())
    assert make_receipt_report(actor=keeper, agency_id=cast.ward.pk, on=NOON.date()) is None
    _take_cash(cast, owe(cast, costly, "day-late"), NOON + dt.timedelta(hours=5))
    second = make_receipt_report(actor=keeper, agency_id=cast.ward.pk, on=NOON.date())

    assert first is not None
    assert second is not None
    rows = list(
        csv.DictReader(io.StringIO(get_report(keeper, first).content.lstrip("\ufeff")), delimiter=";")
    )
    assert [(row["Số biên lai"], row["Ký hiệu biên lai"], row["Số tiền"]) for row in rows] == [
        ("00000001", "26TAA", "16000"),
        ("00000002", "26TAA", "16000"),
    ]
    late = ReceiptReport.objects.get(pk=second)
    assert (late.ordinal, late.receipt_count, late.amount_vnd) == (2, 1, 16_000)


def test_the_nightly_job_leaves_nothing_behind(cast: Cast, costly: ProcedureVersion) -> None:
    _take_cash(cast, owe(cast, costly, "yesterday"), NOON - dt.timedelta(days=1))
    _take_cash(cast, owe(cast, costly, "today"))

    with travel(NOON + dt.timedelta(hours=11, minutes=50)):
        assert (report_what_is_left(), report_what_is_left()) == (2, 0)

    assert find_unreported_days(NOON.date()) == []
    assert list(ReceiptReport.objects.order_by("on").values_list("on", flat=True)) == [
        dt.date(2026, 11, 17),
        dt.date(2026, 11, 18),
    ]


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    Payment.objects.filter(pk=payment.pk).update(payer_name="=HYPERLINK(1)")
    _take_cash(cast, payment)

    make_receipt_report(actor=cast.accountant(), agency_id=cast.ward.pk, on=NOON.date())

    assert ";'=HYPERLINK(1);" in ReceiptReport.objects.get().content


def test_sending_is_written_down_once_and_only_by_who_keeps_the_accounts(
    cast: Cast, costly: ProcedureVersion
) -> None:
    _take_cash(cast, owe(cast, costly))
    keeper = cast.accountant()
    report_id = make_receipt_report(actor=keeper, agency_id=cast.ward.pk, on=NOON.date())
    assert report_id is not None
    with pytest.raises(NotPermittedError):
        mark_report_sent(actor=cast.actor("officer"), report_id=report_id)

    mark_report_sent(actor=keeper, report_id=report_id, remark="Cổng thuế, mã 123")
    sent = ReceiptReport.objects.get().sent_at
    mark_report_sent(actor=keeper, report_id=report_id, remark="nữa")

    assert (ReceiptReport.objects.get().sent_at, ReceiptReport.objects.get().remark) == (
        sent,
        "Cổng thuế, mã 123",
    )


def test_what_an_agency_has_registered_holds_from_its_day_on(cast: Cast) -> None:
    keeper = cast.accountant()
    with travel(NOON):
        for since, series in ((dt.date(2026, 11, 18), "AA"), (dt.date(2027, 1, 1), "BB")):
            register_collector(
                actor=keeper, agency_id=cast.ward.pk, said=Registration(since, TAX_CODE, series)
            )

    found = [get_collector(cast.ward.pk, on) for on in (dt.date(2026, 12, 31), dt.date(2027, 1, 1))]
    assert [collector.series for collector in found if collector] == ["AA", "BB"]
    assert get_collector(cast.ward.pk, dt.date(2026, 11, 17)) is None
    assert get_collector(cast.other_ward.pk, dt.date(2027, 1, 1)) is None
    assert find_entries(f"onestop.collector:{cast.ward.pk}").count() == 2


@pytest.mark.parametrize(
    "said",
    [
        Registration(dt.date(2026, 11, 18), "26001234", "AA"),
        Registration(dt.date(2026, 11, 18), TAX_CODE, "AF"),
        Registration(dt.date(2026, 11, 17), TAX_CODE, "AA"),
    ],
)
def test_a_registration_that_cannot_be_is_refused(cast: Cast, said: Registration) -> None:
    with travel(NOON), pytest.raises(CollectorInvalidError):
        register_collector(actor=cast.accountant(), agency_id=cast.ward.pk, said=said)

    assert not FeeCollector.objects.exists()


def test_a_unit_without_its_own_registration_collects_under_the_one_above(cast: Cast) -> None:
    register(cast)
    cast.other_ward.parent = cast.ward
    cast.other_ward.save()

    found = get_collector(cast.other_ward.pk, NOON.date())

    assert found is not None
    assert found.agency_id == cast.ward.pk


def test_money_paid_online_is_receipted_too(cast: Cast, costly: ProcedureVersion) -> None:
    payment = owe(cast, costly)
    pay(cast, payment)

    assert fresh(payment).receipt.number == 1
