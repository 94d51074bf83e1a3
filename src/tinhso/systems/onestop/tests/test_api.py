"""The one-stop as another program sees it: over HTTP, with a token."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from conftest import Cast
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core import NOT_SET
from schemathesis.core.result import Ok

from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import today
from tinhso.kernel.people.services import issue_token

from ..models import Dossier, ProcedureVersion
from .conftest import bring_to, file_one

EXAMPLES = 3
"""Per operation and caller, so that the whole walk stays within seconds."""


@pytest.fixture
def callers(cast: Cast) -> dict[str, dict[str, str]]:
    until = today() + dt.timedelta(days=7)
    names = ("citizen", "other_citizen", "officer", "other_officer")
    tokens = {name: issue_token(actor=cast.actor(name), name="test", valid_until=until) for name in names}
    return {name: {"Authorization": f"Bearer {token.raw}"} for name, token in tokens.items()}


def _filing(cast: Cast, version: ProcedureVersion, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "version_id": str(version.pk),
        "agency_id": str(cast.ward.pk),
        "values": {"purpose": "Mua bán nhà đất"},
        "papers": [{"paper_code": "id", "copies": 1}],
    }
    return {**given, **changes}


def _post(client: Client, path: str, body: Any, key: str, caller: dict[str, str]) -> Any:
    headers = {**caller, "Idempotency-Key": key}
    return client.post(
        f"/api/v1/onestop/{path}", json.dumps(body), content_type="application/json", headers=headers
    )


def _refusal(response: Any) -> tuple[int, str, str]:
    return response.status_code, response["Content-Type"], response.json()["code"]


def test_anyone_reads_procedures(client: Client, version: ProcedureVersion) -> None:
    found = client.get("/api/v1/onestop/procedures")

    whole = client.get("/api/v1/onestop/procedures/1.004873")

    assert [line["code"] for line in found.json()] == ["1.004873"]
    assert whole.json()["version_id"] == str(version.pk)
    assert whole.json()["content"]["papers"][0]["code"] == "id"


def test_a_procedure_no_day_knows_is_a_problem(client: Client, version: ProcedureVersion) -> None:
    response = client.get("/api/v1/onestop/procedures/1.004873", {"on": "2020-01-01"})

    assert _refusal(response) == (404, "application/problem+json", "onestop.procedure_not_found")
    assert response.json()["type"] == "urn:tinhso:error:onestop.procedure_not_found"


def test_nobody_files(client: Client, cast: Cast, version: ProcedureVersion) -> None:
    response = _post(client, "dossiers", _filing(cast, version), "filing-0001", {})

    assert _refusal(response) == (401, "application/problem+json", "kernel.sign_in_required")
    assert Dossier.objects.count() == 0


def test_one_key_files_one_dossier(
    client: Client, cast: Cast, version: ProcedureVersion, callers: dict[str, dict[str, str]]
) -> None:
    filing = _filing(cast, version)

    answers = [_post(client, "dossiers", filing, "filing-0001", callers["citizen"]) for _ in range(2)]

    dossier = Dossier.objects.get()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [answer.json()["code"] for answer in answers] == [dossier.code, dossier.code]


def test_two_keys_file_two_dossiers(
    client: Client, cast: Cast, version: ProcedureVersion, callers: dict[str, dict[str, str]]
) -> None:
    for key in ("filing-0001", "filing-0002"):
        _post(client, "dossiers", _filing(cast, version), key, callers["citizen"])

    assert Dossier.objects.count() == 2


@pytest.mark.parametrize("stranger", ["other_citizen", "other_officer"])
def test_a_strangers_dossier_does_not_exist(
    client: Client,
    cast: Cast,
    version: ProcedureVersion,
    callers: dict[str, dict[str, str]],
    stranger: str,
) -> None:
    dossier = file_one(cast, version)

    seen = client.get(f"/api/v1/onestop/dossiers/{dossier.pk}", headers=callers["citizen"])
    hidden = client.get(f"/api/v1/onestop/dossiers/{dossier.pk}", headers=callers[stranger])
    absent = client.get(f"/api/v1/onestop/dossiers/{new_id()}", headers=callers[stranger])

    assert seen.json()["code"] == dossier.code
    assert _refusal(hidden) == (404, "application/problem+json", "onestop.dossier_not_found")
    assert hidden.json() == absent.json()


def test_a_stale_revision_is_refused_with_the_fresh_state(
    client: Client, cast: Cast, version: ProcedureVersion, callers: dict[str, dict[str, str]]
) -> None:
    dossier = bring_to("accepted", cast, version)

    stale = {"revision": dossier.revision - 1}
    refused = _post(client, f"dossiers/{dossier.pk}/take", stale, "taking-0001", callers["officer"])
    taken = _post(
        client, f"dossiers/{dossier.pk}/take", refused.json()["fresh"], "taking-0002", callers["officer"]
    )

    assert _refusal(refused) == (409, "application/problem+json", "onestop.changed_meanwhile")
    assert refused.json()["fresh"]["revision"] == dossier.revision
    assert (taken.status_code, taken.json()["revision"]) == (200, dossier.revision + 1)


@pytest.mark.parametrize("day", ["0001-01-01", "5088-09-04"])
def test_a_day_no_calendar_reaches_is_refused(
    client: Client,
    cast: Cast,
    version: ProcedureVersion,
    callers: dict[str, dict[str, str]],
    day: str,
) -> None:
    dossier = bring_to("taken", cast, version)

    new_term = {"new_due_on": day, "reason": "Chờ xác minh."}
    response = _post(client, f"dossiers/{dossier.pk}/extend", new_term, "extending-01", callers["officer"])

    assert _refusal(response) == (422, "application/problem+json", "onestop.extension_not_later")


def test_wrong_input_is_told_by_place(
    client: Client, cast: Cast, version: ProcedureVersion, callers: dict[str, dict[str, str]]
) -> None:
    filing = _filing(cast, version, version_id="x", papers=[{"copies": 100}])

    response = _post(client, "dossiers", filing, "filing-0001", callers["citizen"])

    assert _refusal(response)[:2] == (422, "application/problem+json")
    assert set(response.json()["problems"]) == {"version_id", "papers.0.paper_code", "papers.0.copies"}


def test_no_request_the_description_allows_breaks_the_server(
    client: Client, cast: Cast, version: ProcedureVersion, callers: dict[str, dict[str, str]]
) -> None:
    client.raise_request_exception = False
    dossier = bring_to("submitted", cast, version)
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())

    found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    operations = [operation for operation in found if "/onestop/" in operation.path]
    failures = [
        failure
        for operation in operations
        for caller in ("citizen", "officer")
        for failure in _try(client, operation, callers[caller], dossier)
    ]

    assert len(operations) >= 24
    assert failures == []


def _try(client: Client, operation: Any, caller: dict[str, str], dossier: Dossier) -> list[str]:
    """Requests made from the description, on a dossier that exists; what each changes is undone."""
    failures: list[str] = []

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Any) -> None:
        if "dossier_id" in (case.path_parameters or {}):
            case.path_parameters["dossier_id"] = str(dossier.pk)
        address = f"{case.formatted_path}?{urlencode(case.query or {}, doseq=True)}"
        body = "" if case.body is NOT_SET else json.dumps(case.body)
        headers = {**{name: str(value) for name, value in (case.headers or {}).items()}, **caller}
        with transaction.atomic():
            response = client.generic(case.method, address, body, "application/json", headers=headers)
            transaction.set_rollback(True)
        if response.status_code >= 500:
            failures.append(f"{case.method} {address} {body} -> {response.status_code}")

    send()
    return failures
