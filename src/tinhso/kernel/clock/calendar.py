"""Working days and working hours of one agency, as a value that answers without touching a database.

Everything is decided when the calendar is built (running totals of working days and seconds), so a
question is one or two list look-ups. Instants are aware; the calendar reads them in Vietnam time.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from .wording import Named

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = 12 * 3600
NOMINAL_DAY = 8 * 3600
"""Steps are planned in hours, and 8 hours are one working day however long that day is."""
MONDAY = 0


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    SUBSTITUTE = "substitute"
    """Off because a holiday fell on a weekly day off (Labour Code 2019, article 111.3)."""
    SWAP_OFF = "swap_off"
    SWAP_WORK = "swap_work"
    """A weekly day off that is worked to make up for a swapped day."""
    CLOSED = "closed"
    """Closed by an order: storm, flood, mourning."""
    MORNING_ONLY = "morning_only"
    AFTERNOON_ONLY = "afternoon_only"

    @property
    def is_off(self) -> bool:
        return self in _OFF


_OFF = frozenset({DayKind.HOLIDAY, DayKind.SUBSTITUTE, DayKind.SWAP_OFF, DayKind.CLOSED})


class CalendarRangeError(LookupError):
    """A day outside the days this calendar was built for."""

    def __init__(self, on: dt.date, from_on: dt.date, to_on: dt.date) -> None:
        self.on = on
        super().__init__(f"{on} is outside the calendar ({from_on} to {to_on})")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that departs from the weekly pattern, and the document that says so."""

    on: dt.date
    kind: DayKind
    name: Named
    basis: str = ""
    is_expected: bool = False
    """Derived from the rule; the competent body has not announced it yet."""


@dataclass(frozen=True, slots=True)
class Session:
    """Office hours without a break, the closing moment included."""

    opens: dt.time
    closes: dt.time

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError(f"a session closes after it opens: {self.opens}-{self.closes}")


@dataclass(frozen=True, eq=False, slots=True)
class WeekHours:
    """The weekly pattern for a time; both ends inclusive, as the law writes them."""

    sessions: Mapping[int, tuple[Session, ...]]
    """From weekday (Monday is 0) to its sessions; a weekday left out is a weekly day off."""
    counter_only: frozenset[int] = field(default=frozenset())
    """Weekdays when the counter takes dossiers but no term counts (Saturday mornings)."""
    valid_from: dt.date = dt.date.min
    valid_to: dt.date = dt.date.max


_Seconds = tuple[tuple[int, int], ...]


class WorkingCalendar:
    """Which days and hours an agency works, from `from_on` to `to_on`.

    Between `known_from` and `known_to` the days off are known; outside, the weekly pattern alone
    answers and readings must say so (`is_known`). A day outside the range raises CalendarRangeError.
    """

    def __init__(
        self,
        *,
        from_on: dt.date,
        to_on: dt.date,
        hours: Sequence[WeekHours],
        days: Iterable[NamedDay] = (),
        known_from: dt.date | None = None,
        known_to: dt.date | None = None,
    ) -> None:
        self.from_on, self.to_on = from_on, to_on
        self.known_from, self.known_to = known_from or from_on, known_to or to_on
        self._hours = tuple(hours)
        self._named = {named.on: named for named in days}
        self._first = from_on.toordinal()
        self._sessions: list[_Seconds] = []
        self._counter: list[_Seconds] = []
        self._working: list[int] = []
        self._days_before = [0]
        self._seconds_before = [0]
        self._nominal_before = [0]
        self._patterns: dict[tuple[WeekHours, int], _Seconds] = {}
        for offset in range(to_on.toordinal() - self._first + 1):
            self._append(offset)

    def _append(self, offset: int) -> None:
        on = dt.date.fromordinal(self._first + offset)
        week = self._week(on)
        named = self._named.get(on)
        usual, ordinary = self._pattern(week, on.weekday()), self._pattern(week, MONDAY)
        counts = bool(usual) and on.weekday() not in week.counter_only
        worked = _worked(named, usual if counts else (), ordinary)
        self._sessions.append(worked)
        self._counter.append(worked or (() if named is not None and named.kind.is_off else usual))
        if worked:
            self._working.append(offset)
        length, full = _length(worked), _length(usual if counts else ordinary)
        self._days_before.append(self._days_before[-1] + bool(worked))
        self._seconds_before.append(self._seconds_before[-1] + length)
        nominal = NOMINAL_DAY * length // full if full else 0
        self._nominal_before.append(self._nominal_before[-1] + nominal)

    def _week(self, on: dt.date) -> WeekHours:
        for week in self._hours:
            if week.valid_from <= on <= week.valid_to:
                return week
        return _NO_HOURS

    def _pattern(self, week: WeekHours, weekday: int) -> _Seconds:
        """The sessions of a weekday in seconds, one tuple shared by every such day."""
        key = week, weekday
        if key not in self._patterns:
            sessions = week.sessions.get(weekday, ())
            self._patterns[key] = tuple((_second(s.opens), _second(s.closes)) for s in sessions)
        return self._patterns[key]

    # Days

    def is_known(self, on: dt.date) -> bool:
        return self.known_from <= on <= self.known_to

    def named(self, on: dt.date) -> NamedDay | None:
        return self._named.get(on)

    def is_working_day(self, on: dt.date) -> bool:
        return bool(self._sessions[self._offset(on)])

    def working_day_from(self, on: dt.date) -> dt.date:
        """That day when it is worked, else the next working day."""
        return self.nth_working_day(on, 1)

    def next_working_day(self, on: dt.date) -> dt.date:
        return self.nth_working_day(on, 1 + self.is_working_day(on))

    def nth_working_day(self, first: dt.date, count: int) -> dt.date:
        """The `count`-th working day, `first` being the first day that may count."""
        place = self._days_before[self._offset(first)] + count - 1
        if place >= len(self._working):
            raise CalendarRangeError(first + dt.timedelta(days=count), self.from_on, self.to_on)
        return dt.date.fromordinal(self._first + self._working[place])

    def count_working_days(self, first: dt.date, last: dt.date) -> int:
        """Working days from `first` to `last`, both included; 0 when `last` comes before."""
        if last < first:
            return 0
        return self._days_before[self._offset(last) + 1] - self._days_before[self._offset(first)]

    # Hours

    def opening(self, on: dt.date) -> dt.datetime:
        return instant(on, self._worked_on(on)[0][0])

    def closing(self, on: dt.date) -> dt.datetime:
        return instant(on, self._worked_on(on)[-1][1])

    def counter_closing(self, on: dt.date) -> dt.datetime | None:
        """When the counter closes that day, term-counting day or not; None when it does not open."""
        sessions = self._counter[self._offset(on)]
        return instant(on, sessions[-1][1]) if sessions else None

    def seconds_on(self, on: dt.date) -> int:
        offset = self._offset(on)
        return self._seconds_before[offset + 1] - self._seconds_before[offset]

    def seconds_between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Working seconds from one instant to another; 0 when the second comes before."""
        return max(0, self._position(local(end)) - self._position(local(start)))

    def count_working_minutes(self, start: dt.datetime, end: dt.datetime) -> int:
        return self.seconds_between(start, end) // 60

    def get_end_of_work(self, on: dt.date) -> dt.datetime | None:
        """When the office closes that day; None on a day off."""
        return self.closing(on) if self.is_working_day(on) else None

    def add_seconds(self, start: dt.datetime, seconds: int) -> dt.datetime:
        """The first instant at which `seconds` working seconds have passed since `start`."""
        start = local(start)
        if seconds <= 0:
            return start
        target = self._position(start) + seconds
        offset = self._find(self._seconds_before, target, start)
        return self._instant_at(offset, target - self._seconds_before[offset])

    def add_working_hours(self, start: dt.datetime, hours: int | float | Decimal) -> dt.datetime:
        """When a step of so many planned hours is due: 8 hours are one working day, whatever its length."""
        start, seconds = local(start), round(hours * 3600)
        if seconds <= 0:
            return start
        offset = self._offset(start.date())
        target = self._nominal_before[offset] + seconds
        if whole := _length(self._sessions[offset]):
            nominal = self._nominal_before[offset + 1] - self._nominal_before[offset]
            target += nominal * (self._position(start) - self._seconds_before[offset]) // whole
        offset = self._find(self._nominal_before, target, start)
        rest = target - self._nominal_before[offset]
        nominal = self._nominal_before[offset + 1] - self._nominal_before[offset]
        return self._instant_at(offset, -(-rest * _length(self._sessions[offset]) // nominal))

    def office_moment_from(self, at: dt.datetime) -> dt.datetime:
        """That instant when it lies between opening and closing of a working day, else the next opening."""
        at = local(at)
        if self.is_working_day(at.date()):
            if at < (opening := self.opening(at.date())):
                return opening
            if at <= self.closing(at.date()):
                return at
        return self.opening(self.next_working_day(at.date()))

    # Inside

    def _offset(self, on: dt.date) -> int:
        offset = on.toordinal() - self._first
        if not 0 <= offset < len(self._sessions):
            raise CalendarRangeError(on, self.from_on, self.to_on)
        return offset

    def _worked_on(self, on: dt.date) -> _Seconds:
        sessions = self._sessions[self._offset(on)]
        if not sessions:
            raise ValueError(f"{on} is a day off")
        return sessions

    def _position(self, at: dt.datetime) -> int:
        """Working seconds from the beginning of the calendar to an instant."""
        offset = self._offset(at.date())
        second = at.hour * 3600 + at.minute * 60 + at.second
        passed = 0
        for opens, closes in self._sessions[offset]:
            if second <= opens:
                break
            passed += min(second, closes) - opens
        return self._seconds_before[offset] + passed

    def _find(self, totals: list[int], target: int, start: dt.datetime) -> int:
        offset = bisect_left(totals, target) - 1
        if offset >= len(self._sessions):
            raise CalendarRangeError(start.date(), self.from_on, self.to_on)
        return offset

    def _instant_at(self, offset: int, passed: int) -> dt.datetime:
        on = dt.date.fromordinal(self._first + offset)
        for opens, closes in self._sessions[offset]:
            if passed <= closes - opens:
                return instant(on, opens + passed)
            passed -= closes - opens
        raise AssertionError("more seconds than the day has")


_NO_HOURS = WeekHours(sessions={})


def local(at: dt.datetime) -> dt.datetime:
    """The instant in Vietnam time. A time without its zone is refused."""
    if at.tzinfo is VIETNAM:
        return at
    if at.tzinfo is None:
        raise ValueError("an instant carries its time zone")
    return at.astimezone(VIETNAM)


def instant(on: dt.date, second: int = 0) -> dt.datetime:
    """The instant `second` seconds into a day."""
    minutes, seconds = divmod(second, 60)
    return dt.datetime(on.year, on.month, on.day, minutes // 60, minutes % 60, seconds, tzinfo=VIETNAM)


def add_working_hours(
    start: dt.datetime, hours: int | float | Decimal, calendar: WorkingCalendar
) -> dt.datetime:
    """When a step of so many planned hours is due: 8 hours are one working day, whatever its length."""
    return calendar.add_working_hours(start, hours)


def _second(time: dt.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second


def _length(sessions: _Seconds) -> int:
    return sum(closes - opens for opens, closes in sessions)


def _worked(named: NamedDay | None, usual: _Seconds, ordinary: _Seconds) -> _Seconds:
    """The sessions worked on a day. A Saturday worked for another day keeps ordinary office hours."""
    if named is None:
        return usual
    if named.kind.is_off:
        return ()
    sessions = usual or ordinary
    if named.kind is DayKind.MORNING_ONLY:
        return tuple(s for s in sessions if s[0] < NOON)
    if named.kind is DayKind.AFTERNOON_ONLY:
        return tuple(s for s in sessions if s[0] >= NOON)
    return sessions
