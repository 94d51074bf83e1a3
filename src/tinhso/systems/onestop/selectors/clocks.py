"""The legal clock of a dossier: when it is due, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from tinhso.kernel.clock.calendar import CalendarRangeError, WorkingCalendar
from tinhso.kernel.clock.reading import (
    ClockEvent,
    ClockEventKind,
    ClockReading,
    Term,
    TermUnit,
    compute_due_at,
    read_clock,
)
from tinhso.kernel.clock.selectors import get_calendar, get_policy
from tinhso.kernel.moment import now

from ..models import Dossier, ProcedureVersion
from .procedures import get_content

REACH = dt.timedelta(days=800)
"""How far a calendar is asked for: longer than any term with its pauses."""


def read_dossier_clock(dossier: Dossier, at: dt.datetime | None = None) -> ClockReading:
    """The clock with its explanation, as shown to officer and citizen."""
    moment = at or now()
    start = _first_day(dossier, moment)
    return read_clock(
        term=get_term(dossier),
        events=get_clock_events(dossier),
        calendar=get_calendar(dossier.resolving_agency_id, start, start + REACH),
        policy=get_policy(start),
        now=moment,
    )


def compute_due(dossier: Dossier) -> dt.datetime | None:
    """When the dossier is due; None for a procedure without a stated term."""
    start = _first_day(dossier, now())
    return compute_due_at(
        term=get_term(dossier),
        events=get_clock_events(dossier),
        calendar=get_calendar(dossier.resolving_agency_id, start, start + REACH),
        policy=get_policy(start),
    )


def compute_step_dues(dossier: Dossier, hours: Sequence[float], start: dt.datetime) -> list[dt.datetime]:
    """When each internal step is due: its working hours after the step before."""
    calendar = _calendar_from(dossier.resolving_agency_id, start)
    dues = []
    moment = start
    for step_hours in hours:
        moment = calendar.add_working_hours(moment, step_hours)
        dues.append(moment)
    return dues


def count_working_minutes(agency_id: UUID, start: dt.datetime, end: dt.datetime) -> int:
    return _calendar_from(agency_id, start).count_working_minutes(start, end)


def get_end_of_work(agency_id: UUID, on: dt.date) -> dt.datetime | None:
    """The end of office hours that day; None on a day off and on one no calendar reaches."""
    try:
        return get_calendar(agency_id, on, on).get_end_of_work(on)
    except CalendarRangeError:
        return None


def get_term(dossier: Dossier) -> Term | None:
    term = get_content(dossier.version).find_term(dossier.form_values)
    return Term(value=term.value, unit=TermUnit(term.unit)) if term else None


def get_clock_events(dossier: Dossier) -> list[ClockEvent]:
    return [ClockEvent.from_json(event) for event in dossier.clock_events]


def _calendar_from(agency_id: UUID, start: dt.datetime) -> WorkingCalendar:
    day = timezone.localdate(start)
    return get_calendar(agency_id, day, day + REACH)


def _first_day(dossier: Dossier, moment: dt.datetime) -> dt.date:
    return timezone.localdate(dossier.accepted_at or dossier.filed_at or moment)


def read_filing_clock(version: ProcedureVersion) -> ClockReading:
    """What the clock would say of a dossier taken in at this moment: shown before anything is filed."""
    moment = now()
    day = timezone.localdate(moment)
    term = get_content(version).term
    return read_clock(
        term=Term(value=term.value, unit=TermUnit(term.unit)) if term else None,
        events=[ClockEvent(kind=ClockEventKind.RECEIVED, at=moment)],
        calendar=get_calendar(None, day, day + REACH),
        policy=get_policy(day),
        now=moment,
    )
