"""Whatever a program sends, the API answers in its own words: Schemathesis over the whole description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from conftest import Cast
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok

from tinhso.kernel.api.urls import api
from tinhso.kernel.moment import today
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.services import issue_token

DESCRIPTION = "/api/v1/openapi.json"
FEW, MANY = 4, 60
"""Examples per operation: in every run, and with `make faults`."""


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The connection that holds the test's transaction stays open from request to request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _sign_in(cast: Cast, name: str) -> dict[str, str]:
    if name == "nobody":
        return {}
    token = issue_token(actor=get_actor(getattr(cast, name)), name="Máy", valid_until=today())
    return {"Authorization": f"Bearer {token.raw}"}


def test_nothing_an_officers_program_sends_makes_the_server_fail(cast: Cast) -> None:
    _try_everything(_sign_in(cast, "officer"), FEW)


@pytest.mark.fault
@pytest.mark.parametrize("name", ["citizen", "officer", "leader", "auditor", "nobody"])
def test_nothing_anybody_sends_makes_the_server_fail(name: str, cast: Cast) -> None:
    _try_everything(_sign_in(cast, name), MANY)


def _try_everything(headers: dict[str, str], examples: int) -> None:
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, WSGIHandler())
    tried = 0

    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def try_operation(case: Any) -> None:
            response = case.call(headers=headers)
            assert response.status_code < 500, case.as_curl_command()
            if response.status_code >= 400:
                assert response.headers["content-type"] == ["application/problem+json"]

        try_operation()
        tried += 1

    assert tried == sum(len(methods) for methods in api.get_openapi_schema()["paths"].values())
