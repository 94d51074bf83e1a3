"""Looking after the imported catalogue: what waits is found, answered, published, and then filed by citizens."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import Cast
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.clock.services import load_calendar
from tinhso.kernel.orgs.models import AgencyFunction
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.people.models import Account

from ..choices import RecordState
from ..data.national.reading import read_line
from ..models import NationalRecord, RecordDoubt
from ..selectors.procedures import get_content, get_procedure
from ..services.import_records import import_records
from .published import CHANNELS, make_line

UNCLEAR = f"{CHANNELS}Trực tiếp5Miễn phí"
TWO_TERMS = f"{CHANNELS}Trực tuyến5 Ngày làm việcMiễn phíTrực tiếp7 Ngày làm việcMiễn phí"
CATALOGUE = "onestop:catalogue"


@pytest.fixture
def desk(cast: Cast) -> Client:
    load_calendar()
    client = Client()
    client.force_login(Account.objects.get(pk=cast.operator().require_account()))
    return client


def bring_in(*lines: str) -> list[NationalRecord]:
    import_records(actor=SYSTEM, records=[read_line(line) for line in lines], file_name="cong.jsonl")
    return list(NationalRecord.objects.filter(is_current=True).order_by("code"))


def at(name: str, record: NationalRecord) -> str:
    return reverse(f"onestop:{name}", args=[record.code])


def answer(
    record: NationalRecord, unit: str = "working_day", number: str = "5", **more: str
) -> dict[str, str]:
    """What is typed about a term without a unit."""
    doubts = {doubt.field.partition(".")[2]: doubt.pk for doubt in record.doubts.all()}
    typed = {f"d-{doubts['term_value']}": number, f"d-{doubts['term_unit']}": unit}
    return typed | ({f"a-{doubts['term_value']}": "on"} if more.get("alike") else {})


@pytest.mark.parametrize("name", ["nobody", "citizen", "officer"])
def test_only_who_looks_after_the_catalogue_comes_in(cast: Cast, name: str) -> None:
    client = Client()
    if name != "nobody":
        client.force_login(getattr(cast, name))

    assert client.get(reverse(CATALOGUE)).status_code in {302, 403}


def test_an_official_settles_what_waits_and_publishes_it(desk: Client) -> None:
    [record] = bring_in(make_line(cach_thuc_thuc_hien=UNCLEAR))
    page = desk.get(at("record", record)).content.decode()
    assert "Trực tiếp5Miễn phí" in page
    assert "Thời hạn không có đơn vị" in page
    assert desk.post(at("record-publish", record)).status_code == 409

    assert desk.post(at("record-settle", record), answer(record)).status_code == 302
    assert desk.post(at("record-publish", record)).status_code == 302

    record.refresh_from_db()
    content = get_content(get_procedure(record.code))
    assert (record.state, record.open_doubts) == (RecordState.PUBLISHED, 0)
    assert (content.law_term, content.is_filed_here) == (content.term, True)
    assert [entry.action for entry in find_entries(record.stream)] == [
        "onestop.record_imported", "onestop.record_settled", "onestop.record_published",
    ]  # fmt: skip
    assert Client().get(at("procedure", record)).status_code == 200


def test_one_answer_may_settle_every_record_with_the_same_text(desk: Client) -> None:
    first, second, third = bring_in(
        make_line(cach_thuc_thuc_hien=UNCLEAR),
        make_line(ma_thu_tuc="2.000001", cach_thuc_thuc_hien=UNCLEAR),
        make_line(ma_thu_tuc="2.000002", cach_thuc_thuc_hien=f"{CHANNELS}Trực tiếp7Miễn phí"),
    )
    assert "cho 1 bản ghi khác" in desk.get(at("record", first)).content.decode()

    desk.post(at("record-settle", first), answer(first, alike="on"))

    states = [NationalRecord.objects.get(pk=row.pk).state for row in (first, second, third)]
    assert states == [RecordState.READY, RecordState.READY, RecordState.WAITING]
    assert [entry.detail["values"] for entry in list(find_entries(second.stream))[1:]] == [
        {"channels[0].term_value": 5, "channels[0].term_unit": "working_day"}
    ]


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        ("5", "", "Ghi cả số và đơn vị thời gian"),
        ("năm", "working_day", "Ghi thời hạn bằng số"),
        ("5", "tuần", "Từ này không có trong danh sách"),
        ("", "", "Chưa có câu trả lời nào để ghi"),
    ],
)
def test_an_answer_that_is_none_is_told_and_what_was_typed_stays(
    desk: Client, number: str, unit: str, said: str
) -> None:
    [record] = bring_in(make_line(cach_thuc_thuc_hien=UNCLEAR))

    refused = desk.post(at("record-settle", record), answer(record, number=number, unit=unit))

    page = refused.content.decode()
    assert refused.status_code == 422
    assert said in page
    assert number in page
    assert not RecordDoubt.objects.filter(settled_at__isnull=False).exists()


def test_what_the_text_does_not_say_is_settled_as_unknown(desk: Client) -> None:
    [record] = bring_in(make_line(cach_thuc_thuc_hien=UNCLEAR))

    desk.post(at("record-settle", record), {f"n-{doubt.pk}": "on" for doubt in record.doubts.all()})
    desk.post(at("record-publish", record))

    content = get_content(get_procedure(record.code))
    assert (content.term, content.is_filed_here) == (None, False)


def test_a_settled_field_may_be_asked_again_and_the_public_sees_the_old_until_then(desk: Client) -> None:
    [record] = bring_in(make_line(cach_thuc_thuc_hien=UNCLEAR))
    desk.post(at("record-settle", record), answer(record))
    desk.post(at("record-publish", record))

    desk.post(at("record-reopen", record), {"doubt": record.doubts.all()[0].pk})

    record.refresh_from_db()
    assert (record.state, record.open_doubts) == (RecordState.WAITING, 2)
    assert get_content(get_procedure(record.code)).term is not None


def test_a_department_and_a_term_chosen_here_open_the_filing(desk: Client, cast: Cast) -> None:
    AgencyFunction.objects.create(
        function="justice", agency=cast.ward, valid_from=dt.date(2025, 7, 1), legal_basis="NĐ 150/2025/NĐ-CP"
    )
    [record] = bring_in(
        make_line(cap_thuc_hien="Cấp tỉnh", co_quan_thuc_hien="", cach_thuc_thuc_hien=TWO_TERMS)
    )
    page = Client().get(at("procedure", record)).content.decode()
    assert "Trang này để tra cứu" in page
    chosen = {"level": "province", "owner": "justice", "term_value": "7", "term_unit": "working_day"}

    desk.post(at("record-arrange", record), chosen)
    desk.post(at("record-publish", record))

    content = get_content(get_procedure(record.code))
    assert (content.is_filed_here, content.owner_function) == (True, "justice")
    assert content.term is not None
    assert content.term.value == 7
    assert "Nộp trực tuyến" in Client().get(at("procedure", record)).content.decode()


def test_a_function_nobody_holds_cannot_be_chosen(desk: Client) -> None:
    [record] = bring_in(make_line(cap_thuc_hien="Cấp tỉnh", co_quan_thuc_hien=""))

    refused = desk.post(at("record-arrange", record), {"level": "province", "owner": "justice"})

    assert refused.status_code == 422
    assert "không đơn vị nào của tỉnh giữ chức năng này" in refused.content.decode()


def test_the_list_is_narrowed_by_reason_level_and_words_without_accents(desk: Client) -> None:
    bring_in(
        make_line(cach_thuc_thuc_hien=UNCLEAR),
        make_line(ma_thu_tuc="2.000001", ten_thu_tuc="Cấp thẻ căn cước", cap_thuc_hien="Cấp thôn"),
        make_line(ma_thu_tuc="2.000002", ten_thu_tuc="Đăng ký tàu cá", cap_thuc_hien="Cấp bộ"),
    )

    def list_codes(**query: str) -> list[str]:
        return [row.code for row, _ in desk.get(reverse(CATALOGUE), query).context["rows"]]

    assert list_codes() == ["1.000178", "2.000001"]
    assert list_codes(loc="tat-ca") == ["1.000178", "2.000001", "2.000002"]
    assert list_codes(loc="da-cong-khai") == ["2.000002"]
    assert list_codes(nhom="channels.term_unit/term_without_unit") == ["1.000178"]
    assert list_codes(nhom="levels/level_unknown") == ["2.000001"]
    assert list_codes(loc="tat-ca", cap="central") == ["2.000001", "2.000002"]
    assert list_codes(loc="tat-ca", q="tau ca dang ky") == ["2.000002"]
    assert list_codes(q="tau ca") == []


def test_the_list_goes_on_by_key_and_asks_the_same_however_long(desk: Client) -> None:
    bring_in(make_line(cach_thuc_thuc_hien=UNCLEAR))
    desk.get(reverse(CATALOGUE))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse(CATALOGUE))
    bring_in(*(make_line(ma_thu_tuc=f"3.{n:06d}", cach_thuc_thuc_hien=UNCLEAR) for n in range(40)))

    with CaptureQueriesContext(connection) as many:
        first = desk.get(reverse(CATALOGUE))
    second = desk.get(f"{reverse(CATALOGUE)}{first.context['next_url']}")

    codes = [row.code for page in (first, second) for row, _ in page.context["rows"]]
    assert codes == ["1.000178", *(f"3.{n:06d}" for n in range(40))]
    assert len(many) == len(few)


def test_the_ready_ones_of_a_page_are_published_together(desk: Client) -> None:
    records = bring_in(
        make_line(cach_thuc_thuc_hien=UNCLEAR), make_line(ma_thu_tuc="2.000001", cach_thuc_thuc_hien=UNCLEAR)
    )
    desk.post(at("record-settle", records[0]), answer(records[0], alike="on"))

    desk.post(reverse("onestop:records-publish"), {"chon": [str(row.pk) for row in records] + ["x"]})

    assert {get_procedure(row.code).is_filed_here for row in records} == {True}


def test_a_page_that_was_open_while_the_record_came_in_anew_is_refused(desk: Client) -> None:
    [record] = bring_in(make_line(cach_thuc_thuc_hien=UNCLEAR))
    typed = answer(record)
    bring_in(make_line(cach_thuc_thuc_hien=f"{CHANNELS}Trực tiếp6Miễn phí"))

    refused = desk.post(at("record-settle", record), typed)

    assert refused.status_code == 422
    assert NationalRecord.objects.get(is_current=True).state == RecordState.WAITING
