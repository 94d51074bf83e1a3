"""Our book of a day held against the platform's: what each difference is called, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from conftest import Cast
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import now, today, travel

from ..clients import payment_stand_in as stand_in
from ..clients.payment_platform import StatementRow, read_statement
from ..clients.payment_stand_in import Lie, Mood
from ..data.payment_states import AttemptState, DifferenceKind
from ..errors import PaymentNotFoundError, ReasonMissingError, StatementUnreadableError
from ..models import Difference, Payment, PaymentAttempt, ProcedureVersion, ReconciledDay
from ..services.pay_online import start_payment
from ..services.reconcile_day import (
    compare_day,
    reconcile_with_file,
    reconcile_with_platform,
    reconcile_yesterday,
    settle_difference,
)
from .paying import charge, open_attempt, owe, pay, register

NOON = dt.datetime.fromisoformat("2026-11-18T12:00+07:00")
ON = NOON.date()


@pytest.fixture
def paid(cast: Cast, version: ProcedureVersion) -> list[PaymentAttempt]:
    """Three payments of the day, each through the platform."""
    register(cast)
    costly = charge(version)
    with travel(NOON):
        return [pay(cast, owe(cast, costly, f"paid-{n}")) for n in range(3)]


def _row(attempt: PaymentAttempt, **changes: object) -> StatementRow:
    given = {
        "reference": attempt.reference,
        "transaction_code": attempt.transaction_code,
        "amount_vnd": attempt.amount_vnd,
        "state": AttemptState.PAID,
    }
    return StatementRow(**{**given, **changes})  # type: ignore[arg-type]


def _open() -> list[tuple[str, str]]:
    rows = Difference.objects.filter(settled_at__isnull=True).order_by("kind")
    return [(row.kind, row.reference) for row in rows]


def test_two_books_that_agree_leave_nothing_to_do(cast: Cast, paid: list[PaymentAttempt]) -> None:
    compare_day(actor=cast.accountant(), on=ON, rows=[_row(a) for a in paid], source="uploaded")

    day = ReconciledDay.objects.get()
    assert (day.our_count, day.our_vnd, day.their_count, day.their_vnd) == (3, 48_000, 3, 48_000)
    assert _open() == []


def test_each_difference_has_its_name(cast: Cast, paid: list[PaymentAttempt]) -> None:
    first, second, third = paid
    rows = [
        _row(second, amount_vnd=17_000),
        _row(third, state=AttemptState.FAILED),
        _row(first, reference="LA0001"),
    ]

    compare_day(actor=cast.accountant(), on=ON, rows=rows, source="uploaded")

    assert _open() == [
        (DifferenceKind.AMOUNT, second.reference),
        (DifferenceKind.MISSING_HERE, "LA0001"),
        (DifferenceKind.MISSING_THERE, first.reference),
        (DifferenceKind.STATE, third.reference),
    ]
    amount = Difference.objects.get(kind=DifferenceKind.AMOUNT)
    assert (amount.our_vnd, amount.their_vnd) == (16_000, 17_000)


def test_money_the_platform_took_and_we_never_heard_of_is_a_difference_of_state(
    cast: Cast, paid: list[PaymentAttempt], version: ProcedureVersion
) -> None:
    with travel(NOON):
        waiting = open_attempt(cast, owe(cast, version, "waiting"))

    rows = [*map(_row, paid), _row(waiting)]
    compare_day(actor=cast.accountant(), on=ON, rows=rows, source="uploaded")

    assert _open() == [(DifferenceKind.STATE, waiting.reference)]


def test_a_payment_of_the_next_minute_is_not_missing_the_day_before(
    cast: Cast, version: ProcedureVersion
) -> None:
    register(cast)
    with travel(dt.datetime.fromisoformat("2026-11-19T00:01+07:00")):
        attempt = pay(cast, owe(cast, charge(version)))

    compare_day(actor=cast.accountant(), on=ON, rows=[_row(attempt)], source="uploaded")

    assert _open() == []


def test_what_is_gone_at_a_later_run_is_settled_by_itself_and_may_come_back(
    cast: Cast, paid: list[PaymentAttempt]
) -> None:
    keeper = cast.accountant()
    rows = [_row(a) for a in paid]
    compare_day(actor=keeper, on=ON, rows=rows[1:], source="uploaded")
    assert len(_open()) == 1

    compare_day(actor=keeper, on=ON, rows=rows, source="uploaded")
    gone = Difference.objects.get()
    assert (gone.settled_at is not None, gone.settled_by) == (True, None)

    compare_day(actor=keeper, on=ON, rows=rows[1:], source="uploaded")
    assert len(_open()) == 1


def test_what_an_officer_has_settled_stays_settled(cast: Cast, paid: list[PaymentAttempt]) -> None:
    keeper = cast.accountant()
    rows = [_row(a) for a in paid][1:]
    compare_day(actor=keeper, on=ON, rows=rows, source="uploaded")
    difference = Difference.objects.get()
    with pytest.raises(ReasonMissingError):
        settle_difference(actor=keeper, difference_id=difference.pk, remark=" ")

    settle_difference(actor=keeper, difference_id=difference.pk, remark="Cổng ghi sang ngày 19.")
    compare_day(actor=keeper, on=ON, rows=rows, source="uploaded")

    assert _open() == []
    assert Difference.objects.get().remark == "Cổng ghi sang ngày 19."


def test_another_agencys_difference_does_not_exist(cast: Cast, paid: list[PaymentAttempt]) -> None:
    compare_day(actor=cast.accountant(), on=ON, rows=[], source="uploaded")
    difference = Difference.objects.first()
    assert difference is not None

    with pytest.raises(PaymentNotFoundError):
        settle_difference(actor=cast.actor("other_officer"), difference_id=difference.pk, remark="Xong.")
    with pytest.raises(NotPermittedError):
        compare_day(actor=cast.actor("officer"), on=ON, rows=[], source="uploaded")

    assert len(_open()) == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("MaThamChieu;SoTien\nTS1;1000\n", "MaGiaoDich, TrangThaiGD"),
        ("MaThamChieu;MaGiaoDich;SoTien;TrangThaiGD\nTS1;GD1;1.000;1\n", "2"),
        ("MaThamChieu;MaGiaoDich;SoTien;TrangThaiGD\nTS1;GD1;1000;1\nTS1;GD1;1000;1\n", "3"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_whole(cast: Cast, db: None, text: str, problem: str) -> None:
    with pytest.raises(StatementUnreadableError) as refusal:
        reconcile_with_file(actor=cast.accountant(), on=ON, text=text)

    assert refusal.value.details["problem"] == problem
    assert not ReconciledDay.objects.exists()


def test_the_list_is_read_as_its_layout_says() -> None:
    text = "\ufeffMaThamChieu;MaGiaoDich;SoTien;TrangThaiGD;ThoiGianGD\r\nTS1;GD1;16000;1;20261118120000\r\n"

    assert read_statement(text, ON) == [StatementRow("TS1", "GD1", 16_000, AttemptState.PAID)]


@pytest.fixture
def platform(live_server: LiveServer, settings: Settings) -> Iterator[None]:
    root = f"{live_server.url}/mo-phong/cong-thanh-toan"
    settings.PAYMENT_INIT_URL, settings.PAYMENT_STATEMENT_URL = f"{root}/init", f"{root}/bang-ke"
    settings.PAYMENT_PAGE_ORIGIN = live_server.url
    settings.ALLOWED_INTERNAL_HOSTS = (urlsplit(live_server.url).netloc,)
    stand_in.forget_everything()
    yield
    stand_in.forget_everything()


@pytest.mark.django_db(transaction=True)
def test_the_day_is_fetched_and_a_false_list_is_seen(
    cast: Cast, version: ProcedureVersion, platform: None
) -> None:
    register(cast)
    costly = charge(version)
    for number in range(3):
        payment = owe(cast, costly, f"http-{number}")
        url = start_payment(actor=cast.actor("citizen"), payment_id=payment.pk)
        stand_in.settle(url.rpartition("/")[2], is_paid=True)
    assert Payment.objects.filter(state="paid").count() == 3
    with travel(now() + dt.timedelta(days=1)):
        reconcile_yesterday()
    assert _open() == []

    stand_in.set_mood(Mood(lie=Lie.STATEMENT))
    reconcile_with_platform(actor=cast.accountant(), on=today())

    assert [kind for kind, _reference in _open()] == ["amount", "missing_here", "missing_there"]
