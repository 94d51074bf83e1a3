"""The ring of a list: office hours gone, of those gone and left."""

from __future__ import annotations

import pytest

from ..share import read_used_share
from ..term import ClockEvent
from .clocks import CALENDAR, at, paused, policy, received, resumed

# Monday 23 and Wednesday 25 November 2026 are 7 h 30 each; Tuesday 24 is a holiday.
MONDAY_MORNING = received("2026-11-23T07:30")


def share(now: str, due: str, *events: ClockEvent) -> float:
    return read_used_share(events, due_at=at(due), calendar=CALENDAR, policy=policy(), now=at(now))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T07:30", 0.0),
        ("2026-11-23T17:00", 0.5),
        ("2026-11-24T12:00", 0.5),
        ("2026-11-25T11:30", 11.5 / 15),
        ("2026-11-25T17:00", 1.0),
        ("2026-11-27T10:00", 1.0),
    ],
)
def test_it_fills_with_the_office_hours_alone(now: str, expected: float) -> None:
    assert share(now, "2026-11-25T17:00", MONDAY_MORNING) == pytest.approx(expected)


def test_a_pause_that_goes_on_from_where_it_was_keeps_what_ran() -> None:
    pause = paused("2026-11-23T11:30", "financial_duty")
    events = (MONDAY_MORNING, pause, resumed("2026-11-25T07:30", "financial_duty"))

    assert share("2026-11-25T07:30", "2026-11-26T11:00", *events) == pytest.approx(4 / (4 + 11))


def test_a_supplement_begins_anew() -> None:
    events = (MONDAY_MORNING, paused("2026-11-23T11:30"), resumed("2026-11-25T07:30"))

    assert share("2026-11-25T07:30", "2026-11-27T17:00", *events) == 0.0


def test_the_ring_stands_still_in_a_pause() -> None:
    events = (MONDAY_MORNING, paused("2026-11-23T11:30", "financial_duty"))
    due = "2026-11-25T17:00"

    assert share("2026-11-25T07:30", due, *events) == pytest.approx(4 / (4 + 7.5))
