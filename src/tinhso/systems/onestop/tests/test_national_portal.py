"""The exchange with the National Portal: real HTTP to a portal that can be down, slow, repeating and lying."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from conftest import Cast
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from tinhso.kernel import http
from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import now, today, travel
from tinhso.kernel.orgs.selectors import get_identifier
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.people.models import Role, RoleAssignment
from tinhso.kernel.people.services import issue_token

from ..choices import ArrivalState, DossierStatus
from ..clients.portal_stand_in import SimulatedPortal
from ..errors import FiledOnNationalPortalError
from ..models import CitizenDoor, Dossier, PortalArrival, PortalContact, PortalSync, ProcedureVersion
from ..selectors.portal import find_behind, get_portal_state, is_citizen_door_open
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.receive_from_portal import retry_arrival, take_arrival
from ..services.refuse_dossier import refuse_dossier
from ..services.switch_citizen_door import switch_citizen_door
from ..services.sync_portal import (
    claim_dossier,
    note_acknowledgement,
    send_again,
    send_again_since,
    sync_waiting,
)
from .conftest import bring_to, file_one


@pytest.fixture
def portal(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedPortal]:
    simulated = SimulatedPortal()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, content = simulated.answer(self.path.rsplit("/", 1)[1], body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            content = simulated.files.get(self.path, b"")
            self.send_response(200 if content else 404)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setattr(http, "PAUSE", 0.01)
    settings.PORTAL_URL = f"http://127.0.0.1:{server.server_port}"
    settings.ALLOWED_INTERNAL_HOSTS = (f"127.0.0.1:{server.server_port}",)
    yield simulated
    server.shutdown()
    thread.join()
    server.server_close()


def _give(cast: Cast, role: str) -> None:
    RoleAssignment.objects.create(
        account=cast.officer,
        role=Role.objects.get(code=role),
        agency=cast.ward,
        title="Vận hành",
        valid_from=dt.date(2025, 7, 1),
    )


def _behind() -> int:
    return find_behind(SYSTEM).count()


def test_a_dossier_is_told_with_what_was_done(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    dossier = bring_to("taken", cast, version)

    assert sync_waiting() == 1

    state = portal.states[dossier.code]
    assert (state["MaTTHC"], state["TrangThaiHoSo"], state["KenhThucHien"]) == ("1.004873", "4", "2")
    assert state["NgayHenTra"]
    assert not state["NgayTra"]
    assert state["DinhDanhCHS"] == [{"LoaiDinhDanh": "1", "SoDinhDanh": dossier.applicant_number}]
    assert [p["TrangThai"] for p in portal.progress[dossier.code]] == ["1", "2", "4"]
    assert _behind() == 0


def test_the_next_telling_adds_only_what_is_new(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    dossier = file_one(cast, version)
    sync_waiting()
    assert sync_waiting() == 0

    accept_dossier(actor=cast.actor("officer"), dossier_id=dossier.pk, turn=Turn("accept"))

    assert _behind() == 1
    assert sync_waiting() == 1
    assert [p["TrangThai"] for p in portal.progress[dossier.code]] == ["1", "2"]


def test_three_days_of_silence_lose_nothing(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    dossiers = [file_one(cast, version, key=f"press-{n}") for n in range(3)]
    portal.is_down = True
    for hours in (0, 1, 24, 48, 71):
        with travel(now() + dt.timedelta(hours=hours)):
            assert sync_waiting() == 0
    refuse_dossier(
        actor=cast.actor("officer"), dossier_id=dossiers[0].pk, turn=Turn("refuse"), reason="Sai thẩm quyền"
    )
    state = get_portal_state(SYSTEM)
    assert (state.behind_count, state.silence, state.last_success_at) == (3, "status 503", None)

    portal.is_down = False
    with travel(now() + dt.timedelta(hours=72)):
        assert sync_waiting() == 3

    assert set(portal.states) == {dossier.code for dossier in dossiers}
    assert portal.states[dossiers[0].code]["TrangThaiHoSo"] == "3"
    assert [p["TrangThai"] for p in portal.progress[dossiers[0].code]] == ["1", "3"]
    assert get_portal_state(SYSTEM).silent_since is None


def test_a_lost_answer_is_told_again_and_counted_once(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    dossier = file_one(cast, version)
    portal.forgets_to_answer = 1
    assert sync_waiting() == 0
    assert _behind() == 1

    assert sync_waiting() == 1

    assert [message for message, _code in portal.told] == ["DongBoHoSo", "DongBoHoSo", "DongBoTienTrinh"]
    assert len(portal.progress[dossier.code]) == 1


def test_a_refused_dossier_waits_and_holds_up_nobody(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    refused, other = file_one(cast, version, key="press-1"), file_one(cast, version, key="press-2")
    portal.refused[refused.code] = "Mã thủ tục không có"

    assert sync_waiting() == 1
    assert sync_waiting() == 0

    assert other.code in portal.states
    assert PortalSync.objects.get(pk=refused.pk).refusal == "12: Mã thủ tục không có"
    portal.refused.clear()
    assert sync_waiting() == 0
    send_again(actor=SYSTEM, dossier_id=refused.pk)
    assert sync_waiting() == 1


def test_a_refused_dossier_is_tried_at_once_when_it_changes(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    dossier = file_one(cast, version)
    portal.refused[dossier.code] = "Thiếu ngày hẹn trả"
    sync_waiting()
    portal.refused.clear()

    accept_dossier(actor=cast.actor("officer"), dossier_id=dossier.pk, turn=Turn("accept"))

    assert sync_waiting() == 1


def test_an_answer_about_another_dossier_acknowledges_nothing(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    for n in range(7):
        file_one(cast, version, key=f"press-{n}")
    portal.lies = True

    assert sync_waiting() == 0

    assert _behind() == 7
    assert len(portal.told) == 5
    assert PortalContact.objects.get().outcome == "not_understood"


def test_two_processes_never_speak_of_one_dossier_at_once(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    dossier = file_one(cast, version)
    first = claim_dossier(dossier_id=dossier.pk)
    assert first is not None

    assert claim_dossier(dossier_id=dossier.pk) is None
    assert sync_waiting() == 0

    with travel(now() + dt.timedelta(minutes=6)):
        second = claim_dossier(dossier_id=dossier.pk)
        assert second is not None
        note_acknowledgement(claim=first)
        assert _behind() == 1
        note_acknowledgement(claim=second)
    assert _behind() == 0


def test_everything_since_a_day_is_told_again(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    dossier = bring_to("taken", cast, version)
    sync_waiting()
    portal.states.clear()
    portal.progress.clear()

    assert send_again_since(actor=SYSTEM, since=today() + dt.timedelta(days=1)) == 0
    assert send_again_since(actor=SYSTEM, since=today()) == 1
    sync_waiting()

    assert len(portal.progress[dossier.code]) == 3


def test_without_a_portal_nothing_is_sent_and_nothing_forgotten(
    cast: Cast, version: ProcedureVersion, settings: Settings
) -> None:
    settings.PORTAL_URL = ""
    file_one(cast, version)

    assert sync_waiting() == 0
    assert _behind() == 1


def test_the_exchange_changes_no_signed_state(
    cast: Cast, version: ProcedureVersion, portal: SimulatedPortal
) -> None:
    dossier = file_one(cast, version)
    before = dossier.state()

    sync_waiting()

    assert Dossier.objects.get(pk=dossier.pk).state() == before


# --- from the portal to us ---


@pytest.fixture
def deliver(cast: Cast, client: Client) -> Any:
    _give(cast, "onestop.portal")
    token = issue_token(actor=cast.actor("officer"), name="Cổng", valid_until=today() + dt.timedelta(days=7))

    def post(**changes: Any) -> Any:
        body = {
            "MaHoSo": "G15.01-261125-0001",
            "MaTTHC": "1.004873",
            "MaDonVi": get_identifier(cast.ward.pk, today()),
            "NgayNopHoSo": "20261125101500",
            "ChuHoSo": "Nguyễn Thị Cổng",
            "SoGiayTo": "025190000017",
            "SoDienThoai": "0912345678",
            "DuLieuToKhai": {"purpose": "Mua nhà"},
            "TaiLieuNop": [{"MaThanhPhanHoSo": "id", "TenTepDinhKem": "can-cuoc.pdf"}],
        }
        return client.post(
            "/api/v1/onestop/portal-dossiers",
            json.dumps({**body, **changes}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token.raw}"},
        )

    return post


def _take(answer: Any) -> PortalArrival:
    arrival = PortalArrival.objects.get(pk=answer.json()["id"])
    take_arrival(arrival_id=arrival.pk)
    arrival.refresh_from_db()
    return arrival


def test_a_dossier_from_the_portal_is_filed_once_and_told_back_by_its_code(
    version: ProcedureVersion, portal: SimulatedPortal, deliver: Any
) -> None:
    first, again = deliver(), deliver()
    assert (first.status_code, again.json()["id"]) == (202, first.json()["id"])

    arrival = _take(first)
    take_arrival(arrival_id=arrival.pk)

    dossier = Dossier.objects.get()
    assert (arrival.state, arrival.dossier) == (ArrivalState.FILED, dossier)
    assert (dossier.applicant_name, dossier.status) == ("Nguyễn Thị Cổng", DossierStatus.REGISTERED)
    sync_waiting()
    assert list(portal.states) == ["G15.01-261125-0001"]
    changed = deliver(ChuHoSo="Người khác")
    assert (changed.status_code, changed.json()["code"]) == (409, "onestop.arrival_conflict")


def test_papers_are_fetched_and_looked_into(
    version: ProcedureVersion, portal: SimulatedPortal, deliver: Any, settings: Settings
) -> None:
    portal.files["/can-cuoc.pdf"] = b"MZ this is no PDF"
    paper = {"MaThanhPhanHoSo": "id", "TenTepDinhKem": "can-cuoc.pdf"}

    disguised = _take(
        deliver(TaiLieuNop=[{**paper, "DuongDanTaiTepTin": f"{settings.PORTAL_URL}/can-cuoc.pdf"}])
    )
    assert (disguised.state, disguised.problem_code[:6]) == (ArrivalState.HELD, "files.")
    elsewhere = _take(deliver(TaiLieuNop=[{**paper, "DuongDanTaiTepTin": "http://10.0.0.1/x.pdf"}]))
    assert elsewhere.problem_code == "kernel.outbound_refused"

    assert not Dossier.objects.exists()


def test_what_cannot_be_taken_in_is_held_with_its_reason_until_mended(
    version: ProcedureVersion, deliver: Any
) -> None:
    unknown = _take(deliver(MaTTHC="9.999999"))
    assert (unknown.state, unknown.problem_code) == (ArrivalState.HELD, "onestop.procedure_not_found")
    assert "9.999999" in unknown.problem

    version.procedure.code = "9.999999"
    version.procedure.save()
    retry_arrival(actor=SYSTEM, arrival_id=unknown.pk)
    take_arrival(arrival_id=unknown.pk)

    unknown.refresh_from_db()
    assert (unknown.state, unknown.problem) == (ArrivalState.FILED, "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"DuLieuToKhai": {}}, "kernel.invalid_input"),
        ({"TaiLieuNop": []}, "onestop.paper_missing"),
        ({"MaDonVi": "H99.99"}, "orgs.unknown_agency"),
    ],
)
def test_each_cause_has_its_code(
    version: ProcedureVersion, deliver: Any, changes: dict[str, Any], code: str
) -> None:
    held = _take(deliver(**changes))

    assert (held.state, held.problem_code) == (ArrivalState.HELD, code)
    assert held.problem.endswith(".")


def test_only_the_portal_hands_dossiers_over(cast: Cast, version: ProcedureVersion, client: Client) -> None:
    token = issue_token(actor=cast.actor("citizen"), name="x", valid_until=today() + dt.timedelta(days=7))
    body = {"MaHoSo": "1", "MaTTHC": "1", "MaDonVi": "1", "NgayNopHoSo": "20261125101500", "ChuHoSo": "a"}

    refused = client.post(
        "/api/v1/onestop/portal-dossiers",
        json.dumps({**body, "SoGiayTo": "1"}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token.raw}"},
    )

    assert refused.status_code == 403
    assert not PortalArrival.objects.exists()


# --- where citizens file, and who runs it ---


@pytest.fixture
def operator(cast: Cast, client: Client) -> Client:
    _give(cast, "onestop.operator")
    client.force_login(cast.officer)
    return client


def test_a_closed_door_sends_citizens_to_the_portal_and_leaves_the_counter_open(
    cast: Cast, version: ProcedureVersion, client: Client, settings: Settings
) -> None:
    CitizenDoor.objects.create(
        valid_from=today(), is_open=False, reason="CV 623", decided_by=cast.officer, decided_at=now()
    )

    with pytest.raises(FiledOnNationalPortalError):
        file_one(cast, version)
    page = client.get(reverse("onestop:procedure", args=["1.004873"])).content.decode()
    assert f'href="{settings.PORTAL_CITIZEN_URL}"' in page
    assert reverse("onestop:start", args=["1.004873"]) not in page
    assert is_citizen_door_open(today() - dt.timedelta(days=1))


def test_the_door_is_switched_from_a_day_on(operator: Client) -> None:
    day = today() + dt.timedelta(days=3)
    said = {"is_open": "dong", "reason": "CV 623/TTg-KSTT"}
    boxes = {"valid_from_day": day.day, "valid_from_month": day.month, "valid_from_year": day.year}

    answer = operator.post(reverse("onestop:portal-door"), {**said, **boxes})

    assert answer.status_code == 302
    assert [is_citizen_door_open(day - dt.timedelta(days=n)) for n in (0, 1)] == [False, True]
    past = operator.post(reverse("onestop:portal-door"), {**said, **boxes, "valid_from_year": day.year - 1})
    taken = operator.post(reverse("onestop:portal-door"), {**said, **boxes})
    assert (past.status_code, taken.status_code) == (422, 409)


def test_the_operator_sees_why_and_sends_again(
    cast: Cast, version: ProcedureVersion, operator: Client, portal: SimulatedPortal
) -> None:
    refused = file_one(cast, version)
    portal.refused[refused.code] = "Mã thủ tục không có"
    sync_waiting()

    page = operator.get(reverse("onestop:portal") + "?loc=tu-choi").content.decode()
    assert "12: Mã thủ tục không có" in page
    assert refused.applicant_name not in page
    portal.refused.clear()
    operator.post(reverse("onestop:portal-again", args=[refused.pk]))

    assert sync_waiting() == 1


def test_the_list_asks_no_more_when_it_is_longer(
    cast: Cast, version: ProcedureVersion, operator: Client, django_assert_num_queries: Any
) -> None:
    file_one(cast, version, key="press-0")
    operator.get(reverse("onestop:portal"))
    with CaptureQueriesContext(connection) as short:
        operator.get(reverse("onestop:portal"))
    for n in range(5):
        file_one(cast, version, key=f"press-{n + 1}")

    with django_assert_num_queries(len(short)):
        operator.get(reverse("onestop:portal"))


def test_nobody_else_runs_the_exchange(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)

    assert client.get(reverse("onestop:portal")).status_code == 403
    with pytest.raises(NotPermittedError):
        switch_citizen_door(actor=cast.actor("leader"), valid_from=today(), is_open=False, reason="x")
