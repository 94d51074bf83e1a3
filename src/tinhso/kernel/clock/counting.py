"""How one unit of term is counted: working days, calendar days and months, working or clock hours.

Units are whole days for day terms and seconds for hour terms. Sources: Civil Code 2015, articles 147
and 148; Decree 61/2018, article 18, for the 15:00 cut-off.
"""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from .calendar import WorkingCalendar, instant, local
from .policy import CutOff, DueHour, FirstDay, Hours, Policy
from .term import Term, TermUnit

ONE_DAY = dt.timedelta(days=1)
LAST_SECOND = 24 * 3600 - 1


class Arrival(StrEnum):
    IN_TIME = "in_time"
    LATE = "late"
    """On a working day, after the cut-off or after the office closed."""
    DAY_OFF = "day_off"


@dataclass(frozen=True, slots=True)
class Start:
    """Where counting starts after a receipt or a return."""

    at: dt.datetime
    arrival: Arrival
    limit: dt.time
    """The last second in time that day."""
    deemed_on: dt.date
    """The day the event counts as having happened."""
    first: dt.date
    """The first day that may count."""
    counted_from: dt.datetime


@dataclass(frozen=True, slots=True)
class Due:
    at: dt.datetime
    last: dt.date
    """The last day of the term, before a day off moves it on."""

    @property
    def is_moved(self) -> bool:
        return self.at.date() != self.last


class Counter(ABC):
    """Counts the units of one term under one calendar and one policy."""

    counts_days_off = False
    is_in_hours = False

    def __init__(self, term: Term, calendar: WorkingCalendar, policy: Policy) -> None:
        self.term, self.calendar, self.policy = term, calendar, policy

    def begin(self, at: dt.datetime) -> Start:
        at = local(at)
        arrival, limit = classify_arrival(at, self.calendar, self.policy)
        is_moved = arrival is not Arrival.IN_TIME and self.policy.cut_off is not CutOff.HAND_OVER_ONLY
        deemed_on = self.calendar.next_working_day(at.date()) if is_moved else at.date()
        first = self._first_day(at, deemed_on, is_moved)
        counted_from = self._counted_from(at, first, is_moved)
        return Start(at, arrival, limit, deemed_on, first, counted_from)

    def _first_day(self, at: dt.datetime, deemed_on: dt.date, is_moved: bool) -> dt.date:
        if is_moved and self.policy.cut_off is CutOff.NEXT_DAY_COUNTS:
            return deemed_on
        if self.policy.first_day is FirstDay.SAME_DAY and (is_moved or self._is_before_closing(at)):
            return deemed_on
        return deemed_on + ONE_DAY

    def _is_before_closing(self, at: dt.datetime) -> bool:
        return self.calendar.is_working_day(at.date()) and at < self.calendar.closing(at.date())

    def _counted_from(self, at: dt.datetime, first: dt.date, is_moved: bool) -> dt.datetime:
        return self.calendar.opening(first) if self.calendar.is_working_day(first) else instant(first)

    def _end_of(self, on: dt.date) -> dt.datetime:
        if self.policy.due_hour is DueHour.MIDNIGHT:
            return instant(on, LAST_SECOND)
        return self.calendar.closing(on)

    @abstractmethod
    def total(self, start: Start) -> int:
        """Units of the whole term, counted from `start`."""

    @abstractmethod
    def due(self, start: Start, units: int) -> Due:
        """When `units` (one at least) are used up."""

    @abstractmethod
    def used(self, start: Start, until: dt.datetime) -> int:
        """Whole units used between `start` and an instant."""

    @abstractmethod
    def span(self, start: Start, new_due_at: dt.datetime) -> int:
        """Units from `start` up to a new due moment, its day included."""

    def part_of_day(self, until: dt.datetime) -> float:
        """The share of the unit under way, for day terms."""
        return 0.0


class WorkingDayCounter(Counter):
    def _first_day(self, at: dt.datetime, deemed_on: dt.date, is_moved: bool) -> dt.date:
        first = super()._first_day(at, deemed_on, is_moved)
        if self.term.is_same_day:
            first = self._same_day(at)
        return self.calendar.working_day_from(first)

    def _same_day(self, at: dt.datetime) -> dt.date:
        """Within the day when received in time, else within the next working day, whatever the policy
        (Decree 23/2015, article 7, for certified copies; the civil status procedures say the same)."""
        arrival, _ = classify_arrival(at, self.calendar, self.policy)
        return at.date() if arrival is Arrival.IN_TIME else self.calendar.next_working_day(at.date())

    def total(self, start: Start) -> int:
        return max(1, self.term.value)

    def due(self, start: Start, units: int) -> Due:
        last = self.calendar.nth_working_day(start.first, units)
        return Due(self._end_of(last), last)

    def used(self, start: Start, until: dt.datetime) -> int:
        on = until.date()
        if self._is_before_closing(until):
            on -= ONE_DAY
        return self.calendar.count_working_days(start.first, on)

    def span(self, start: Start, new_due_at: dt.datetime) -> int:
        return self.calendar.count_working_days(start.first, new_due_at.date())

    def part_of_day(self, until: dt.datetime) -> float:
        on = until.date()
        if not self._is_before_closing(until):
            return 0.0
        return self.calendar.seconds_between(self.calendar.opening(on), until) / self.calendar.seconds_on(on)


class CalendarDayCounter(Counter):
    counts_days_off = True

    def total(self, start: Start) -> int:
        if self.term.unit is TermUnit.DAY:
            return self.term.value
        return (self._corresponding_day(start) - start.first).days + 1

    def _corresponding_day(self, start: Start) -> dt.date:
        """The day of the last month with the number of the day of receipt, or that month's last day
        (Civil Code 148.3). When the day of receipt itself counts, the term ends the day before."""
        if start.first > start.deemed_on:
            return add_months(start.first - ONE_DAY, self.term.value)
        whole = add_months(start.first, self.term.value) - ONE_DAY
        return max(whole, add_months(start.first - ONE_DAY, self.term.value))

    def due(self, start: Start, units: int) -> Due:
        last = start.first + dt.timedelta(days=units - 1)
        return Due(self._end_of(self.calendar.working_day_from(last)), last)

    def used(self, start: Start, until: dt.datetime) -> int:
        on = until.date()
        if self._is_before_closing(until) or not self.calendar.is_working_day(on):
            on -= ONE_DAY
        return max(0, (on - start.first).days + 1)

    def span(self, start: Start, new_due_at: dt.datetime) -> int:
        return max(0, (new_due_at.date() - start.first).days + 1)

    def part_of_day(self, until: dt.datetime) -> float:
        if self.calendar.is_working_day(until.date()) and not self._is_before_closing(until):
            return 0.0
        return (until - instant(until.date())).total_seconds() / (24 * 3600)


class WorkingHourCounter(Counter):
    is_in_hours = True

    def _first_day(self, at: dt.datetime, deemed_on: dt.date, is_moved: bool) -> dt.date:
        return deemed_on

    def _counted_from(self, at: dt.datetime, first: dt.date, is_moved: bool) -> dt.datetime:
        return self.calendar.opening(first) if is_moved else at.replace(microsecond=0)

    def total(self, start: Start) -> int:
        return self.term.value * 3600

    def due(self, start: Start, units: int) -> Due:
        at = self.calendar.add_seconds(start.counted_from, units)
        return Due(at, at.date())

    def used(self, start: Start, until: dt.datetime) -> int:
        return self.calendar.seconds_between(start.counted_from, until)

    def span(self, start: Start, new_due_at: dt.datetime) -> int:
        return self.used(start, new_due_at)


class ClockHourCounter(WorkingHourCounter):
    """Hours of the clock, day and night. One that ends outside office hours ends at the next opening."""

    counts_days_off = True

    def due(self, start: Start, units: int) -> Due:
        end = start.counted_from + dt.timedelta(seconds=units)
        return Due(self.calendar.office_moment_from(end), end.date())

    def used(self, start: Start, until: dt.datetime) -> int:
        return max(0, int((local(until).replace(microsecond=0) - start.counted_from).total_seconds()))


def counter_for(term: Term, calendar: WorkingCalendar, policy: Policy) -> Counter:
    if term.unit is TermUnit.WORKING_DAY:
        return WorkingDayCounter(term, calendar, policy)
    if term.unit is TermUnit.HOUR:
        kind = WorkingHourCounter if policy.hours is Hours.WORKING else ClockHourCounter
        return kind(term, calendar, policy)
    return CalendarDayCounter(term, calendar, policy)


def classify_arrival(at: dt.datetime, calendar: WorkingCalendar, policy: Policy) -> tuple[Arrival, dt.time]:
    """Whether an instant (Vietnam time) is in time that day, and the last second that would be.

    The second of the cut-off itself is still in time. On a day that closes before the cut-off, the
    closing takes its place.
    """
    closing = calendar.counter_closing(at.date())
    if closing is None:
        return Arrival.DAY_OFF, policy.cut_off_at
    limit = min(policy.cut_off_at, closing.time())
    if at.time().replace(microsecond=0) <= limit:
        return Arrival.IN_TIME, limit
    return (Arrival.LATE if calendar.is_working_day(at.date()) else Arrival.DAY_OFF), limit


def hand_over_at(at: dt.datetime, calendar: WorkingCalendar, policy: Policy) -> dt.datetime:
    """When a dossier received at an instant reaches who resolves it: at once, or the next opening
    (Decree 61/2018, article 18). A dossier taken in on a Saturday at the counter waits for Monday."""
    at = local(at)
    arrival, _ = classify_arrival(at, calendar, policy)
    if arrival is Arrival.IN_TIME and calendar.is_working_day(at.date()):
        return at
    return calendar.opening(calendar.next_working_day(at.date()))


def add_months(on: dt.date, months: int) -> dt.date:
    """The day with the same number, or the last of the month when it has none."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return dt.date(year, month + 1, min(on.day, gregorian.monthrange(year, month + 1)[1]))
