"""A draft keeps itself while somebody types, and is taken up again on another device."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ..models import FilingDraft, ProcedureVersion
from ..services.keep_draft import start_draft
from .conftest import file_one

PNG = (Path(__file__).resolve().parents[5] / "tests" / "journeys" / "can-cuoc.png").read_bytes()


@pytest.fixture
def draft(cast: Cast, version: ProcedureVersion) -> FilingDraft:
    values = {"purpose": "Mua nhà"}
    draft_id = start_draft(actor=cast.actor("citizen"), version_id=version.pk, values=values)
    return FilingDraft.objects.get(pk=draft_id)


def keep(client: Client, draft: FilingDraft, purpose: str) -> Any:
    address = reverse("onestop:draft-keep", args=[draft.pk, "purpose"])
    answer = client.post(address, {"purpose": purpose}, headers={"Accept": "application/json"})
    draft.refresh_from_db()
    return answer


def test_what_is_typed_is_kept_right_or_wrong(client: Client, cast: Cast, draft: FilingDraft) -> None:
    client.force_login(cast.citizen)

    answer = keep(client, draft, "x" * 300)

    assert draft.values == {"purpose": "x" * 300}
    assert answer.json() == {"saved_at": f"{timezone.localtime(draft.updated_at):%H:%M}"}


def test_the_page_says_where_it_keeps_itself_and_when_it_did_last(
    client: Client, cast: Cast, draft: FilingDraft
) -> None:
    client.force_login(cast.citizen)

    page = client.get(reverse("onestop:draft-page", args=[draft.pk, "purpose"])).content.decode()

    assert f'data-autosave="/to-khai/{draft.pk}/muc/purpose/luu"' in page
    assert f"Đã lưu lúc {timezone.localtime(draft.updated_at):%H:%M}" in page


@pytest.mark.parametrize(("name", "status"), [("other_citizen", 404), ("officer", 404), ("nobody", 401)])
def test_nobody_else_writes_into_it(
    client: Client, cast: Cast, draft: FilingDraft, name: str, status: int
) -> None:
    if name != "nobody":
        client.force_login(getattr(cast, name))

    answer = keep(client, draft, "Việc khác")

    assert answer.status_code == status
    assert draft.values == {"purpose": "Mua nhà"}


def test_a_form_filed_meanwhile_is_not_changed_any_more(
    client: Client, cast: Cast, draft: FilingDraft, version: ProcedureVersion
) -> None:
    client.force_login(cast.citizen)
    FilingDraft.objects.filter(pk=draft.pk).update(dossier_id=file_one(cast, version).pk)

    answer = keep(client, draft, "Việc khác")

    assert (answer.status_code, answer.json()["code"]) == (409, "onestop.draft_filed")
    assert draft.values == {"purpose": "Mua nhà"}


def test_the_counter_keeps_its_form_too(client: Client, cast: Cast, version: ProcedureVersion) -> None:
    client.force_login(cast.officer)
    draft_id = start_draft(
        actor=cast.actor("officer"), version_id=version.pk, values={}, agency_id=cast.ward.pk, is_fresh=True
    )

    address = reverse("onestop:counter-keep", args=[draft_id])
    answer = client.post(address, {"purpose": "Vay vốn", "person-name": "Trần Văn Dũng"})

    assert answer.status_code == 200
    assert FilingDraft.objects.get(pk=draft_id).values == {"purpose": "Vay vốn"}


def send(client: Client, draft: FilingDraft, paper: str, content: bytes, name: str = "can-cuoc.png") -> Any:
    address = reverse("onestop:draft-attach", args=[draft.pk, paper])
    answer = client.post(address, {"file": SimpleUploadedFile(name, content)}, headers={"HX-Request": "true"})
    draft.refresh_from_db()
    return answer


def test_a_file_is_kept_as_soon_as_it_is_chosen(client: Client, cast: Cast, draft: FilingDraft) -> None:
    client.force_login(cast.citizen)

    answer = send(client, draft, "id", PNG)

    assert len(draft.papers["id"]) == 1
    assert f'name="_remove" value="{draft.papers["id"][0]}"' in answer.content.decode()


def test_what_is_not_taken_is_told_and_nothing_is_attached(
    client: Client, cast: Cast, draft: FilingDraft
) -> None:
    client.force_login(cast.citizen)

    answers = [send(client, draft, "id", b"MZ\x90"), send(client, draft, "visa", PNG)]

    assert [answer.status_code for answer in answers] == [415, 422]
    assert all("data-toast" in answer.content.decode() for answer in answers)
    assert draft.papers == {}


def test_nobody_attaches_to_somebody_elses_draft(client: Client, cast: Cast, draft: FilingDraft) -> None:
    client.force_login(cast.other_citizen)

    assert send(client, draft, "id", PNG).status_code == 404
    assert draft.papers == {}
