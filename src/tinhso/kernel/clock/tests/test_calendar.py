from __future__ import annotations

import datetime as dt

import pytest

from tinhso.kernel.clock.calendar import (
    CalendarRangeError,
    DayKind,
    NamedDay,
    Session,
    WeekHours,
    WorkingCalendar,
    add_working_hours,
)
from tinhso.kernel.clock.shipped import OFFICE_WEEK, read_shipped_days
from tinhso.kernel.clock.wording import Named

from .clocks import CALENDAR, COUNTER_WEEK, MORNING, at, build_calendar

ON = dt.date.fromisoformat


def test_shipped_calendar_names_every_day_and_its_document() -> None:
    days = list(read_shipped_days())

    assert len(days) == 110
    assert {day.on.year for day in days} == set(range(2019, 2028))
    assert all(day.name and day.name_en and day.basis for day in days)
    assert [day.on.isoformat() for day in days if day.is_expected] == [
        "2027-02-04",
        "2027-02-05",
        "2027-02-08",
        "2027-02-09",
        "2027-02-10",
        "2027-09-03",
    ]


def test_every_shipped_day_off_is_a_weekday_and_every_worked_one_a_saturday() -> None:
    for day in read_shipped_days():
        assert (day.on.weekday() == 5) is (day.kind is DayKind.SWAP_WORK), day


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("2026-01-02", False),  # swapped off for
        ("2026-01-10", True),  # this Saturday
        ("2026-01-03", False),
        ("2025-05-02", False),
        ("2025-04-26", True),
        ("2026-11-24", False),  # Ngày Văn hóa Việt Nam
        ("2025-11-24", True),  # before Resolution 28/2026/QH16
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-02-23", True),
    ],
)
def test_working_days(day: str, is_worked: bool) -> None:
    assert CALENDAR.is_working_day(ON(day)) is is_worked


def test_a_worked_saturday_keeps_ordinary_hours() -> None:
    saturday = ON("2026-01-10")

    assert CALENDAR.opening(saturday) == at("2026-01-10T07:30")
    assert CALENDAR.closing(saturday) == at("2026-01-10T17:00")
    assert CALENDAR.seconds_on(saturday) == 7.5 * 3600


def test_next_working_day_jumps_over_tet() -> None:
    assert CALENDAR.next_working_day(ON("2026-02-13")) == ON("2026-02-23")
    assert CALENDAR.next_working_day(ON("2025-01-24")) == ON("2025-02-03")
    assert CALENDAR.count_working_days(ON("2026-02-13"), ON("2026-02-23")) == 2
    assert CALENDAR.count_working_days(ON("2026-02-23"), ON("2026-02-13")) == 0


def test_hours_stop_for_lunch_and_for_the_night() -> None:
    assert CALENDAR.add_seconds(at("2026-11-25T11:00"), 3600) == at("2026-11-25T14:00")
    assert CALENDAR.add_seconds(at("2026-11-25T16:30"), 3600) == at("2026-11-26T08:00")
    assert CALENDAR.add_seconds(at("2026-11-25T09:00"), 150 * 60) == at("2026-11-25T11:30")
    assert CALENDAR.add_seconds(at("2026-11-28T09:00"), 60) == at("2026-11-30T07:31")
    assert CALENDAR.count_working_minutes(at("2026-11-25T11:00"), at("2026-11-25T14:00")) == 60
    assert CALENDAR.count_working_minutes(at("2026-11-26T09:00"), at("2026-11-25T14:00")) == 0


def test_eight_planned_hours_are_one_working_day_even_when_it_has_seven_and_a_half() -> None:
    monday = at("2026-11-30T07:30")

    assert add_working_hours(monday, 8, CALENDAR) == at("2026-11-30T17:00")
    assert add_working_hours(monday, 24, CALENDAR) == at("2026-12-02T17:00")
    assert add_working_hours(monday, 4, CALENDAR) == at("2026-11-30T11:15")
    assert add_working_hours(at("2026-11-30T10:00"), 8, CALENDAR) == at("2026-12-01T10:00")
    assert add_working_hours(at("2026-11-28T10:00"), 8, CALENDAR) == at("2026-11-30T17:00")
    assert add_working_hours(monday, 0, CALENDAR) == monday


def test_a_half_day_counts_as_a_working_day_with_half_its_hours() -> None:
    storm = NamedDay(ON("2026-11-25"), DayKind.MORNING_ONLY, Named("Nghỉ chiều tránh bão"))
    calendar = _calendar([OFFICE_WEEK], [storm])

    assert calendar.is_working_day(storm.on)
    assert calendar.closing(storm.on) == at("2026-11-25T11:30")
    assert calendar.add_seconds(at("2026-11-25T11:00"), 3600) == at("2026-11-26T08:00")


def test_a_saturday_counter_takes_dossiers_but_is_no_working_day() -> None:
    calendar = build_calendar(COUNTER_WEEK)
    saturday = ON("2026-11-28")

    assert calendar.counter_closing(saturday) == at("2026-11-28T11:30")
    assert not calendar.is_working_day(saturday)
    assert calendar.counter_closing(ON("2026-11-29")) is None


def test_a_saturday_morning_that_counts_is_a_working_day() -> None:
    calendar = build_calendar(WeekHours({**OFFICE_WEEK.sessions, 5: MORNING}))

    assert calendar.is_working_day(ON("2026-11-28"))
    assert calendar.closing(ON("2026-11-28")) == at("2026-11-28T11:30")
    assert add_working_hours(at("2026-11-28T07:30"), 8, calendar) == at("2026-11-28T11:30")


def test_hours_follow_the_pattern_of_their_day() -> None:
    summer = WeekHours(
        dict.fromkeys(
            range(5), (Session(dt.time(7), dt.time(11, 30)), Session(dt.time(14), dt.time(17, 30)))
        ),
        valid_from=ON("2026-04-16"),
        valid_to=ON("2026-10-15"),
    )
    calendar = _calendar([summer, OFFICE_WEEK], [])

    assert calendar.closing(ON("2026-10-15")) == at("2026-10-15T17:30")
    assert calendar.closing(ON("2026-10-16")) == at("2026-10-16T17:00")


def test_a_day_outside_the_calendar_is_refused() -> None:
    calendar = _calendar([OFFICE_WEEK], [])

    with pytest.raises(CalendarRangeError):
        calendar.is_working_day(ON("2027-01-01"))
    with pytest.raises(CalendarRangeError):
        calendar.nth_working_day(ON("2026-12-30"), 3)
    with pytest.raises(CalendarRangeError):
        calendar.add_seconds(at("2026-12-31T16:00"), 2 * 3600)


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.add_seconds(dt.datetime(2026, 11, 25, 9), 60)  # noqa: DTZ001 (the mistake under test)


def test_a_session_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="closes after it opens"):
        Session(dt.time(17), dt.time(7, 30))


def _calendar(weeks: list[WeekHours], days: list[NamedDay]) -> WorkingCalendar:
    return WorkingCalendar(from_on=ON("2026-01-01"), to_on=ON("2026-12-31"), hours=weeks, days=days)
