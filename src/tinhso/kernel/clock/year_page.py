"""A year as its page shows it: twelve months of days, and the days that have a name."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .calendar import DayKind, NamedDay, WorkingCalendar
from .models import AgencyHours
from .wording import Named

WEEK_FROM_MONDAY = gregorian.Calendar(firstweekday=0)
MARKS = {
    DayKind.HOLIDAY: "holiday",
    DayKind.SUBSTITUTE: "holiday",
    DayKind.SWAP_OFF: "swapped",
    DayKind.CLOSED: "swapped",
    DayKind.SWAP_WORK: "worked",
    DayKind.MORNING_ONLY: "half",
    DayKind.AFTERNOON_ONLY: "half",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of a month; empty before the first and after the last."""

    on: dt.date | None = None
    css: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    name: Named
    weeks: tuple[tuple[Cell, ...], ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class WeekdayHours:
    weekday: int
    words: str
    """07:30–11:30, 13:30–17:00; empty on a weekly day off."""
    is_counter_only: bool


def draw_months(year: int, calendar: WorkingCalendar, today: dt.date) -> list[Month]:
    return [_draw_month(year, number, calendar, today) for number in range(1, 13)]


def _draw_month(year: int, number: int, calendar: WorkingCalendar, today: dt.date) -> Month:
    first = dt.date(year, number, 1)
    last = dt.date(year, number, gregorian.monthrange(year, number)[1])
    weeks = tuple(
        tuple(_draw_cell(on, calendar, today) if on.month == number else Cell() for on in week)
        for week in WEEK_FROM_MONDAY.monthdatescalendar(year, number)
    )
    name = Named(f"Tháng {number}", gregorian.month_name[number])
    return Month(name, weeks, calendar.count_working_days(first, last))


def _draw_cell(on: dt.date, calendar: WorkingCalendar, today: dt.date) -> Cell:
    named = calendar.named(on)
    css = [] if calendar.is_working_day(on) else ["off"]
    if named is not None:
        css.append(MARKS[named.kind])
        css += ["expected"] if named.is_expected else []
    if on == today:
        css.append("today")
    return Cell(on, " ".join(css), _say(named) if named is not None else "")


def _say(named: NamedDay) -> str:
    return _("%(name)s (dự kiến)") % {"name": named.name} if named.is_expected else str(named.name)


def tell_hours(rows: Iterable[AgencyHours]) -> list[WeekdayHours]:
    """All seven weekdays, Monday first."""
    sessions: dict[int, list[AgencyHours]] = {}
    for row in rows:
        sessions.setdefault(row.weekday, []).append(row)
    return [
        WeekdayHours(
            weekday,
            ", ".join(f"{r.opens_at:%H:%M}–{r.closes_at:%H:%M}" for r in sessions.get(weekday, [])),
            any(r.is_counter_only for r in sessions.get(weekday, [])),
        )
        for weekday in range(7)
    ]
