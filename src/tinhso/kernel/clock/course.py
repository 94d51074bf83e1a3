"""The course of one clock: its events folded into runs, each with what it used and when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .calendar import local
from .counting import Counter, Due, Start
from .term import ClockEvent, ClockEventKind, ClockEventOrderError


class ClockState(StrEnum):
    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"


_ALLOWED = {
    ClockEventKind.RECEIVED: (ClockState.NOT_STARTED,),
    ClockEventKind.PAUSED: (ClockState.RUNNING,),
    ClockEventKind.RESUMED: (ClockState.PAUSED,),
    ClockEventKind.EXTENDED: (ClockState.RUNNING,),
    ClockEventKind.FINISHED: (ClockState.RUNNING, ClockState.PAUSED),
    ClockEventKind.STOPPED: (ClockState.RUNNING, ClockState.PAUSED),
}
_NEXT = {
    ClockEventKind.RECEIVED: ClockState.RUNNING,
    ClockEventKind.PAUSED: ClockState.PAUSED,
    ClockEventKind.RESUMED: ClockState.RUNNING,
    ClockEventKind.EXTENDED: ClockState.RUNNING,
    ClockEventKind.FINISHED: ClockState.FINISHED,
    ClockEventKind.STOPPED: ClockState.STOPPED,
}


@dataclass(slots=True)
class Run:
    """A stretch in which the clock runs, from a receipt or a return to a pause or the end."""

    begun_by: ClockEvent
    start: Start
    total: int
    """Units of the whole term as seen from this run; an extension adds to it."""
    carried: int
    """Units used in earlier runs that still count."""
    due: Due
    is_restart: bool = False
    pause: ClockEvent | None = None
    extension: ClockEvent | None = None
    used: int = 0
    """Units this run used up to its pause; meaningless while it runs."""

    @property
    def planned(self) -> int:
        """Units this run has before it is due."""
        return max(0, self.total - self.carried)


@dataclass(slots=True)
class Course:
    state: ClockState = ClockState.NOT_STARTED
    received: ClockEvent | None = None
    last: ClockEvent | None = None
    runs: list[Run] = field(default_factory=list)
    is_extended: bool = False

    @property
    def due(self) -> Due | None:
        """The due moment last promised, also while paused."""
        return self.runs[-1].due if self.runs else None

    @property
    def due_at(self) -> dt.datetime | None:
        if self.state not in (ClockState.RUNNING, ClockState.FINISHED) or not self.runs:
            return None
        return self.runs[-1].due.at


def follow(events: Sequence[ClockEvent], counter: Counter | None) -> Course:
    """Fold the events. Without a counter (no term in law) only the states are followed."""
    course = Course()
    for event in events:
        _check(course, event)
        if counter is not None:
            _count(course, event, counter)
        course.state = _NEXT[event.kind]
        course.received = course.received or event
        course.last = event
    return course


def _check(course: Course, event: ClockEvent) -> None:
    if course.state not in _ALLOWED[event.kind]:
        raise ClockEventOrderError(f"{event.kind} cannot follow while the clock is {course.state}")
    if course.last is not None and event.at < course.last.at:
        raise ClockEventOrderError(f"{event.kind} at {event.at} comes before {course.last.at}")


def _count(course: Course, event: ClockEvent, counter: Counter) -> None:
    if event.kind is ClockEventKind.RECEIVED:
        start = counter.begin(event.at)
        total = counter.total(start)
        course.runs.append(Run(event, start, total, 0, counter.due(start, total)))
    elif event.kind is ClockEventKind.PAUSED:
        run = course.runs[-1]
        run.pause = event
        run.used = min(run.planned, counter.used(run.start, local(event.at)))
    elif event.kind is ClockEventKind.RESUMED:
        course.runs.append(_resume(course.runs[-1], event, counter))
    elif event.kind is ClockEventKind.EXTENDED:
        _extend(course, event, counter)


def _resume(before: Run, event: ClockEvent, counter: Counter) -> Run:
    start = counter.begin(event.at)
    cause = before.pause.cause if before.pause is not None else ""
    if counter.policy.restarts_after(cause):
        total = counter.total(start)
        return Run(event, start, total, 0, counter.due(start, total), is_restart=True)
    carried = before.carried + before.used
    left = before.total - carried
    # A term already used up when the pause began stays late: its due moment does not move.
    due = counter.due(start, left) if left > 0 else before.due
    return Run(event, start, before.total, carried, due)


def _extend(course: Course, event: ClockEvent, counter: Counter) -> None:
    run = course.runs[-1]
    if event.new_due_at is None:
        raise ClockEventOrderError("an extension names the new due moment")
    new_due_at = local(event.new_due_at)
    if new_due_at <= run.due.at:
        raise ClockEventOrderError(f"the new due moment {new_due_at} is not after {run.due.at}")
    calendar, on = counter.calendar, new_due_at.date()
    is_moved = not calendar.is_working_day(on)
    at = calendar.closing(calendar.next_working_day(on)) if is_moved else new_due_at
    run.total = run.carried + counter.span(run.start, new_due_at)
    run.due = Due(at, on)
    run.extension = event
    course.is_extended = True
