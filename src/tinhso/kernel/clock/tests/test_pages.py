from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.kernel.moment import travel
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account

from ..models import AgencyHours, CalendarDay, CalendarYear, ClockPolicyChoice
from .clocks import at

pytestmark = pytest.mark.django_db
CALENDAR, POLICY = "/lich-lam-viec", "/cach-tinh-thoi-han"
NOVEMBER = {"nhan_ngay": "18/11/2026", "nhan_gio": "15:42", "so": "3", "don_vi": "working_day", "vi": ""}


@pytest.fixture(autouse=True)
def _today() -> object:
    with travel(at("2026-11-25T09:00")):
        yield


@pytest.fixture
def desk(client: Client, administrator: Account) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def ward_desk(client: Client, ward_administrator: Account) -> Client:
    client.force_login(ward_administrator)
    return client


def day_of(on: str) -> dict[str, str]:
    year, month, day = on.split("-")
    return {"on_day": day, "on_month": month, "on_year": year}


def from_day(on: str) -> dict[str, str]:
    year, month, day = on.split("-")
    return {"valid_from_day": day, "valid_from_month": month, "valid_from_year": year}


def test_anybody_reads_the_calendar_of_this_year(client: Client) -> None:
    page = client.get(CALENDAR).content.decode()

    assert "Lịch làm việc 2026" in page
    assert "249 ngày làm việc. Lịch đã công bố." in page
    assert "Ngày Văn hóa Việt Nam" in page
    assert "Nghị quyết 28/2026/QH16" in page
    assert "07:30–11:30, 13:30–17:00" in page
    assert reverse("clock:add_day") not in page


def test_expected_days_are_said_to_be_expected(client: Client) -> None:
    page = client.get(f"{CALENDAR}?nam=2027").content.decode()

    assert "còn 6 ngày nghỉ dự kiến, chưa có thông báo" in page


def test_a_year_not_entered_yet_says_so_and_a_far_one_is_not_found(client: Client) -> None:
    assert "Lịch năm 2028 chưa có" in client.get(f"{CALENDAR}?nam=2028").content.decode()
    assert "Lịch năm 2031 chưa có" in client.get(f"{CALENDAR}?nam=2031").content.decode()
    for year in ("2038", "2018", "1999", "9999", "x", "20260"):
        assert client.get(f"{CALENDAR}?nam={year}").status_code == 404
    assert client.get(f"{CALENDAR}?co-quan=x").status_code == 404


def test_the_calendar_speaks_english(client: Client) -> None:
    client.cookies["django_language"] = "en"

    page = client.get(CALENDAR).content.decode()

    assert "Vietnamese Culture Day" in page
    assert "Working calendar 2026" in page


def test_an_administrator_adds_a_day(desk: Client) -> None:
    form = {
        "scope": "tinh",
        **day_of("2026-12-02"),
        "kind": "closed",
        "name": "Nghỉ tránh bão số 12",
        "basis": "Công điện 118/CĐ-UBND",
    }

    answer = desk.post(reverse("clock:add_day"), form)

    assert (answer.status_code, answer["Location"]) == (302, f"{CALENDAR}?nam=2026")
    day = CalendarDay.objects.get(on=dt.date(2026, 12, 2))
    assert (day.agency, day.kind, day.basis) == (None, "closed", "Công điện 118/CĐ-UBND")
    page = desk.get(CALENDAR).content.decode()
    assert "248 ngày làm việc" in page
    assert reverse("clock:remove_day", args=[day.pk]) in page


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(desk: Client) -> None:
    form = {"scope": "tinh", **day_of("2026-12-05"), "kind": "holiday", "name": "Thử", "basis": "Văn bản thử"}

    page = desk.post(reverse("clock:add_day"), form).content.decode()

    assert "Ngày này vốn đã là ngày nghỉ" in page
    assert "Văn bản thử" in page
    assert CalendarDay.objects.count() == 110


def test_a_day_is_taken_out_with_its_reason(desk: Client) -> None:
    day = CalendarDay.objects.get(on=dt.date(2026, 11, 24))
    address = reverse("clock:remove_day", args=[day.pk])

    assert "Bỏ 24/11/2026, Ngày Văn hóa Việt Nam?" in desk.get(address).content.decode()
    desk.post(address, {"reason": ""})
    assert CalendarDay.objects.filter(pk=day.pk).exists()
    desk.post(address, {"reason": "Nhập nhầm"})

    assert not CalendarDay.objects.filter(pk=day.pk).exists()


def test_a_ward_edits_its_own_calendar_alone(ward_desk: Client, ward: Agency) -> None:
    day = CalendarDay.objects.get(on=dt.date(2026, 11, 24))
    form = {
        "scope": "tinh",
        **day_of("2026-12-02"),
        "kind": "closed",
        "name": "Nghỉ tránh bão số 12",
        "basis": "Công điện 118/CĐ-UBND",
    }

    assert ward_desk.get(reverse("clock:remove_day", args=[day.pk])).status_code == 403
    assert ward_desk.get(reverse("clock:announce_year", args=[2027])).status_code == 403
    assert ward_desk.get(reverse("clock:choose", args=["hours"])).status_code == 403
    assert ward_desk.post(reverse("clock:add_day"), form).status_code == 200
    assert not CalendarDay.objects.filter(on=dt.date(2026, 12, 2)).exists()

    ward_desk.post(reverse("clock:add_day"), form | {"scope": str(ward.pk)})

    assert CalendarDay.objects.get(on=dt.date(2026, 12, 2)).agency == ward
    page = ward_desk.get(f"{CALENDAR}?nam=2026&co-quan={ward.pk}").content.decode()
    assert "248 ngày làm việc" in page


@pytest.mark.parametrize(
    "address",
    [
        "/lich-lam-viec/them-ngay",
        "/lich-lam-viec/gio",
        "/lich-lam-viec/cong-bo/2027",
        "/cach-tinh-thoi-han/hours",
    ],
)
def test_nobody_else_gets_in(client: Client, address: str, ward_administrator: Account) -> None:
    citizen = Account.objects.create_user("025091000417", kind="citizen", full_name="Trần Văn Dũng")

    assert client.get(address).status_code in (302, 401)
    client.force_login(citizen)
    assert client.get(address).status_code == 403


def test_a_year_is_announced(desk: Client) -> None:
    answer = desk.post(reverse("clock:announce_year", args=[2027]), {"basis": "Thông báo 1/TB-BNV"})

    assert answer.status_code == 302
    assert CalendarYear.objects.get(year=2027).is_announced


def test_hours_are_written_as_people_write_them(desk: Client) -> None:
    form = {"scope": "tinh", **from_day("2027-01-01"), "basis": "Quyết định 5/QĐ-UBND"}
    form |= {f"day_{weekday}": "7h30-11h30; 13:30 – 17:00" for weekday in range(5)}
    form |= {"day_5": "07:30–11:30", "counter_5": "on"}

    answer = desk.post(reverse("clock:hours"), form)

    assert answer.status_code == 302, answer.content.decode()
    rows = AgencyHours.objects.filter(valid_from=dt.date(2027, 1, 1)).order_by("weekday", "opens_at")
    assert [(r.weekday, f"{r.opens_at:%H:%M}", f"{r.closes_at:%H:%M}", r.is_counter_only) for r in rows][
        -3:
    ] == [
        (4, "07:30", "11:30", False),
        (4, "13:30", "17:00", False),
        (5, "07:30", "11:30", True),
    ]


def test_hours_nobody_can_read_are_refused(desk: Client) -> None:
    form = {"scope": "tinh", **from_day("2027-01-01"), "basis": "Quyết định", "day_0": "sáng chiều"}

    page = desk.post(reverse("clock:hours"), form).content.decode()

    assert "Viết giờ như 07:30–11:30, 13:30–17:00" in page
    assert not AgencyHours.objects.filter(valid_from=dt.date(2027, 1, 1)).exists()


def test_anybody_reads_how_terms_are_counted(client: Client) -> None:
    page = client.get(POLICY).content.decode()

    assert "Bổ sung xong thì đếm lại từ đầu" in page
    assert "Bổ sung xong thì đếm tiếp" in page
    assert "NĐ 118/2025, Điều 18" in page
    assert "Bộ luật Dân sự 2015, Điều 148.5" in page
    assert "21/06/2018 đến hết 30/06/2025" in page


def test_a_dossier_is_tried_on_the_clock(client: Client) -> None:
    page = client.get(POLICY, NOVEMBER).content.decode()

    assert "Hẹn 17:00, thứ Hai 23/11" in page
    assert "Nhận hồ sơ sau 15:00, nên tính từ ngày làm việc kế tiếp, thứ Năm 19/11." in page


def test_a_tried_pause_starts_again_or_is_still_open(client: Client) -> None:
    held = NOVEMBER | {"vi": "supplement", "dung_ngay": "20/11/2026", "dung_gio": "08:10"}
    back = held | {"tiep_ngay": "23/11/2026", "tiep_gio": "19:25"}

    assert "Đang dừng, chưa có hạn mới" in client.get(POLICY, held).content.decode()
    assert "Hẹn 17:00, thứ Sáu 27/11" in client.get(POLICY, back).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"nhan_ngay": "31/11/2026"}, "Ngày này không có trong lịch."),
        ({"nhan_gio": "25:00"}, "Viết giờ như 15:42."),
        ({"nhan_gio": ""}, "Ghi cả ngày và giờ"),
        ({"nhan_ngay": "01/01/2018"}, "Chưa có quy định tính thời hạn cho ngày 01/01/2018."),
        ({"nhan_ngay": "01/01/9999"}, "Ngày này quá xa"),
        ({"so": "366"}, "Thời hạn theo đơn vị này từ 0 đến 365."),
        ({"so": "0", "don_vi": "day"}, "Thời hạn theo đơn vị này từ 1 đến 500."),
        ({"vi": "supplement"}, "Ghi lúc đồng hồ dừng."),
        (
            {"vi": "supplement", "dung_ngay": "17/11/2026", "dung_gio": "08:00"},
            "Đồng hồ chỉ dừng được sau khi",
        ),
    ],
)
def test_what_cannot_be_tried_is_said(client: Client, change: dict[str, str], sentence: str) -> None:
    answer = client.get(POLICY, NOVEMBER | change)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "Hẹn 17:00" not in answer.content.decode()


def test_the_province_chooses_a_reading(desk: Client) -> None:
    form = {"reading": "resume", **from_day("2026-12-01"), "basis": "Quyết định 12/2026/QĐ-UBND"}

    answer = desk.post(reverse("clock:choose", args=["after_supplement"]), form)

    assert answer.status_code == 302
    assert ClockPolicyChoice.objects.get().reading == "resume"
    page = desk.get(POLICY).content.decode()
    assert "Từ 01/12/2026: Bổ sung xong thì đếm tiếp. Quyết định 12/2026/QĐ-UBND." in page
    with travel(at("2026-12-02T09:00")):
        assert "Quyết định 12/2026/QĐ-UBND" in desk.get(POLICY).content.decode()


def test_a_reading_for_today_is_refused_on_the_page(desk: Client) -> None:
    form = {"reading": "resume", **from_day("2026-11-25"), "basis": "Quyết định"}

    page = desk.post(reverse("clock:choose", args=["after_supplement"]), form).content.decode()

    assert "Cách tính chỉ đổi được cho ngày sau hôm nay" in page
    assert not ClockPolicyChoice.objects.exists()


def test_a_question_nobody_asks_is_not_found(desk: Client) -> None:
    assert desk.get("/cach-tinh-thoi-han/khong-co").status_code == 404
