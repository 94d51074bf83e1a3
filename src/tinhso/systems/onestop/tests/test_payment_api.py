"""Fees and payments as another program sees them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from conftest import Cast
from django.test import Client

from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.services import issue_token

from ..models import Payment, ProcedureVersion
from .paying import charge, owe, pay, register

ROOT = "/api/v1/onestop"


@pytest.fixture
def payment(cast: Cast, version: ProcedureVersion) -> Payment:
    register(cast)
    return owe(cast, charge(version))


def as_caller(actor: Actor) -> dict[str, str]:
    token = issue_token(actor=actor, name="test", valid_until=today() + dt.timedelta(days=7))
    return {"Authorization": f"Bearer {token.raw}"}


def post(client: Client, path: str, caller: dict[str, str], key: str = "one-press-1", **body: Any) -> Any:
    headers = {**caller, "Idempotency-Key": key}
    return client.post(f"{ROOT}/{path}", json.dumps(body), content_type="application/json", headers=headers)


def test_anyone_asks_what_a_filing_costs_and_why(client: Client, version: ProcedureVersion) -> None:
    charge(version)

    said = client.get(f"{ROOT}/procedures/1.004873/fee", {"channel": "counter"}).json()

    assert said["amount_vnd"] == 16_000
    assert [step["kind"] for step in said["steps"]] == ["day", "rate", "sum"]
    assert said["steps"][1]["basis"] == "Thông tư 281/2016/TT-BTC"


def test_each_sees_his_own_payments(client: Client, cast: Cast, payment: Payment) -> None:
    found = {
        name: [
            line["id"]
            for line in client.get(f"{ROOT}/payments", headers=as_caller(cast.actor(name))).json()["items"]
        ]
        for name in ("citizen", "other_citizen", "officer", "other_officer")
    }

    whole = client.get(f"{ROOT}/payments/{payment.pk}", headers=as_caller(cast.actor("other_citizen")))

    mine = [str(payment.pk)]
    assert found == {"citizen": mine, "other_citizen": [], "officer": mine, "other_officer": []}
    assert (whole.status_code, whole.json()["code"]) == (404, "onestop.payment_not_found")


def test_the_counter_takes_the_money_once_however_often_it_is_sent(
    client: Client, cast: Cast, payment: Payment
) -> None:
    caller = as_caller(cast.actor("officer"))

    answers = [post(client, f"payments/{payment.pk}/collect", caller, means="cash") for _ in range(2)]
    other = post(client, f"payments/{payment.pk}/collect", caller, key="another-press", means="cash")

    assert [answer.status_code for answer in answers] == [200, 200]
    assert {answer.json()["receipt"] for answer in answers} == {"EBL01 26TAA 00000001"}
    assert (other.status_code, other.json()["code"]) == (409, "onestop.payment_not_allowed")


def test_a_program_proposes_a_refund_and_a_person_approves_it(
    client: Client, cast: Cast, payment: Payment
) -> None:
    """A token never carries what needs a second factor."""
    pay(cast, payment)
    keeper, leader = as_caller(cast.accountant()), as_caller(cast.actor("leader"))
    asking, said = f"payments/{payment.pk}/refunds", {"reason": "Nộp nhầm."}

    too_much = post(client, asking, keeper, key="refund-1", amount_vnd=16_001, **said)
    asked = post(client, asking, keeper, key="refund-2", amount_vnd=16_000, **said)
    decision = f"refunds/{asked.json()['id']}/decide"
    by_token = post(client, decision, leader, key="refund-3", is_approved=True)
    client.force_login(cast.leader)
    by_hand = post(client, decision, {}, key="refund-4", is_approved=True)

    assert (too_much.status_code, too_much.json()["code"]) == (422, "onestop.refund_too_much")
    assert (asked.status_code, asked.json()["state"]) == (201, "requested")
    assert (by_token.status_code, by_token.json()["code"]) == (403, "kernel.not_permitted")
    assert (by_hand.status_code, by_hand.json()["state"]) == (200, "approved")


def test_a_refund_nobody_asked_for_does_not_exist(client: Client, cast: Cast, payment: Payment) -> None:
    answer = post(client, f"refunds/{new_id()}/decide", as_caller(cast.actor("leader")), is_approved=True)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
