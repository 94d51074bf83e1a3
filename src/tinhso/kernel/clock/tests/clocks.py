"""The clock the tests read: the shipped calendar, office hours, and short ways to say a moment."""

from __future__ import annotations

import datetime as dt

from tinhso.kernel.clock.calendar import VIETNAM, Session, WeekHours, WorkingCalendar
from tinhso.kernel.clock.policy import Policy, Question, find_law
from tinhso.kernel.clock.reading import ClockEvent, ClockEventKind, ClockReading, Term, TermUnit, read_clock
from tinhso.kernel.clock.shipped import OFFICE_DAY, OFFICE_WEEK, read_shipped_days

KNOWN_TO = dt.date(2027, 12, 31)
MORNING = (Session(dt.time(7, 30), dt.time(11, 30)),)
COUNTER_WEEK = WeekHours(
    sessions={**dict.fromkeys(range(5), OFFICE_DAY), 5: MORNING}, counter_only=frozenset({5})
)


def build_calendar(*hours: WeekHours) -> WorkingCalendar:
    return WorkingCalendar(
        from_on=dt.date(2019, 1, 1),
        to_on=dt.date(2030, 12, 31),
        hours=hours or (OFFICE_WEEK,),
        days=[day.named_day for day in read_shipped_days()],
        known_from=dt.date(2019, 1, 1),
        known_to=KNOWN_TO,
    )


CALENDAR = build_calendar()


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def policy(on: str = "2026-11-18", **readings: str) -> Policy:
    law = find_law(dt.date.fromisoformat(on))
    assert law is not None
    for question, value in readings.items():
        law = law.choosing(Question(question), value, "")
    return law


def received(text: str) -> ClockEvent:
    return ClockEvent(ClockEventKind.RECEIVED, at(text))


def paused(text: str, cause: str = "supplement") -> ClockEvent:
    return ClockEvent(ClockEventKind.PAUSED, at(text), cause)


def resumed(text: str, cause: str = "supplement") -> ClockEvent:
    return ClockEvent(ClockEventKind.RESUMED, at(text), cause)


def extended(text: str, new_due_at: str) -> ClockEvent:
    return ClockEvent(ClockEventKind.EXTENDED, at(text), "extension", at(new_due_at))


def finished(text: str, cause: str = "signed") -> ClockEvent:
    return ClockEvent(ClockEventKind.FINISHED, at(text), cause)


def stopped(text: str) -> ClockEvent:
    return ClockEvent(ClockEventKind.STOPPED, at(text))


def working_days(value: int) -> Term:
    return Term(value, TermUnit.WORKING_DAY)


def days(value: int) -> Term:
    return Term(value, TermUnit.DAY)


def months(value: int) -> Term:
    return Term(value, TermUnit.MONTH)


def hours(value: int) -> Term:
    return Term(value, TermUnit.HOUR)


def read(
    term: Term | None,
    *events: ClockEvent,
    now: str | None = None,
    calendar: WorkingCalendar = CALENDAR,
    under: Policy | None = None,
) -> ClockReading:
    moment = at(now) if now else (events[-1].at if events else at("2026-11-25T09:00"))
    return read_clock(term=term, events=events, calendar=calendar, policy=under or policy(), now=moment)


def due(term: Term, *events: ClockEvent, under: Policy | None = None) -> str:
    """The due moment as 2026-11-26T17:00."""
    due_at = read(term, *events, under=under).due_at
    assert due_at is not None
    return due_at.isoformat(timespec="minutes")[:16]


def band(reading: ClockReading) -> list[str]:
    """The ruler in short: "19/11 counted Ngày 1"."""
    return [f"{day.on:%d/%m} {day.kind} {day.label}".rstrip() for day in reading.days]
