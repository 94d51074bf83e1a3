from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from ..calendar import CalendarRangeError, DayKind
from ..errors import PolicyUnknownError
from ..models import CalendarDay, CalendarVersion, CalendarYear
from ..selectors import get_calendar, get_clock_rules, get_policy

pytestmark = pytest.mark.django_db
ON = dt.date.fromisoformat


def test_asking_again_costs_one_query_and_gives_the_same_calendar(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = get_calendar(None, ON("2026-01-01"), ON("2026-12-31"))

    with django_assert_num_queries(1):
        assert get_calendar(None, ON("2026-01-01"), ON("2026-12-31")) is first
    with django_assert_num_queries(1):
        calendar, policy = get_clock_rules(None, ON("2026-11-18"))
    assert calendar is first
    assert policy.code == "nd118_2025"


def test_a_change_behind_the_services_is_seen_too() -> None:
    assert _is_worked("2026-12-02")

    _close("2026-12-02")

    assert not _is_worked("2026-12-02")


def test_a_change_that_failed_leaves_no_trace_in_memory() -> None:
    savepoint = transaction.savepoint()
    _close("2026-12-02")
    assert not _is_worked("2026-12-02")
    transaction.savepoint_rollback(savepoint)
    assert _is_worked("2026-12-02")

    _close("2026-12-03")

    assert _is_worked("2026-12-02")
    assert not _is_worked("2026-12-03")


def test_a_calendar_reaches_as_far_as_it_is_asked() -> None:
    calendar = get_calendar(None, ON("2018-01-01"), ON("2037-12-31"))

    assert calendar.is_working_day(ON("2018-01-02"))
    assert calendar.is_working_day(ON("2037-12-31"))
    with pytest.raises(CalendarRangeError):
        get_calendar(None, ON("2018-01-01"), ON("2038-01-01"))
    assert not calendar.is_known(ON("2018-12-31"))
    assert calendar.is_known(ON("2027-12-31"))
    assert not calendar.is_known(ON("2028-01-01"))


def test_a_year_behind_a_gap_is_not_known() -> None:
    CalendarYear.objects.create(year=2029, basis="Thử")

    assert get_calendar(None, ON("2026-01-01"), ON("2026-01-01")).known_to == ON("2027-12-31")


def test_an_empty_calendar_knows_nothing_and_is_never_kept() -> None:
    CalendarDay.objects.all().delete()
    CalendarYear.objects.all().delete()
    CalendarVersion.objects.all().delete()

    calendar = get_calendar(None, ON("2026-11-24"), ON("2026-11-24"))

    assert not calendar.is_known(ON("2026-11-24"))
    assert calendar.is_working_day(ON("2026-11-24"))
    assert get_calendar(None, ON("2026-11-24"), ON("2026-11-24")) is not calendar


@pytest.mark.parametrize(
    ("on", "code"),
    [("2018-06-21", "nd61_2018"), ("2025-06-30", "nd61_2018"), ("2025-07-01", "nd118_2025")],
)
def test_the_policy_is_the_one_of_the_day(on: str, code: str) -> None:
    assert get_policy(ON(on)).code == code


def test_before_the_first_decree_there_is_no_policy() -> None:
    with pytest.raises(PolicyUnknownError) as refusal:
        get_policy(ON("2018-06-20"))

    assert "20/06/2018" in refusal.value.sentence


def _close(day: str) -> None:
    CalendarDay.objects.create(on=ON(day), kind=DayKind.CLOSED, name="Nghỉ tránh bão", basis="Công điện")


def _is_worked(day: str) -> bool:
    return get_calendar(None, ON(day), ON(day)).is_working_day(ON(day))
