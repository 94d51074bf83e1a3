from __future__ import annotations

import io
import json
from typing import Any
from uuid import UUID

import pytest
from conftest import Cast
from django.test import Client
from django.urls import reverse

from tinhso.kernel.audit.journal import record
from tinhso.kernel.audit.masking import list_masked
from tinhso.kernel.audit.receipt import make_receipt
from tinhso.kernel.audit.sealing import seal_until_now
from tinhso.kernel.moment import today, travel
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.services import issue_token
from tinhso.kernel.services import service

from .ledger import DAY_FIVE, DAY_ONE, DAY_TWO

pytestmark = pytest.mark.django_db

NUMBER = "025091000417"


@service
def _note(*, actor: Actor, stream: str, detail: dict[str, Any], agency_id: UUID | None = None) -> None:
    record(stream=stream, action="notes.noted", actor=actor, detail=detail, agency_id=agency_id)


@pytest.fixture
def _history(cast: Cast) -> None:
    """Of the auditor's ward a note by the officer and one by a citizen, of the other ward one; two days."""
    officer, other = get_actor(cast.officer), get_actor(cast.other_officer)
    with travel(DAY_ONE):
        _note(
            actor=officer,
            stream="notes.note:1",
            detail={"applicant_name": "Trần Văn Dũng", "step": "kiểm tra"},
        )
        _note(actor=other, stream="notes.note:2", detail={})
    with travel(DAY_TWO):
        _note(actor=get_actor(cast.citizen), stream="notes.note:1", detail={}, agency_id=cast.ward.pk)


def _sign_in(client: Client, cast: Cast, name: str) -> None:
    client.force_login(getattr(cast, name))


def _streams(response: Any) -> list[tuple[str, int]]:
    return [(entry.row.stream, entry.row.sequence) for entry in response.context["entries"]]


@pytest.mark.usefixtures("_history")
def test_auditor_reads_the_history_of_his_agencies_newest_first(client: Client, cast: Cast) -> None:
    _sign_in(client, cast, "auditor")

    response = client.get(reverse("audit:history"))

    assert response.status_code == 200
    assert _streams(response) == [("notes.note:1", 2), ("notes.note:1", 1)]


@pytest.mark.usefixtures("_history")
@pytest.mark.parametrize(
    ("query", "sequences"),
    [
        ("chuoi=notes.note:1", [2, 1]),
        ("chuoi=notes.note:2", []),
        ("nguoi=thu ha", [1]),
        ("nguoi=thuha", [1]),
        ("nguoi=Kim Oanh", []),
        ("tu=21/11/2026", [2]),
        ("den=20/11/2026", [1]),
        ("tu=20/11/2026&den=21/11/2026", [2, 1]),
        ("tu=21/11/2026&den=20/11/2026", []),
        ("tu=31/11/2026", []),
    ],
)
def test_history_is_searched(query: str, sequences: list[int], client: Client, cast: Cast) -> None:
    _sign_in(client, cast, "auditor")

    response = client.get(f"{reverse('audit:history')}?{query}")

    assert [sequence for _, sequence in _streams(response)] == sequences


@pytest.mark.usefixtures("_history")
def test_personal_members_are_struck_out(client: Client, cast: Cast) -> None:
    _sign_in(client, cast, "auditor")

    page = client.get(reverse("audit:history"), {"den": "20/11/2026"}).content.decode()

    assert "kiểm tra" in page
    assert "Trần Văn Dũng" not in page


@pytest.mark.usefixtures("_history")
@pytest.mark.parametrize("name", ["citizen", "officer", "leader", "other_officer"])
def test_others_have_no_history_to_read(name: str, client: Client, cast: Cast) -> None:
    _sign_in(client, cast, name)

    addresses = [
        reverse("audit:history"),
        reverse("audit:seals"),
        reverse("audit:stream", args=["notes.note:1"]),
        reverse("audit:receipt", args=["notes.note:1"]),
    ]
    assert [client.get(address).status_code for address in addresses] == [403] * 4


@pytest.mark.usefixtures("_history")
def test_stream_of_another_agency_does_not_exist(client: Client, cast: Cast) -> None:
    _sign_in(client, cast, "auditor")

    assert client.get(reverse("audit:stream", args=["notes.note:2"])).status_code == 404
    assert client.get(reverse("audit:receipt", args=["notes.note:2"])).status_code == 404


@pytest.mark.usefixtures("_history", "_seal_credential")
def test_sealed_days_are_marked(client: Client, cast: Cast) -> None:
    _sign_in(client, cast, "auditor")
    with travel(DAY_TWO):
        seal_until_now()

    stream = client.get(reverse("audit:stream", args=["notes.note:1"]))
    seals = client.get(reverse("audit:seals"))

    assert [entry.is_sealed for entry in stream.context["entries"]] == [True, False]
    assert [(line["seal"].day, line["signer"]) for line in seals.context["seals"]] == [
        (DAY_ONE.date(), "Niêm phong nhật ký")
    ]


@pytest.mark.usefixtures("_history")
def test_pages_are_cut_by_key(client: Client, cast: Cast) -> None:
    _sign_in(client, cast, "auditor")
    for number in range(60):
        _note(actor=get_actor(cast.officer), stream=f"notes.note:{number}", detail={})

    first = client.get(reverse("audit:history"))
    second = client.get(reverse("audit:history") + first.context["next_url"])

    assert (len(first.context["entries"]), len(second.context["entries"])) == (50, 12)
    assert not set(_streams(first)) & set(_streams(second))
    assert second.context["next_url"] == ""


@pytest.mark.usefixtures("_history", "_seal_credential")
def test_anybody_checks_a_receipt(client: Client, cast: Cast) -> None:
    with travel(DAY_FIVE):
        seal_until_now()
        receipt = make_receipt("notes.note:1")
    forged = {**receipt, "entries": receipt["entries"][:1]}

    good, bad = _check(client, receipt), _check(client, forged)

    assert good.context["verdict"].is_genuine
    assert "Biên nhận đúng." in good.content.decode()
    assert "lịch sử bị cắt sau mục này" in bad.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "Tệp này không phải biên nhận lịch sử."),
        (b"[" * 100_000, "Tệp này không phải biên nhận lịch sử."),
        (b'{"format": 1}', "Tệp này không phải biên nhận lịch sử."),
    ],
)
def test_other_files_are_no_receipt(content: bytes, sentence: str, client: Client) -> None:
    file = io.BytesIO(content)
    file.name = "tep.json"

    assert sentence in client.post(reverse("audit:check"), {"receipt": file}).content.decode()


def test_no_file_is_asked_for(client: Client) -> None:
    response = client.post(reverse("audit:check"))

    assert response.status_code == 422
    assert "Chọn tệp biên nhận để kiểm tra." in response.content.decode()


@pytest.mark.usefixtures("_history")
def test_programs_of_auditors_read_the_same(client: Client, cast: Cast) -> None:
    def ask(name: str) -> Any:
        token = issue_token(actor=get_actor(getattr(cast, name)), name="Máy", valid_until=today())
        return client.get("/api/v1/audit/entries", headers={"Authorization": f"Bearer {token.raw}"})

    allowed, refused = ask("auditor"), ask("officer")

    found = [(item["stream"], item["sequence"], item["detail"]) for item in allowed.json()["items"]]
    assert found[-2:] == [
        ("notes.note:1", 2, {}),
        ("notes.note:1", 1, {"applicant_name": "•••", "step": "kiểm tra"}),
    ]
    assert (refused.status_code, refused.json()["code"]) == (403, "kernel.not_permitted")


@pytest.mark.usefixtures("_history", "_seal_credential")
def test_programs_check_receipts(client: Client) -> None:
    with travel(DAY_TWO):
        receipt = make_receipt("notes.note:1")

    answers = [
        client.post("/api/v1/audit/check-receipt", json.dumps(body), content_type="application/json").json()
        for body in (receipt, {"format": "x"})
    ]

    assert [answer["outcome"] for answer in answers] == ["genuine", "unreadable"]
    assert answers[0]["entry_count"] == 2


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ({"reason": f"Số {NUMBER} sai"}, [("reason", "Số 025\u00a0091\u00a0•••\u00a0417 sai")]),
        ({"reason": "gọi 0912345678 hoặc a.b@thu.vn"}, [("reason", "gọi ••• hoặc •••")]),
        ({"full_name": "Dũng", "amount": 8000}, [("full_name", "•••"), ("amount", "8000")]),
        ({"form_values": {"a": 1}}, [("form_values", "•••")]),
        ({"who": {"phone": "0912345678", "step": "a"}}, [("who.phone", "•••"), ("who.step", "a")]),
        ({"papers": ["a", NUMBER]}, [("papers", "a, 025\u00a0091\u00a0•••\u00a0417")]),
        ({"papers": [{"name": "a", "email": "x"}]}, [("papers.1.name", "a"), ("papers.1.email", "•••")]),
        ({"next": None}, [("next", "")]),
        ({"id": "01a2125b-0000-7000-8000-025091000417"}, [("id", "01a2125b-0000-7000-8000-025091000417")]),
    ],
)
def test_masking(detail: dict[str, Any], shown: list[tuple[str, str]]) -> None:
    assert list(list_masked(detail)) == shown


def _check(client: Client, receipt: Any) -> Any:
    file = io.BytesIO(json.dumps(receipt).encode())
    file.name = "bien-nhan.json"
    return client.post(reverse("audit:check"), {"receipt": file})
