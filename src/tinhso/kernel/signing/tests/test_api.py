"""The same answer as the public page, as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from ninja.testing import TestClient

from ..api import router
from .conftest import Sign

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def api() -> TestClient:
    return TestClient(router)


def ask(api: TestClient, content: bytes) -> dict[str, Any]:
    answer = api.post("/verify", FILES={"file": SimpleUploadedFile("van-ban.pdf", content)})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_program_learns_who_signed(api: TestClient, sign: Sign) -> None:
    found = ask(api, sign())

    assert found["verdict"] == "genuine"
    assert [(s["name"], s["kind"], s["is_trusted"], s["level"]) for s in found["signatures"]] == [
        ("Lê Quang Vinh", "person", True, "b_b"),
        ("Ủy ban nhân dân phường Việt Trì", "agency_seal", True, "b_b"),
    ]
    assert (found["issued"], found["history"]) == (None, None)


def test_a_program_learns_what_changed(api: TestClient, sign: Sign) -> None:
    found = ask(api, sign() + b"\nthem vao")

    assert (found["verdict"], found["added_bytes"], found["changed_pages"]) == ("altered", 9, [])
    assert found["signatures"][-1]["changes"] == ["added"]


def test_garbage_is_an_answer_and_no_file_is_a_mistake(api: TestClient) -> None:
    assert ask(api, b"%PDF-1.7 rac")["unreadable"] == "damaged"
    assert api.post("/verify").status_code == 422
