"""The platform: what it says is judged, kept and acted on once; each lie of its stand-in; long silence; the API's door."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Cast
from django.db import connection
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.errors import SignInRequiredError
from tinhso.kernel.http import InsideTransactionError, OutboundFailedError
from tinhso.kernel.jobs.models import OutboxMessage
from tinhso.kernel.moment import now, travel
from tinhso.kernel.services import service

from ..choices import DossierStatus
from ..clients import payment_stand_in as stand_in
from ..clients.payment_platform import Answer
from ..clients.payment_stand_in import Lie, Mood
from ..data.payment_states import AttemptState, Verdict
from ..errors import (
    CollectorMissingError,
    PaymentNotAllowedError,
    PaymentNotFoundError,
    PaymentPageOpeningError,
    PlatformRefusedError,
)
from ..models import Dossier, FeeReceipt, Payment, PaymentAttempt, PlatformMessage, ProcedureVersion
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.ask_platform import ask_about_waiting, keep_answer
from ..services.collect_payment import collect_payment
from ..services.fetch_bill import get_bill
from ..services.hear_callback import hear_callback
from ..services.pay_online import begin_attempt, start_payment
from ..services.settle_fee import request_payment
from .paying import charge, fresh, hear, open_attempt, owe, pay, register, word

LATE = dt.timedelta(hours=30)


@pytest.fixture
def payment(cast: Cast, version: ProcedureVersion) -> Payment:
    register(cast)
    return owe(cast, charge(version))


@pytest.fixture
def platform(live_server: LiveServer, settings: Settings) -> Iterator[str]:
    """The stand-in, reached over HTTP on the tests' own server."""
    root = f"{live_server.url}/mo-phong/cong-thanh-toan"
    settings.PAYMENT_INIT_URL, settings.PAYMENT_QUERY_URL = f"{root}/init", f"{root}/query"
    settings.PAYMENT_BILL_URL, settings.PAYMENT_STATEMENT_URL = f"{root}/bill", f"{root}/bang-ke"
    settings.PAYMENT_PAGE_ORIGIN = live_server.url
    settings.ALLOWED_INTERNAL_HOSTS = (urlsplit(live_server.url).netloc,)
    stand_in.forget_everything()
    yield root
    stand_in.forget_everything()


def _actions(payment: Payment) -> list[str]:
    return [entry.action.removeprefix("onestop.") for entry in find_entries(payment.stream)]


# ---- what is made of a callback ----


@pytest.mark.parametrize(
    ("changes", "verdict", "code"),
    [
        ({"MaXacThuc": "0" * 64}, Verdict.WRONG_SIGNATURE, "SAI_MA_XAC_THUC"),
        ({"SoTien": "1000"}, Verdict.WRONG_AMOUNT, "SAI_SO_TIEN"),
        ({"SoTien": "16000.0"}, Verdict.WRONG_AMOUNT, "SAI_SO_TIEN"),
        ({"MaThamChieu": "TS404"}, Verdict.UNKNOWN_REFERENCE, "KHONG_CO_MA_THAM_CHIEU"),
        ({"MaDoiTac": "KHAC"}, Verdict.WRONG_PARTNER, "SAI_DOI_TAC"),
        ({"MaTienTe": "USD"}, Verdict.WRONG_PARTNER, "SAI_DOI_TAC"),
    ],
)
def test_a_word_that_cannot_be_true_is_kept_and_refused(
    cast: Cast, payment: Payment, changes: dict[str, str], verdict: Verdict, code: str
) -> None:
    attempt = open_attempt(cast, payment)

    heard = hear(attempt, **changes)

    assert (heard.verdict, heard.answer_code) == (verdict, code)
    assert PlatformMessage.objects.get().verdict == verdict
    assert (fresh(payment).state, fresh(attempt).state) == ("pending", "open")
    assert not FeeReceipt.objects.exists()
    assert _actions(payment) == ["payment_asked", "payment_opened"]


def test_who_cannot_sign_does_not_learn_which_references_are_ours(cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)

    known = hear(attempt, MaXacThuc="0" * 64)
    unknown = hear(attempt, MaThamChieu="TS404", MaXacThuc="0" * 64)

    assert known.answer_code == unknown.answer_code == "SAI_MA_XAC_THUC"


def test_without_a_secret_nothing_is_believed(cast: Cast, payment: Payment, settings: Settings) -> None:
    attempt = open_attempt(cast, payment)
    settings.PAYMENT_SECRET = ""

    assert hear(attempt).verdict is Verdict.WRONG_SIGNATURE


def test_the_same_word_again_changes_nothing(cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)
    message = word(attempt)

    verdicts = [hear_callback(message=message).verdict for _time in range(4)]

    assert verdicts == [Verdict.ACCEPTED, Verdict.REPEATED, Verdict.REPEATED, Verdict.REPEATED]
    assert (PlatformMessage.objects.get().times, FeeReceipt.objects.count()) == (4, 1)
    assert OutboxMessage.objects.filter(event="onestop.payment_received").count() == 1


def test_paid_is_not_made_unpaid_by_a_word(cast: Cast, payment: Payment) -> None:
    attempt = pay(cast, payment)

    heard = hear(attempt, MaLoi="99")

    assert heard.verdict is Verdict.CONTRADICTION
    assert (fresh(payment).state, fresh(attempt).state) == ("paid", "paid")


def test_good_news_after_bad_waits_for_the_platforms_own_answer(cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)
    assert hear(attempt, MaLoi="99").verdict is Verdict.ACCEPTED
    assert (fresh(payment).state, fresh(attempt).state) == ("due", "failed")

    assert hear(attempt).verdict is Verdict.CONTRADICTION
    assert (fresh(payment).state, attempt.ask_at is not None) == ("due", True)
    answer = Answer(AttemptState.PAID, True, payment.amount_vnd, "GD0001", "")
    assert keep_answer(reference=attempt.reference, answer=answer) is Verdict.ACCEPTED

    assert (fresh(payment).state, fresh(attempt).state) == ("paid", "paid")


def test_a_second_transaction_under_one_reference_is_a_contradiction(cast: Cast, payment: Payment) -> None:
    attempt = pay(cast, payment)

    assert hear(attempt, MaGiaoDich="GD0002").verdict is Verdict.CONTRADICTION
    assert fresh(payment).overpaid_vnd == 0


def test_late_good_news_is_believed_and_a_second_payment_is_overpaid(cast: Cast, payment: Payment) -> None:
    first = open_attempt(cast, payment)
    with travel(now() + LATE):
        second = open_attempt(cast, payment)
        assert (fresh(first).state, second.reference != first.reference) == ("expired", True)
        hear(second)
        assert hear(first, MaGiaoDich="GD0009").verdict is Verdict.ACCEPTED

    assert (fresh(payment).state, payment.overpaid_vnd, payment.returnable_vnd) == ("paid", 16_000, 32_000)
    assert FeeReceipt.objects.count() == 1


def test_unsigned_noise_is_pooled_by_the_hour(cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)

    for number in range(50):
        hear(attempt, MaThamChieu=f"TS{number}", MaXacThuc="no")

    [kept] = PlatformMessage.objects.all()
    assert (kept.times, kept.content, kept.attempt) == (50, {}, None)


def test_another_amount_in_the_platforms_answer_settles_nothing(cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)

    verdict = keep_answer(reference=attempt.reference, answer=Answer(AttemptState.PAID, True, 1, "GD1", ""))

    assert (verdict, fresh(payment).state, fresh(attempt).failure) == (
        Verdict.WRONG_AMOUNT,
        "pending",
        "wrong_amount",
    )


# ---- two at once ----


def _at_once(*acts: Callable[[], Any]) -> list[Any]:
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.django_db(transaction=True)
def test_callbacks_that_race_are_taken_once(cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)
    message = word(attempt)

    heard = _at_once(*[lambda: hear_callback(message=message) for _caller in range(6)])

    assert sorted(h.verdict for h in heard) == ["accepted"] + ["repeated"] * 5
    assert _actions(payment).count("payment_made") == 1
    assert FeeReceipt.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
def test_cash_and_a_callback_at_once_lose_no_money_and_do_not_hang(cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)
    officer, message = cast.actor("officer"), word(attempt)

    def take_cash() -> str:
        try:
            collect_payment(actor=officer, payment_id=payment.pk, turn=Turn("cash"))
        except PaymentNotAllowedError:
            return "refused"
        return "taken"

    cash, heard = _at_once(take_cash, lambda: hear_callback(message=message))

    received = fresh(payment).received_vnd
    assert (cash, received) in {("taken", 32_000), ("refused", 16_000)}
    assert heard.verdict is Verdict.ACCEPTED
    assert FeeReceipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_open_one_attempt(cast: Cast, payment: Payment) -> None:
    citizen = cast.actor("citizen")

    def press() -> str:
        try:
            return begin_attempt(actor=citizen, payment_id=payment.pk).reference
        except PaymentPageOpeningError:
            return "wait"

    said = _at_once(press, press)

    assert PaymentAttempt.objects.count() == 1
    assert sorted(said, key=len) == ["wait", PaymentAttempt.objects.get().reference]


# ---- over HTTP ----


@pytest.mark.django_db(transaction=True)
def test_from_the_button_to_the_money(cast: Cast, payment: Payment, platform: str) -> None:
    officer = cast.actor("officer")
    accept_dossier(actor=officer, dossier_id=payment.dossier_id, turn=Turn("accept"))
    request_payment(actor=officer, dossier_id=payment.dossier_id, turn=Turn("ask"))

    url = start_payment(actor=cast.actor("citizen"), payment_id=payment.pk)
    assert start_payment(actor=cast.actor("citizen"), payment_id=payment.pk) == url
    stand_in.settle(url.rpartition("/")[2], is_paid=True)

    attempt = payment.attempts.get()
    assert stand_in.find_payment(attempt.reference).answers == ("00",)  # type: ignore[union-attr]
    assert (fresh(payment).state, attempt.transaction_code[:2]) == ("paid", "GD")
    assert Dossier.objects.get().status == DossierStatus.IN_PROGRESS
    bill = get_bill(attempt=attempt)
    assert get_bill(attempt=fresh(attempt)) == bill


LIES = {
    Lie.NONE: (("00",), "paid", [Verdict.ACCEPTED]),
    Lie.SILENT: ((), "pending", []),
    Lie.AMOUNT: (("SAI_SO_TIEN",), "pending", [Verdict.WRONG_AMOUNT]),
    Lie.SIGNATURE: (("SAI_MA_XAC_THUC",), "pending", [Verdict.WRONG_SIGNATURE]),
    Lie.REFERENCE: (("KHONG_CO_MA_THAM_CHIEU",), "pending", [Verdict.UNKNOWN_REFERENCE]),
    Lie.TURNED: (("00", "TRAI_KET_QUA"), "paid", [Verdict.ACCEPTED, Verdict.CONTRADICTION]),
}


@pytest.mark.django_db(transaction=True)
def test_each_lie_is_seen_through_and_the_question_settles_it(
    cast: Cast, payment: Payment, version: ProcedureVersion, platform: str
) -> None:
    for lie, (answers, state, verdicts) in LIES.items():
        one = owe(cast, version, key=f"lie-{lie}")
        stand_in.set_mood(Mood(lie=lie))
        reference = start_payment(actor=cast.actor("citizen"), payment_id=one.pk).rpartition("/")[2]
        stand_in.settle(reference, is_paid=True)

        assert stand_in.find_payment(reference).answers == answers, lie  # type: ignore[union-attr]
        assert fresh(one).state == state, lie
        kept = PlatformMessage.objects.order_by("pk").values_list("verdict", flat=True)
        assert list(kept) == verdicts, lie
        PlatformMessage.objects.all().delete()
        with travel(now() + dt.timedelta(minutes=4)):
            ask_about_waiting()
        assert fresh(one).state == "paid", lie


@pytest.mark.django_db(transaction=True)
def test_after_days_of_silence_the_question_settles_what_was_paid(
    cast: Cast, payment: Payment, platform: str
) -> None:
    stand_in.set_mood(Mood(holds_results=True))
    reference = start_payment(actor=cast.actor("citizen"), payment_id=payment.pk).rpartition("/")[2]
    stand_in.settle(reference, is_paid=True)
    stand_in.set_mood(Mood(is_down=True))
    start = now()

    for hours in (1, 5, 20, 48):
        with travel(start + dt.timedelta(hours=hours)):
            assert ask_about_waiting() == 0
    assert (fresh(payment).state, payment.attempts.get().state) == ("pending", "open")
    with travel(start + dt.timedelta(hours=49)), pytest.raises(OutboundFailedError):
        start_payment(actor=cast.actor("citizen"), payment_id=payment.pk)
    stand_in.set_mood(Mood(lie=Lie.SILENT))
    stand_in.let_go()
    with travel(start + dt.timedelta(hours=50)):
        assert ask_about_waiting() >= 1

    attempt = payment.attempts.get(reference=reference)
    assert (fresh(payment).state, payment.means, attempt.state) == ("paid", "online", "paid")


@pytest.mark.django_db(transaction=True)
def test_a_page_that_does_not_open_leaves_the_sum_owed(cast: Cast, payment: Payment, platform: str) -> None:
    stand_in.set_mood(Mood(is_down=True))

    with pytest.raises(OutboundFailedError):
        start_payment(actor=cast.actor("citizen"), payment_id=payment.pk)

    assert (fresh(payment).state, payment.attempts.get().failure) == ("due", "kernel.outbound_failed")


@pytest.mark.django_db(transaction=True)
def test_nobody_is_sent_to_another_site(
    cast: Cast, payment: Payment, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stand_in, "PAGE_PATH", "@elsewhere.example/")

    with pytest.raises(PlatformRefusedError):
        start_payment(actor=cast.actor("citizen"), payment_id=payment.pk)

    assert (fresh(payment).state, payment.attempts.get().page_url) == ("due", "")


@pytest.mark.django_db(transaction=True)
def test_the_platform_is_never_asked_inside_a_transaction(
    cast: Cast, payment: Payment, platform: str
) -> None:
    @service
    def hold_and_ask() -> None:
        start_payment(actor=cast.actor("citizen"), payment_id=payment.pk)

    with pytest.raises(InsideTransactionError):
        hold_and_ask()

    assert not PaymentAttempt.objects.exists()


# ---- who may ----


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("other_citizen", PaymentNotFoundError),
        ("officer", PaymentNotFoundError),
        ("nobody", SignInRequiredError),
    ],
)
def test_only_the_owner_opens_the_page(
    cast: Cast, payment: Payment, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        begin_attempt(actor=cast.actor(name), payment_id=payment.pk)

    assert not PaymentAttempt.objects.exists()


def test_an_agency_without_an_account_takes_no_money_online(cast: Cast, version: ProcedureVersion) -> None:
    register(cast, account_number="")
    payment = owe(cast, charge(version))

    with pytest.raises(CollectorMissingError):
        begin_attempt(actor=cast.actor("citizen"), payment_id=payment.pk)


# ---- the API's door ----


def _post(client: Client, said: dict[str, str]) -> Any:
    return client.post("/api/v1/onestop/payment-callback", json.dumps(said), content_type="application/json")


def test_the_platform_is_answered_in_its_own_words(client: Client, cast: Cast, payment: Payment) -> None:
    attempt = open_attempt(cast, payment)

    taken, refused = _post(client, word(attempt)), _post(client, word(attempt, MaLoi="99"))

    assert (taken.status_code, taken.json()["MaLoi"]) == (200, "00")
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert {name: refused.json()[name] for name in ("code", "MaLoi", "MaThamChieu")} == {
        "code": "onestop.callback_refused",
        "MaLoi": "TRAI_KET_QUA",
        "MaThamChieu": attempt.reference,
    }


def test_what_is_no_message_at_all_is_refused_and_kept_as_noise(
    client: Client, cast: Cast, payment: Payment
) -> None:
    response = _post(client, {"MaThamChieu": "x"})

    assert (response.status_code, response.json()["MaLoi"]) == (422, "SAI_MA_XAC_THUC")
    assert PlatformMessage.objects.get().times == 1
