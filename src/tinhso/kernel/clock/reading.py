"""Reading a legal clock: what is due, how much is used, and every step that led there.

    read_clock(term=Term(3, TermUnit.WORKING_DAY), events=events, calendar=calendar, policy=policy, now=now)

The calendar comes from `selectors.get_calendar`, the policy from `selectors.get_policy`. Nothing here
touches a database, the time or the language; sentences are rendered when read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .calendar import WorkingCalendar, add_working_hours, local
from .counting import Arrival, Counter, counter_for, hand_over_at
from .course import ClockState, Course, follow
from .policy import Choice, CutOff, Lateness, Policy, Question
from .ruler import Pin, RulerDay, build_days, compact
from .step import ClockStep
from .steps import build_steps
from .term import (
    FINANCIAL_DUTY,
    SIGNED,
    SUPPLEMENT,
    ClockEvent,
    ClockEventKind,
    ClockEventOrderError,
    Term,
    TermUnit,
)

__all__ = [
    "FINANCIAL_DUTY",
    "SIGNED",
    "SUPPLEMENT",
    "ClockEvent",
    "ClockEventKind",
    "ClockEventOrderError",
    "ClockReading",
    "ClockState",
    "ClockStep",
    "Pin",
    "RulerDay",
    "Term",
    "TermUnit",
    "add_working_hours",
    "compute_due_at",
    "hand_over_at",
    "read_clock",
]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock as it stands at `now`."""

    state: ClockState
    term: Term | None
    now: dt.datetime
    policy: Policy
    received_at: dt.datetime | None = None
    counted_from: dt.datetime | None = None
    """From when the term counts; after a restart, the new beginning."""
    due_at: dt.datetime | None = None
    """None before receipt, while paused, once stopped, and without a term."""
    promised_at: dt.datetime | None = None
    """The due moment last promised, kept while paused or stopped."""
    used_share: float = 0.0
    """0 to 1."""
    finished_at: dt.datetime | None = None
    is_late: bool = False
    remaining_minutes: int = 0
    """Working minutes left, 0 when late; while paused, what is left when the clock runs again."""
    is_extended: bool = False
    is_provisional: bool = False
    """The calendar of a day on the way is not announced yet, so the due moment may move."""
    days: tuple[RulerDay, ...] = ()
    steps: tuple[ClockStep, ...] = ()
    choices: tuple[Choice, ...] = ()
    """The open readings that decided this clock."""

    @property
    def policy_names(self) -> tuple[str, ...]:
        return tuple(str(choice.name) for choice in self.choices)

    def compact_days(self, most: int = 14) -> tuple[RulerDay, ...]:
        """The ruler in at most `most` cells: stretches without a moment in them are folded."""
        return compact(self.days, most)


def read_clock(
    *,
    term: Term | None,
    events: Sequence[ClockEvent],
    calendar: WorkingCalendar,
    policy: Policy,
    now: dt.datetime,
) -> ClockReading:
    """Follow the events under one calendar and one policy.

    Raises ClockEventOrderError when the events cannot follow one another, CalendarRangeError when they
    leave the calendar.
    """
    now = local(now)
    counter = counter_for(term, calendar, policy) if term is not None else None
    course = follow(events, counter)
    if course.received is None:
        return ClockReading(ClockState.NOT_STARTED, term, now, policy)
    days = build_days(course, counter, events, now) if counter is not None else ()
    steps = build_steps(course, counter, days)
    finished = course.last if course.state is ClockState.FINISHED else None
    return ClockReading(
        state=course.state,
        term=term,
        now=now,
        policy=policy,
        received_at=local(course.received.at),
        counted_from=course.runs[-1].start.counted_from if course.runs else None,
        due_at=course.due_at,
        promised_at=course.due.at if course.due is not None else None,
        used_share=_used_share(course, counter, now),
        finished_at=local(finished.at) if finished is not None else None,
        is_late=_is_late(course, policy, now),
        remaining_minutes=_remaining_minutes(course, policy, calendar, now),
        is_extended=course.is_extended,
        is_provisional=_is_provisional(days, calendar),
        days=days,
        steps=steps,
        choices=_choices_used(course, counter) if counter is not None else (),
    )


def compute_due_at(
    *, term: Term | None, events: Sequence[ClockEvent], calendar: WorkingCalendar, policy: Policy
) -> dt.datetime | None:
    """The due moment alone, without its explanation: None while paused, stopped or without a term."""
    if term is None:
        return None
    return follow(events, counter_for(term, calendar, policy)).due_at


def _ruling_moment(course: Course, now: dt.datetime) -> dt.datetime:
    """The instant up to which the clock ran: now, or when it was held or ended."""
    if course.state is ClockState.RUNNING or course.last is None:
        return now
    return local(course.last.at)


def _is_late(course: Course, policy: Policy, now: dt.datetime) -> bool:
    if course.due is None:
        return False
    run = course.runs[-1]
    until = local(run.pause.at) if run.pause is not None else _ruling_moment(course, now)
    if policy.lateness is Lateness.DAY:
        return until.date() > course.due.at.date()
    return until > course.due.at


def _used_share(course: Course, counter: Counter | None, now: dt.datetime) -> float:
    if counter is None or not course.runs:
        return 0.0
    run = course.runs[-1]
    if run.total == 0:
        return 0.0
    if run.pause is not None:
        return min(1.0, (run.carried + run.used) / run.total)
    until = _ruling_moment(course, now)
    if until >= run.due.at:
        return 1.0
    used = float(counter.used(run.start, until))
    if until >= run.start.counted_from:
        used += counter.part_of_day(until)
    return min(1.0, (run.carried + used) / run.total)


def _remaining_minutes(course: Course, policy: Policy, calendar: WorkingCalendar, now: dt.datetime) -> int:
    if not course.runs or course.state in (ClockState.STOPPED, ClockState.FINISHED):
        return 0
    run = course.runs[-1]
    since = now
    if run.pause is not None:
        # What a restart would give back is the whole term.
        since = run.start.counted_from if policy.restarts_after(run.pause.cause) else local(run.pause.at)
    return calendar.count_working_minutes(max(since, run.start.counted_from), run.due.at)


def _is_provisional(days: Sequence[RulerDay], calendar: WorkingCalendar) -> bool:
    return any(
        not calendar.is_known(day.on) or ((named := calendar.named(day.on)) is not None and named.is_expected)
        for day in days
    )


def _choices_used(course: Course, counter: Counter) -> tuple[Choice, ...]:
    """Only the readings this clock met: the cut-off when something came late, the cause of a pause."""
    policy = counter.policy
    used = {Question.HOURS} if counter.is_in_hours else {Question.DUE_HOUR}
    for run in course.runs:
        if run.pause is not None and run.pause.cause == SUPPLEMENT:
            used.add(Question.AFTER_SUPPLEMENT)
        if run.pause is not None and run.pause.cause == FINANCIAL_DUTY:
            used.add(Question.AFTER_PAYMENT)
        if counter.term.is_same_day:
            continue
        is_late = run.start.arrival is not Arrival.IN_TIME
        if is_late:
            used.add(Question.CUT_OFF)
        if not counter.is_in_hours and not (is_late and policy.cut_off is CutOff.NEXT_DAY_COUNTS):
            used.add(Question.FIRST_DAY)
    return tuple(policy.choice(question) for question in Question if question in used)
