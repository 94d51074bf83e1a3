"""The legal clock of a dossier: when it is due, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from tinhso.kernel.clock.calendar import CalendarRangeError, WorkingCalendar
from tinhso.kernel.clock.policy import Policy
from tinhso.kernel.clock.reading import (
    ClockEvent,
    ClockEventKind,
    ClockReading,
    Term,
    TermUnit,
    compute_due_at,
    read_clock,
)
from tinhso.kernel.clock.selectors import get_calendar, get_clock_rules
from tinhso.kernel.moment import now

from ..data.procedure_file import Term as StatedTerm
from ..models import Dossier, ProcedureVersion
from .procedures import get_content


@dataclass(frozen=True, slots=True)
class Rules:
    """What a clock runs by: the days of an agency and the readings of the law, as of one day."""

    calendar: WorkingCalendar
    policy: Policy


def get_rules(agency_id: UUID | None, on: dt.date) -> Rules:
    """One query. The calendar is the province's where no agency is named."""
    return Rules(*get_clock_rules(agency_id, on))


def get_dossier_rules(dossier: Dossier) -> Rules:
    """Rules of the day the dossier was accepted, or filed where it is not accepted yet."""
    return get_rules(dossier.resolving_agency_id, timezone.localdate(dossier.accepted_at or dossier.filed_at))


def read_dossier_clock(dossier: Dossier, at: dt.datetime | None = None) -> ClockReading:
    """The clock with its explanation, as shown to officer and citizen: as it stood at an instant, now by default."""
    moment = at or now()
    rules = get_dossier_rules(dossier)
    return read_clock(
        term=get_term(dossier),
        events=[event for event in get_clock_events(dossier) if event.at <= moment],
        calendar=rules.calendar,
        policy=rules.policy,
        now=moment,
    )


def compute_due(dossier: Dossier, rules: Rules | None = None) -> dt.datetime | None:
    """When the dossier is due; None for a procedure without a stated term."""
    rules = rules or get_dossier_rules(dossier)
    return compute_due_at(
        term=get_term(dossier),
        events=get_clock_events(dossier),
        calendar=rules.calendar,
        policy=rules.policy,
    )


def compute_step_dues(rules: Rules, hours: Sequence[float], start: dt.datetime) -> list[dt.datetime]:
    """When each internal step is due: its working hours after the step before."""
    dues = []
    moment = start
    for step_hours in hours:
        moment = rules.calendar.add_working_hours(moment, step_hours)
        dues.append(moment)
    return dues


def count_working_minutes(agency_id: UUID, start: dt.datetime, end: dt.datetime) -> int:
    calendar = get_calendar(agency_id, timezone.localdate(start), timezone.localdate(end))
    return calendar.count_working_minutes(start, end)


def get_end_of_work(agency_id: UUID, on: dt.date) -> dt.datetime | None:
    """The end of office hours that day; None on a day off and on one no calendar reaches."""
    try:
        return get_calendar(agency_id, on, on).get_end_of_work(on)
    except CalendarRangeError:
        return None


def read_rest_of_day(agency_id: UUID, moment: dt.datetime) -> tuple[dt.datetime, int] | None:
    """When the office closes today and the working minutes until then; None when it is closed. One query."""
    on = timezone.localdate(moment)
    try:
        calendar = get_calendar(agency_id, on, on)
    except CalendarRangeError:
        return None
    closes_at = calendar.get_end_of_work(on)
    if closes_at is None or closes_at <= moment:
        return None
    return closes_at, calendar.count_working_minutes(moment, closes_at)


def get_term(dossier: Dossier) -> Term | None:
    return as_clock_term(get_content(dossier.version).find_term(dossier.form_values))


def as_clock_term(term: StatedTerm | None) -> Term | None:
    """The term a version states, as the clock counts it."""
    return Term(value=term.value, unit=TermUnit(term.unit)) if term else None


def get_clock_events(dossier: Dossier) -> list[ClockEvent]:
    return [ClockEvent.from_json(event) for event in dossier.clock_events]


def read_filing_clock(version: ProcedureVersion) -> ClockReading:
    """What the clock would say of a dossier taken in at this moment: shown before anything is filed."""
    moment = now()
    rules = get_rules(None, timezone.localdate(moment))
    return read_clock(
        term=as_clock_term(get_content(version).term),
        events=[ClockEvent(kind=ClockEventKind.RECEIVED, at=moment)],
        calendar=rules.calendar,
        policy=rules.policy,
        now=moment,
    )
