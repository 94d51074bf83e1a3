from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.errors import InvalidInputError, NotPermittedError, SignInRequiredError, TinhSoError
from tinhso.kernel.jobs.models import OutboxMessage
from tinhso.kernel.moment import travel
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import NOBODY, SYSTEM, Actor

from ..calendar import DayKind, Session
from ..errors import (
    ChoiceInPastError,
    DayAlreadyNamedError,
    DayNotFoundError,
    PlanOverlapError,
    YearIncompleteError,
)
from ..models import AgencyHours, CalendarDay, CalendarYear, ClockPolicyChoice
from ..policy import Question
from ..selectors import get_calendar, get_policy
from ..services import (
    DayHours,
    add_calendar_day,
    announce_calendar_year,
    choose_reading,
    load_calendar,
    remove_calendar_day,
    set_agency_hours,
)
from ..shipped import read_shipped_days
from ..statutory import count_statutory_days
from .clocks import at

pytestmark = pytest.mark.django_db
Editor = Callable[[Agency], Actor]
ON = dt.date.fromisoformat
MORNING = Session(dt.time(7, 30), dt.time(11, 30))


def close(actor: Actor, day: str, agency: Agency | None = None) -> None:
    add_calendar_day(
        actor=actor,
        agency_id=agency.pk if agency else None,
        on=ON(day),
        kind=DayKind.CLOSED,
        name="Nghỉ tránh bão số 12",
        basis="Công điện 118/CĐ-UBND",
    )


def is_worked(day: str, agency: Agency | None = None) -> bool:
    on = ON(day)
    return get_calendar(agency.pk if agency else None, on, on).is_working_day(on)


def test_the_shipped_calendar_is_there_after_migrating_and_loads_once() -> None:
    assert CalendarDay.objects.count() == 110
    assert [y.year for y in CalendarYear.objects.filter(is_announced=False)] == [2027]

    assert load_calendar() == 0


def test_a_year_an_administrator_has_in_hand_is_left_alone() -> None:
    CalendarDay.objects.filter(on__year=2026).delete()
    CalendarDay.objects.filter(on__year=2027).delete()
    CalendarYear.objects.filter(year=2027).delete()

    assert load_calendar() == 12

    assert not CalendarDay.objects.filter(on__year=2026).exists()


def test_every_shipped_year_has_the_days_the_law_gives() -> None:
    off = [d.on.year for d in read_shipped_days() if d.kind in (DayKind.HOLIDAY, DayKind.SUBSTITUTE)]

    assert {year: off.count(year) for year in range(2021, 2028)} == {
        year: count_statutory_days(year) for year in range(2021, 2028)
    }


def test_a_day_off_is_added_for_the_province(province: Agency, editor: Editor) -> None:
    assert is_worked("2026-12-02")

    close(editor(province), "2026-12-02")

    assert not is_worked("2026-12-02")
    entry = find_entries("clock.calendar:province").get()
    assert (entry.action, entry.detail["name"], entry.actor_name) == (
        "clock.day_added",
        "Nghỉ tránh bão số 12",
        "Thử",
    )
    event = OutboxMessage.objects.get(event="clock.calendar_changed")
    assert event.payload == {"agency_id": None, "from_on": "2026-12-02", "to_on": "2026-12-02"}


def test_a_ward_closes_alone(province: Agency, ward: Agency, editor: Editor) -> None:
    close(editor(ward), "2026-12-02", ward)

    assert not is_worked("2026-12-02", ward)
    assert is_worked("2026-12-02", province)
    assert not is_worked("2026-11-24", ward)


def test_an_own_line_of_a_ward_stands_above_the_province(ward: Agency, editor: Editor) -> None:
    add_calendar_day(
        actor=editor(ward),
        agency_id=ward.pk,
        on=ON("2026-11-24"),
        kind=DayKind.MORNING_ONLY,
        name="Trực giải quyết hồ sơ",
        basis="Thông báo 9/TB-UBND",
    )

    assert is_worked("2026-11-24", ward)
    assert not is_worked("2026-11-24")


@pytest.mark.parametrize(("who", "error"), [("ward", NotPermittedError), ("nobody", SignInRequiredError)])
def test_the_calendar_of_the_province_is_for_the_province(
    ward: Agency, editor: Editor, who: str, error: type[TinhSoError]
) -> None:
    actor = editor(ward) if who == "ward" else NOBODY

    with pytest.raises(error):
        close(actor, "2026-12-02")

    assert is_worked("2026-12-02")
    assert not OutboxMessage.objects.filter(event="clock.calendar_changed").exists()


def test_a_ward_does_not_touch_another(province: Agency, ward: Agency, editor: Editor) -> None:
    with pytest.raises(NotPermittedError):
        close(editor(ward), "2026-12-02", province)


@pytest.mark.parametrize(
    ("day", "kind", "field"),
    [
        ("2026-12-05", DayKind.HOLIDAY, "kind"),  # a Saturday
        ("2026-12-02", DayKind.SWAP_WORK, "kind"),  # a Wednesday
    ],
)
def test_a_line_that_would_change_nothing_is_refused(day: str, kind: DayKind, field: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        add_calendar_day(actor=SYSTEM, on=ON(day), kind=kind, name="Thử", basis="Thử")

    assert set(refusal.value.problems) == {field}


def test_a_line_names_its_day_and_its_document() -> None:
    with pytest.raises(InvalidInputError) as refusal:
        add_calendar_day(actor=SYSTEM, on=ON("2026-12-02"), kind=DayKind.CLOSED, name=" ", basis="")

    assert set(refusal.value.problems) == {"name", "basis"}


def test_a_day_has_one_line() -> None:
    with pytest.raises(DayAlreadyNamedError) as refusal:
        close(SYSTEM, "2026-11-24")

    assert refusal.value.sentence == (
        "Ngày 24/11/2026 đã có trong lịch: Ngày Văn hóa Việt Nam. Bỏ dòng đó trước rồi thêm lại."
    )


def test_a_line_is_taken_out_with_its_reason() -> None:
    day = CalendarDay.objects.get(on=ON("2026-11-24"))

    with pytest.raises(InvalidInputError):
        remove_calendar_day(actor=SYSTEM, day_id=day.pk, reason="")
    remove_calendar_day(actor=SYSTEM, day_id=day.pk, reason="Nghị quyết được sửa đổi")

    assert is_worked("2026-11-24")
    assert find_entries("clock.calendar:province").get().detail["reason"] == "Nghị quyết được sửa đổi"
    with pytest.raises(DayNotFoundError):
        remove_calendar_day(actor=SYSTEM, day_id=day.pk, reason="lần nữa")


def test_announcing_makes_the_expected_days_final() -> None:
    announce_calendar_year(actor=SYSTEM, year=2027, basis="Thông báo 1/TB-BNV")

    assert not CalendarDay.objects.filter(on__year=2027, is_expected=True).exists()
    assert CalendarYear.objects.get(year=2027).is_announced


def test_a_year_with_too_few_days_off_is_not_announced() -> None:
    day = ON("2028-01-03")
    add_calendar_day(
        actor=SYSTEM, on=day, kind=DayKind.SUBSTITUTE, name="Nghỉ bù Tết Dương lịch", basis="BLLĐ"
    )

    with pytest.raises(YearIncompleteError) as refusal:
        announce_calendar_year(actor=SYSTEM, year=2028, basis="Thông báo 2/TB-BNV")

    assert (
        refusal.value.sentence == "Chưa công bố được: lịch năm 2028 mới có 1 trên 12 ngày nghỉ lễ theo luật."
    )
    assert not get_calendar(None, day, day).is_known(day)


def test_hours_change_on_a_day_and_the_old_ones_end_before(ward: Agency, editor: Editor) -> None:
    week = {**dict.fromkeys(range(5), DayHours((MORNING,))), 5: DayHours((MORNING,), is_counter_only=True)}

    set_agency_hours(
        actor=editor(ward), agency_id=ward.pk, week=week, valid_from=ON("2026-12-01"), basis="Quyết định 5/QĐ"
    )

    calendar = get_calendar(ward.pk, ON("2026-11-30"), ON("2026-12-05"))
    assert calendar.closing(ON("2026-11-30")) == at("2026-11-30T17:00")
    assert calendar.closing(ON("2026-12-01")) == at("2026-12-01T11:30")
    assert calendar.counter_closing(ON("2026-12-05")) == at("2026-12-05T11:30")
    assert not calendar.is_working_day(ON("2026-12-05"))
    with pytest.raises(PlanOverlapError):
        set_agency_hours(
            actor=editor(ward),
            agency_id=ward.pk,
            week=week,
            valid_from=ON("2026-12-01"),
            basis="Quyết định 6/QĐ",
        )


def test_a_later_pattern_closes_the_one_before() -> None:
    week = dict.fromkeys(range(5), DayHours((MORNING,)))

    set_agency_hours(
        actor=SYSTEM, agency_id=None, week=week, valid_from=ON("2027-01-01"), basis="Quyết định 7/QĐ"
    )

    assert set(AgencyHours.objects.values_list("valid_from", "valid_to")) == {
        (ON("2019-01-01"), ON("2026-12-31")),
        (ON("2027-01-01"), None),
    }


@pytest.mark.parametrize(
    "week",
    [
        {},
        {5: DayHours((MORNING,), is_counter_only=True)},
        {0: DayHours((MORNING, Session(dt.time(11), dt.time(17))))},
    ],
)
def test_hours_that_make_no_week_are_refused(week: dict[int, DayHours]) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        set_agency_hours(
            actor=SYSTEM, agency_id=None, week=week, valid_from=ON("2027-01-01"), basis="Quyết định"
        )

    assert set(refusal.value.problems) == {"week"}


def test_a_reading_counts_for_dossiers_received_from_its_day_on() -> None:
    with travel(at("2026-11-25T10:00")):
        choose_reading(
            actor=SYSTEM,
            question=Question.AFTER_SUPPLEMENT,
            reading="resume",
            valid_from=ON("2026-12-01"),
            basis="Quyết định 12/2026/QĐ-UBND",
        )

    assert get_policy(ON("2026-11-30")).after_supplement == "restart"
    assert get_policy(ON("2026-12-01")).after_supplement == "resume"
    assert (
        get_policy(ON("2026-12-01")).choice(Question.AFTER_SUPPLEMENT).basis == "Quyết định 12/2026/QĐ-UBND"
    )
    assert find_entries("clock.calendar:province").get().action == "clock.reading_chosen"


def test_a_reading_never_reaches_back() -> None:
    with travel(at("2026-11-25T10:00")), pytest.raises(ChoiceInPastError):
        choose_reading(
            actor=SYSTEM,
            question=Question.HOURS,
            reading="clock",
            valid_from=ON("2026-11-25"),
            basis="Quyết định",
        )

    assert not ClockPolicyChoice.objects.exists()


def test_a_reading_the_question_does_not_have_is_refused() -> None:
    with travel(at("2026-11-25T10:00")), pytest.raises(InvalidInputError) as refusal:
        choose_reading(
            actor=SYSTEM, question=Question.HOURS, reading="resume", valid_from=ON("2026-12-01"), basis=""
        )

    assert set(refusal.value.problems) == {"reading", "basis"}
