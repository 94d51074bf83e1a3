"""National records come in once; what is plain is published, what is not waits; a change is a new dated version."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Cast
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.clock.services import load_calendar
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now, today, travel
from tinhso.kernel.orgs.models import AdministrativeUnit, AgencyFunction
from tinhso.kernel.people.actor import SYSTEM

from ..choices import RecordState
from ..data.filing import Filing, HandedPaper
from ..data.national.reading import read_line
from ..data.procedure_file import Term
from ..errors import ProcedureNotFoundError, TakesNoFilingsError
from ..models import Dossier, NationalRecord, ProcedureVersion
from ..selectors.procedures import get_content, get_filed_procedure, get_procedure
from ..services.file_dossier import file_dossier
from ..services.import_records import ImportReport, import_records
from ..services.load_catalogue import load_catalogue
from ..services.publish_record import publish_record
from ..services.settle_record import settle_doubts
from .published import CHANNELS, fill_general_form, make_line
from .sample import make_version

CODE = "1.000178"
SHIPPED = "1.003868"
UNCLEAR = f"{CHANNELS}Trực tiếp5Miễn phí"
DEARER = f"{CHANNELS}Trực tuyến5 Ngày làm việc50,000 VNĐ"


def bring_in(*lines: str) -> ImportReport:
    return import_records(actor=SYSTEM, records=[read_line(line) for line in lines], file_name="cong.jsonl")


def get_current(code: str = CODE) -> NationalRecord:
    return NationalRecord.objects.get(code=code, is_current=True)


def file_by_record(cast: Cast) -> Dossier:
    load_calendar()
    since = dt.date(2025, 7, 1)
    province = AdministrativeUnit.objects.create(
        level="province", code="25", name="Tỉnh Phú Thọ", kind="Tỉnh", valid_from=since
    )
    AdministrativeUnit.objects.create(
        level="commune", code="08746", name="Việt Trì", kind="Phường", valid_from=since, parent=province
    )
    version = get_procedure(CODE)
    filing = Filing(
        dossier_id=new_id(),
        version_id=version.pk,
        agency_id=cast.ward.pk,
        values=fill_general_form(),
        papers=(HandedPaper("p01", originals=1),),
    )
    dossier_id = file_dossier(actor=cast.actor("citizen"), filing=filing, idempotency_key="press-1")
    return Dossier.objects.get(pk=dossier_id)


@pytest.mark.django_db
def test_a_plain_record_is_published_and_an_unclear_one_waits_with_its_plain_fields() -> None:
    report = bring_in(make_line(), make_line(ma_thu_tuc="2.000815", cach_thuc_thuc_hien=UNCLEAR))

    waiting = get_current("2.000815")
    assert (report.imported, report.published, report.waiting) == (2, 1, 1)
    assert report.quarantined == {
        ("channels.term_value", "term_without_unit"): 1,
        ("channels.term_unit", "term_without_unit"): 1,
    }
    assert get_procedure(CODE).name == "Giải quyết khiếu nại"
    assert (waiting.state, waiting.open_doubts, waiting.version) == (RecordState.WAITING, 2, None)
    assert waiting.told["channels"][0]["fee_vnd"] == 0
    with pytest.raises(ProcedureNotFoundError):
        get_procedure("2.000815")


@pytest.mark.django_db
def test_importing_again_changes_nothing_whatever_the_order_of_the_members() -> None:
    line = make_line()
    shuffled = json.dumps(dict(reversed(json.loads(line).items())))
    bring_in(line)

    again = bring_in(shuffled)

    assert again == ImportReport(unchanged=1)
    assert (NationalRecord.objects.count(), ProcedureVersion.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_changed_record_is_a_new_version_from_the_day_it_came() -> None:
    bring_in(make_line())
    first = get_procedure(CODE)

    with travel(now() + dt.timedelta(days=3)):
        report = bring_in(make_line(cach_thuc_thuc_hien=DEARER))
        second = get_procedure(CODE)
        first.refresh_from_db()

        assert (report.updated, report.published) == (1, 1)
        assert (second.valid_from, first.valid_to) == (today(), today() - dt.timedelta(days=1))
    assert [fee.amount_vnd for fee in get_content(second).fees] == [50_000]
    assert NationalRecord.objects.filter(code=CODE).count() == 2


@pytest.mark.django_db
def test_a_record_changed_before_anybody_filed_is_corrected_the_same_day() -> None:
    bring_in(make_line())
    bring_in(make_line(cach_thuc_thuc_hien=DEARER))

    [version] = ProcedureVersion.objects.all()
    assert (version.revision, get_content(version).fees[0].amount_vnd) == (2, 50_000)


def test_a_dossier_keeps_the_version_it_was_filed_under(cast: Cast) -> None:
    bring_in(make_line())
    dossier = file_by_record(cast)

    bring_in(make_line(cach_thuc_thuc_hien=DEARER))

    dossier.refresh_from_db()
    old, new = ProcedureVersion.objects.order_by("valid_from")
    assert (dossier.version_id, old.valid_to, new.valid_from) == (
        old.pk,
        today(),
        today() + dt.timedelta(days=1),
    )
    assert [get_content(v).fees[0].amount_vnd for v in (old, new)] == [0, 50_000]


def test_a_dossier_by_a_record_is_due_and_goes_to_the_commune_it_is_filed_for(cast: Cast) -> None:
    bring_in(make_line())

    dossier = file_by_record(cast)

    assert (dossier.resolving_agency, dossier.fee_vnd) == (cast.ward, 0)
    assert [paper.name for paper in dossier.papers.all()] == ["Đơn khiếu nại"]
    assert get_content(dossier.version).term == get_content(get_procedure(CODE)).law_term


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"cap_thuc_hien": "Cấp bộ", "co_quan_thuc_hien": "Bộ Xây dựng"},
        {"cap_thuc_hien": "Cấp tỉnh", "co_quan_thuc_hien": "Sở Tư pháp"},
        {"co_quan_thuc_hien": "Chi cục Hải quan khu vực"},
        {"cach_thuc_thuc_hien": f"{CHANNELS}Trực tiếpKhông có thông tinMiễn phí"},
    ],
)
def test_what_nobody_here_is_known_to_resolve_is_for_reading(changes: dict[str, Any]) -> None:
    """No agency holds the function of justice here; a procedure without a term cannot run either."""
    bring_in(make_line(**changes))

    assert get_procedure(CODE).is_filed_here is False
    with pytest.raises(TakesNoFilingsError):
        get_filed_procedure(CODE)


def test_a_department_named_plainly_resolves_it_where_it_holds_the_function(cast: Cast) -> None:
    AgencyFunction.objects.create(
        function="justice", agency=cast.ward, valid_from=dt.date(2025, 7, 1), legal_basis="NĐ 150/2025/NĐ-CP"
    )

    bring_in(make_line(cap_thuc_hien="Cấp tỉnh", co_quan_thuc_hien="Sở Tư pháp"))

    content = get_content(get_filed_procedure(CODE))
    assert (content.level, content.owner_function) == ("province", "justice")


@pytest.mark.django_db
def test_a_procedure_of_the_provinces_own_is_left_to_an_official() -> None:
    own = make_version()

    bring_in(make_line(ma_thu_tuc=own.procedure.code))

    record = get_current(own.procedure.code)
    assert (record.state, record.version) == (RecordState.READY, None)
    assert get_procedure(own.procedure.code) == own


def test_answers_are_kept_while_the_text_is_the_same(cast: Cast) -> None:
    bring_in(make_line(cach_thuc_thuc_hien=UNCLEAR))
    doubts = {doubt.field: doubt.pk for doubt in get_current().doubts.all()}
    settle_doubts(
        actor=cast.operator(),
        record_id=get_current().pk,
        answers={
            doubts["channels[0].term_value"]: 5,
            doubts["channels[0].term_unit"]: "working_day",
        },
    )

    report = bring_in(make_line(cach_thuc_thuc_hien=f"{UNCLEAR}Trực tuyến5 Ngày làm việcMiễn phí"))

    assert (report.updated, report.published) == (1, 1)
    assert get_content(get_procedure(CODE)).law_term == Term(5, "working_day")


def test_what_an_official_published_outlives_the_next_loading_of_shipped_procedures(cast: Cast) -> None:
    load_catalogue()
    shipped = get_content(get_procedure(SHIPPED))
    bring_in(make_line(ma_thu_tuc=SHIPPED, cach_thuc_thuc_hien=DEARER))
    publish_record(actor=cast.operator(), record_id=get_current(SHIPPED).pk)

    report = load_catalogue()

    published = get_content(get_procedure(SHIPPED))
    assert (report.changed, report.kept) == (
        0,
        ProcedureVersion.objects.filter(procedure__code=SHIPPED).count() - 1,
    )
    assert published.fees[0].amount_vnd == 50_000
    assert (published.form_code, published.steps) == (shipped.form_code, shipped.steps)


@pytest.mark.django_db
def test_the_history_of_a_record_begins_with_its_import() -> None:
    bring_in(make_line())

    [entry] = find_entries(get_current().stream)
    assert (entry.action, entry.detail["version_from"]) == (
        "onestop.record_imported",
        today().isoformat(),
    )


@pytest.mark.django_db
def test_the_command_reports_and_names_the_lines_it_could_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cong.jsonl"
    lines = [make_line(), "{", make_line(ma_thu_tuc="2.000815", cach_thuc_thuc_hien=UNCLEAR)]
    path.write_text("\n".join(lines))

    with pytest.raises(CommandError, match="1 dòng không đọc được"):
        call_command("procedures", "import", str(path))

    said = capsys.readouterr()
    assert "Dòng 2: không phải JSON." in said.err
    assert "Nhập mới 2, cập nhật 0, không đổi 0 bản ghi. Đã công khai 1, chờ công chức 1." in said.out
    assert "Thời hạn: đơn vị: thời hạn không có đơn vị (channels.term_unit, term_without_unit)" in said.out


@pytest.mark.django_db
def test_a_dry_run_prints_a_line_a_record_and_asks_no_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cong.jsonl"
    path.write_text("\n".join([make_line(), make_line(ma_thu_tuc="2.000815")]))

    with CaptureQueriesContext(connection) as asked:
        call_command("procedures", "import", str(path), "--dry-run", "--json")

    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(asked) == 0
    assert [line["code"] for line in printed] == [CODE, "2.000815"]
    assert list(printed[0]) == [
        "code", "levels", "channels", "papers", "results", "legal_basis", "quarantined",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_report_for_machines_counts_by_field_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cong.jsonl"
    path.write_text(make_line(cach_thuc_thuc_hien=UNCLEAR))

    call_command("procedures", "import", str(path), "--json")

    assert json.loads(capsys.readouterr().out) == {
        "imported": 1,
        "updated": 0,
        "unchanged": 0,
        "published": 0,
        "waiting": 1,
        "quarantined": [
            {"field": "channels.term_unit", "reason": "term_without_unit", "count": 1},
            {"field": "channels.term_value", "reason": "term_without_unit", "count": 1},
        ],
    }


@pytest.mark.django_db
def test_statements_do_not_grow_with_the_records() -> None:
    def count(codes: range) -> int:
        with CaptureQueriesContext(connection) as asked:
            bring_in(*(make_line(ma_thu_tuc=f"3.{code:06d}") for code in codes))
        return sum("audit_auditentry" not in query["sql"] for query in asked)

    assert count(range(2)) == count(range(10, 30))
