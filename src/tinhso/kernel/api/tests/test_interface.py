from __future__ import annotations

import base64
import datetime as dt
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from tinhso.kernel.audit.journal import record
from tinhso.kernel.moment import today, travel
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.services import issue_token
from tinhso.kernel.services import service
from tinhso.kernel.web.access import Who

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_things")]

THING = {"name": "bàn", "count": 1, "made_on": "2026-11-25", "parts": []}


@pytest.fixture
def _things(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tinhso.kernel.api.tests.things"


@pytest.fixture
def citizen() -> Account:
    return Account.objects.create_user("025091000417", kind="citizen", full_name="Trần Văn Dũng")


@pytest.fixture
def token(citizen: Account) -> str:
    actor = get_actor(citizen)
    return issue_token(actor=actor, name="Máy", valid_until=today()).raw


def _post(client: Client, address: str, body: Any, **headers: str) -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(f"/api/v1/things/{address}", content, content_type="application/json", headers=headers)


def _code(response: Any) -> tuple[int, str, str]:
    return response.status_code, response["Content-Type"], response.json()["code"]


def test_token_speaks_for_its_account(client: Client, token: str) -> None:
    response = client.get("/api/v1/things/who", headers={"Authorization": f"Bearer {token}"})

    assert response.json() == {"kind": "citizen", "name": "Trần Văn Dũng"}


def test_token_needs_no_csrf_token(token: str) -> None:
    response = _post(Client(enforce_csrf_checks=True), "who", {}, Authorization=f"Bearer {token}")

    assert response.json() == {"kind": "citizen", "name": "Trần Văn Dũng"}


@pytest.mark.parametrize("raw", ["ts_unknown", "", "x y z"])
def test_wrong_token_is_refused_even_with_a_session(raw: str, client: Client, citizen: Account) -> None:
    client.force_login(citizen)

    response = client.get("/api/v1/things/who", headers={"Authorization": f"Bearer {raw}"})

    assert _code(response) == (401, "application/problem+json", "api.invalid_token")
    assert response["WWW-Authenticate"] == 'Bearer realm="tinhso"'


def test_session_speaks_for_its_person(client: Client, citizen: Account) -> None:
    client.force_login(citizen)

    assert client.get("/api/v1/things/who").json()["name"] == "Trần Văn Dũng"


def test_session_without_the_csrf_token_changes_nothing(citizen: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(citizen)

    response = _post(client, "who", {})

    assert _code(response) == (403, "application/problem+json", "api.missing_csrf_token")


def test_session_does_not_speak_where_nothing_checked_it(citizen: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(citizen)

    read, changed = client.get("/api/v1/things/open"), _post(client, "open", {})

    assert (read.json()["kind"], changed.json()["kind"]) == ("citizen", "nobody")


def test_nobody_is_told_to_sign_in(client: Client) -> None:
    response = client.get("/api/v1/things/who")

    assert response.status_code == 401
    assert response.json() == {
        "type": "urn:tinhso:error:kernel.sign_in_required",
        "title": "Cần đăng nhập",
        "status": 401,
        "code": "kernel.sign_in_required",
        "detail": "Bạn cần đăng nhập để làm việc này.",
    }


def test_invalid_values_are_named_one_by_one(client: Client) -> None:
    wrong = {"name": "b", "count": 0, "made_on": "31/11/2026", "colour": "green", "parts": [{"id": "x"}]}

    response = _post(client, "things", wrong)

    assert _code(response) == (422, "application/problem+json", "kernel.invalid_input")
    assert response.json()["problems"] == {
        "name": "Cần ít nhất 2 ký tự.",
        "count": "Phải từ 1 trở lên.",
        "made_on": "Phải là ngày có trong lịch, dạng 2026-11-26.",
        "colour": "Phải là một trong: 'red' or 'blue'.",
        "parts.0.id": "Phải là mã định danh UUID.",
    }


@pytest.mark.parametrize(
    "body",
    [
        "{",
        b"\xff\xfe",
        '{"name": "a\\u0000b", "count": 1, "made_on": "2026-11-25"}',
        '{"name": "\\ud800ab", "count": 1, "made_on": "2026-11-25"}',
        '{"name": "ab", "count": NaN, "made_on": "2026-11-25"}',
    ],
)
def test_body_the_database_could_not_keep_is_unreadable(body: str | bytes, client: Client) -> None:
    response = _post(client, "things", body)

    assert _code(response) == (400, "application/problem+json", "api.unreadable_request")


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("v1/things/nothing", 404, "kernel.not_found"),
        ("v1/", 404, "kernel.not_found"),
        ("v2/things/who", 404, "kernel.not_found"),
        ("v1/things/stale", 409, "kernel.stale_action"),
        ("v1/things/entries?limit=101", 422, "kernel.invalid_input"),
        ("v1/things/entries?after=abc", 422, "api.invalid_cursor"),
        ("v1/things/entries?after=%00", 400, "api.unreadable_request"),
        ("v1/things/too-large?number=99999999999999", 422, "api.value_out_of_range"),
    ],
)
def test_every_refusal_is_a_problem(address: str, status: int, code: str, client: Client) -> None:
    assert _code(client.get(f"/api/{address}")) == (status, "application/problem+json", code)


def test_conflict_carries_the_fresh_state(client: Client) -> None:
    assert client.get("/api/v1/things/stale").json()["state"] == {"revision": 7}


def test_wrong_method_is_told_the_right_ones(client: Client) -> None:
    response = client.delete("/api/v1/things/who")

    assert _code(response) == (405, "application/problem+json", "api.method_not_allowed")
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


def test_failure_tells_the_caller_a_number_and_the_log_the_reason(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = client.get("/api/v1/things/broken")

    assert _code(response) == (500, "application/problem+json", "kernel.failure")
    incident = response.json()["incident"]
    assert incident in response.json()["detail"]
    assert "025091000417" not in response.content.decode()
    assert next(getattr(line, "incident", None) for line in caplog.records) == incident


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("en-GB,en;q=0.9", "en", "Sign-in needed"),
        ("fr, en;q=0.5, vi;q=0.1", "en", "Sign-in needed"),
        ("fr", "vi", "Cần đăng nhập"),
        ("", "vi", "Cần đăng nhập"),
    ],
)
def test_words_are_in_the_language_asked_for(asked: str, language: str, title: str, client: Client) -> None:
    response = client.get("/api/v1/things/who", headers={"Accept-Language": asked})

    assert (response["Content-Language"], response.json()["title"]) == (language, title)


def test_pages_are_cut_by_key_and_never_shift(client: Client) -> None:
    moment = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    for number in range(5):
        with travel(moment + dt.timedelta(hours=number // 2)):
            _record(number=number)

    first = client.get("/api/v1/things/entries").json()
    with travel(moment + dt.timedelta(days=1)):
        _record(number=9)
    second = client.get(f"/api/v1/things/entries?after={first['next']}").json()
    third = client.get(f"/api/v1/things/entries?after={second['next']}").json()

    pages = [[item["action"] for item in page["items"]] for page in (first, second, third)]
    assert pages == [
        ["things.made_4", "things.made_2"],
        ["things.made_3", "things.made_0"],
        ["things.made_1"],
    ]
    assert third["next"] is None


@pytest.mark.parametrize("values", [["x"], ["2026-11-20", "a"], [1, 2, 3], {"a": 1}, 7])
def test_cursor_made_up_is_refused(values: Any, client: Client) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()

    assert client.get(f"/api/v1/things/entries?after={cursor}").json()["code"] == "api.invalid_cursor"


@pytest.mark.parametrize(
    ("key", "status"), [("abcd-1234", 200), ("short", 422), ("with space 1", 422), ("", 422)]
)
def test_idempotency_key_has_a_form(key: str, status: int, client: Client) -> None:
    headers = {"Idempotency-Key": key} if key else {}

    assert _post(client, "once", {}, **headers).status_code == status


def test_every_address_carries_its_mark(client: Client) -> None:
    marks = {str(route.pattern): route.callback.access.who for route in _find_routes()}

    assert marks["things/who"] is Who.SIGNED_IN
    assert marks["things/open"] is Who.ALL
    assert marks["openapi.json"] is Who.ALL
    assert marks["api/<path:rest>"] is Who.ALL


def test_description_is_openapi_3_1_and_tells_of_problems(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()

    assert described["openapi"] == "3.1.0"
    who = described["paths"]["/api/v1/things/who"]["get"]
    assert who["operationId"] == "api_who"
    assert who["security"] == [{"TokenAuth": []}, {"SessionAuth": []}]
    assert list(who["responses"]) == ["200", "default"]
    assert "security" not in described["paths"]["/api/v1/things/open"]["get"]


def _find_routes() -> Iterator[Any]:
    for route in get_resolver("tinhso.kernel.api.tests.things").url_patterns:
        yield from getattr(route, "url_patterns", [route])


@service
def _record(*, number: int) -> None:
    record(stream=f"things.thing:{number}", action=f"things.made_{number}", actor=SYSTEM)
