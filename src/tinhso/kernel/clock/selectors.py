"""Calendars and policies as values, kept in memory as long as the database says they still hold.

Every question costs one small query: the number of `CalendarVersion`, which a trigger moves with each
change of the calendar, the hours or the readings picked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from tinhso.kernel.moment import today

from .calendar import CalendarRangeError, DayKind, NamedDay, Session, WeekHours, WorkingCalendar
from .errors import DayNotFoundError, PolicyUnknownError
from .models import AgencyHours, CalendarDay, CalendarVersion, CalendarYear, ClockPolicyChoice, owned_by
from .policy import LAWS, Policy, Question, find_law
from .shipped import OFFICE_WEEK
from .wording import Named, full_day

FURTHER = dt.timedelta(days=3653)
"""How far beyond the last known year a calendar may be asked for, and how far beyond that a term may run.
Without an end a mistyped year would build a calendar of millennia."""
NOTHING_KNOWN = (dt.date.max, dt.date.min)


def get_calendar(agency_id: UUID | None, from_on: dt.date, to_on: dt.date) -> WorkingCalendar:
    """The calendar of an agency (None: of the province), covering at least the days asked for.

    CalendarRangeError when they end more than ten years after the last known one.
    """
    return _get_snapshot().get_calendar(agency_id, from_on, to_on)


def get_policy(on: dt.date) -> Policy:
    """The legal period of a day with the readings the province picked for it.

    PolicyUnknownError for a day before Decree 61/2018.
    """
    return _get_snapshot().get_policy(on)


def get_last_calendar_day() -> dt.date:
    """The last day a calendar may be asked for."""
    return _get_snapshot().last_asked


def get_clock_rules(agency_id: UUID | None, on: dt.date) -> tuple[WorkingCalendar, Policy]:
    """Both at once, for one query."""
    snapshot = _get_snapshot()
    return snapshot.get_calendar(agency_id, on, on), snapshot.get_policy(on)


def get_clock_rules_of_many(
    asked: Iterable[tuple[UUID | None, dt.date]],
) -> list[tuple[WorkingCalendar, Policy]]:
    """The same for a list of agencies and days, in its order, for one query all the same."""
    snapshot = _get_snapshot()
    return [(snapshot.get_calendar(agency_id, on, on), snapshot.get_policy(on)) for agency_id, on in asked]


def get_calendar_day(day_id: UUID) -> CalendarDay:
    try:
        return CalendarDay.objects.select_related("agency").get(pk=day_id)
    except CalendarDay.DoesNotExist as error:
        raise DayNotFoundError from error


def find_calendar_days(year: int, agency_id: UUID | None = None) -> QuerySet[CalendarDay]:
    """The province's days of a year and, with an agency, that agency's own."""
    return (
        CalendarDay.objects.filter(on__year=year)
        .filter(owned_by(None) | owned_by(agency_id))
        .order_by("on", "agency")
    )


def find_calendar_years() -> QuerySet[CalendarYear]:
    return CalendarYear.objects.order_by("year")


def find_agency_hours(agency_id: UUID | None, on: dt.date) -> list[AgencyHours]:
    """The sessions an agency works that day's week: its own pattern, else the province's."""
    for owner in dict.fromkeys((agency_id, None)):
        rows = AgencyHours.objects.as_of(on).filter(owned_by(owner)).order_by("weekday", "opens_at")
        if found := list(rows):
            return found
    return []


def find_choices() -> QuerySet[ClockPolicyChoice]:
    """Every reading ever picked, newest first."""
    return ClockPolicyChoice.objects.order_by("question", "-valid_from")


@dataclass(slots=True)
class _Snapshot:
    """Everything the clock knows at one version of the calendar."""

    version: int
    days: dict[UUID | None, dict[dt.date, NamedDay]]
    weeks: dict[UUID | None, list[WeekHours]]
    known: tuple[dt.date, dt.date]
    choices: list[ClockPolicyChoice]
    calendars: dict[UUID | None, WorkingCalendar] = field(default_factory=dict)
    policies: dict[dt.date, Policy] = field(default_factory=dict)

    @property
    def last_asked(self) -> dt.date:
        return max(self.known[1], today()) + FURTHER

    def get_calendar(self, agency_id: UUID | None, from_on: dt.date, to_on: dt.date) -> WorkingCalendar:
        if to_on > self.last_asked:
            raise CalendarRangeError(to_on, from_on, self.last_asked)
        # Most agencies follow the province; they share its calendar instead of keeping hundreds alike.
        owner = agency_id if agency_id in self.days or agency_id in self.weeks else None
        kept = self.calendars.get(owner)
        if kept is None or from_on < kept.from_on or kept.to_on < to_on:
            kept = self.calendars[owner] = self._build(owner, from_on)
        return kept

    def _build(self, owner: UUID | None, from_on: dt.date) -> WorkingCalendar:
        known_from, known_to = self.known
        days = {**self.days.get(None, {}), **self.days.get(owner, {})}
        weeks = [*(self.weeks.get(owner, []) if owner else []), *self.weeks.get(None, []), OFFICE_WEEK]
        return WorkingCalendar(
            from_on=min(known_from, from_on),
            to_on=self.last_asked + FURTHER,
            hours=weeks,
            days=days.values(),
            known_from=known_from,
            known_to=known_to,
        )

    def get_policy(self, on: dt.date) -> Policy:
        if on not in self.policies:
            self.policies[on] = self._choose(on)
        return self.policies[on]

    def _choose(self, on: dt.date) -> Policy:
        policy = find_law(on)
        if policy is None:
            raise PolicyUnknownError(on=str(full_day(on)), first=str(full_day(LAWS[0].valid_from)))
        for choice in self.choices:
            if choice.is_valid_on(on):
                policy = policy.choosing(Question(choice.question), choice.reading, choice.basis)
        return policy


_kept: _Snapshot | None = None


def _get_snapshot() -> _Snapshot:
    global _kept  # noqa: PLW0603 (one per process, replaced whole)
    version = CalendarVersion.objects.values_list("number", flat=True).first()
    if _kept is None or version is None or _kept.version != version:
        # The version is read before the rows: a change in between makes this snapshot newer than it
        # says, and the next question reads again.
        _kept = _take_snapshot(version or 0)
    return _kept


def _take_snapshot(version: int) -> _Snapshot:
    days: dict[UUID | None, dict[dt.date, NamedDay]] = {}
    for day in CalendarDay.objects.all():
        days.setdefault(day.agency_id, {})[day.on] = as_named_day(day)
    return _Snapshot(
        version=version,
        days=days,
        weeks=_group_weeks(AgencyHours.objects.order_by("agency", "valid_from", "weekday", "opens_at")),
        known=_find_known(CalendarYear.objects.order_by("year").values_list("year", flat=True)),
        choices=list(ClockPolicyChoice.objects.order_by("valid_from")),
    )


def as_named_day(day: CalendarDay) -> NamedDay:
    return NamedDay(day.on, DayKind(day.kind), Named(day.name, day.name_en), day.basis, day.is_expected)


def _group_weeks(rows: Iterable[AgencyHours]) -> dict[UUID | None, list[WeekHours]]:
    patterns: dict[tuple[UUID | None, dt.date, dt.date | None], list[AgencyHours]] = {}
    for row in rows:
        patterns.setdefault((row.agency_id, row.valid_from, row.valid_to), []).append(row)
    weeks: dict[UUID | None, list[WeekHours]] = {}
    for (agency_id, valid_from, valid_to), sessions in patterns.items():
        weeks.setdefault(agency_id, []).append(_as_week(sessions, valid_from, valid_to))
    return weeks


def _as_week(rows: list[AgencyHours], valid_from: dt.date, valid_to: dt.date | None) -> WeekHours:
    sessions: dict[int, tuple[Session, ...]] = {}
    for row in rows:
        sessions[row.weekday] = (*sessions.get(row.weekday, ()), Session(row.opens_at, row.closes_at))
    return WeekHours(
        sessions=sessions,
        counter_only=frozenset(row.weekday for row in rows if row.is_counter_only),
        valid_from=valid_from,
        valid_to=valid_to or dt.date.max,
    )


def _find_known(years: Iterable[int]) -> tuple[dt.date, dt.date]:
    """The unbroken stretch of known years from the first; a later year behind a gap does not count."""
    listed = list(years)
    if not listed:
        return NOTHING_KNOWN
    last = listed[0]
    while last + 1 in listed:
        last += 1
    return dt.date(listed[0], 1, 1), dt.date(last, 12, 31)
