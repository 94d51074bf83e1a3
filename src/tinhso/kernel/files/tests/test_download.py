from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.files.services import store_file
from tinhso.kernel.ids import new_id
from tinhso.kernel.people.actor import SYSTEM, Actor
from tinhso.kernel.registry import FileGate, SystemManifest

from . import samples

pytestmark = pytest.mark.django_db

PUBLIC, SECRET = new_id(), new_id()


def may_read(actor: Actor, owner_id: UUID) -> bool:
    return owner_id == PUBLIC


@pytest.fixture(autouse=True)
def _gate(install: Callable[[SystemManifest], None]) -> None:
    install(SystemManifest(code="boxes", label="Boxes", file_gates=(FileGate("boxes.box", may_read),)))


def _store(content: bytes = samples.PDF, name: str = "quyết định.pdf", owner_id: UUID = PUBLIC) -> StoredFile:
    return store_file(
        actor=SYSTEM, content=io.BytesIO(content), name=name, owner_kind="boxes.box", owner_id=owner_id
    )


def _get(client: Client, file: StoredFile, query: str = "", **headers: str) -> tuple[Any, bytes]:
    response = client.get(reverse("files:download", args=[file.pk]) + query, headers=headers)
    return response, response.getvalue()


def test_download_is_an_attachment_that_runs_nothing(client: Client) -> None:
    response, body = _get(client, _store())

    assert (response.status_code, body) == (200, samples.PDF)
    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"]
        == "attachment; filename*=utf-8''quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].endswith("sandbox")
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Length"] == str(len(samples.PDF))


@pytest.mark.parametrize(
    ("content", "name", "disposition"),
    [
        (samples.PDF, "a.pdf", 'inline; filename="a.pdf"'),
        (samples.PNG, "a.png", 'inline; filename="a.png"'),
        (samples.JPEG, "a.jpg", 'inline; filename="a.jpg"'),
        (samples.DOCX, "a.docx", 'attachment; filename="a.docx"'),
    ],
)
def test_only_papers_and_pictures_show_inside_the_browser(
    content: bytes, name: str, disposition: str, client: Client
) -> None:
    response, _ = _get(client, _store(content, name), "?inline=1")

    assert response["Content-Disposition"] == disposition
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_stranger_learns_nothing(client: Client) -> None:
    secret, body = _get(client, _store(owner_id=SECRET))
    missing = client.get(reverse("files:download", args=[new_id()]))

    assert (secret.status_code, missing.status_code) == (404, 404)
    assert "quyết" not in body.decode()


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, None), ("bytes=-20", -20, None), ("bytes=5-99999", 5, None)],
)
def test_range_of_bytes(asked: str, first: int, last: int | None, client: Client) -> None:
    size = len(samples.PDF)

    response, body = _get(client, _store(), range=asked)

    expected = samples.PDF[first:] if last is None else samples.PDF[first : last + 1]
    start = size + first if first < 0 else first
    assert (response.status_code, body) == (206, expected)
    assert response["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{size}"
    assert response["Content-Length"] == str(len(expected))


@pytest.mark.parametrize("asked", ["bytes=0-4,6-9", "lines=1-2", "bytes=9-5", "bytes=-", "nonsense"])
def test_range_not_served_gives_the_whole(asked: str, client: Client) -> None:
    response, body = _get(client, _store(), range=asked)

    assert (response.status_code, body) == (200, samples.PDF)


def test_range_behind_the_end_is_refused(client: Client) -> None:
    response, body = _get(client, _store(), range="bytes=999999-")

    assert (response.status_code, body) == (416, b"")
    assert response["Content-Range"] == f"bytes */{len(samples.PDF)}"


def test_range_of_another_version_gives_the_whole(client: Client) -> None:
    response, body = _get(client, _store(), range="bytes=0-9", if_range='"another"')

    assert (response.status_code, len(body)) == (200, len(samples.PDF))


def test_known_version_is_not_sent_again(client: Client) -> None:
    file = _store()

    response, body = _get(client, file, if_none_match=f'"{file.sha256}"')

    assert (response.status_code, body) == (304, b"")


def test_nginx_may_send_the_bytes(client: Client, settings: Settings) -> None:
    settings.FILE_X_ACCEL = "/kho"
    file = _store()

    response, body = _get(client, file)

    place = f"{file.sha256[:2]}/{file.sha256[2:4]}/{file.sha256}"
    assert (response["X-Accel-Redirect"], body) == (f"/kho/{place}", b"")
    assert response["Content-Type"] == "application/pdf"
