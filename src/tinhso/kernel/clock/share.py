"""How much of a term is gone, for the ring of a list: from the moments and the due moment alone.

A reading (`reading.py`) counts the days of the law and explains them; it needs the term, which lies in the text of the
procedure. A list of fifty rows draws fifty rings without it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from .calendar import WorkingCalendar
from .policy import Policy
from .term import ClockEvent, ClockEventKind


def read_used_share(
    events: Sequence[ClockEvent],
    *,
    due_at: dt.datetime,
    calendar: WorkingCalendar,
    policy: Policy,
    now: dt.datetime,
) -> float:
    """0 to 1: the office hours the clock ran, of these and what is left until `due_at`.

    A pause does not count; what ran before a pause that starts the term anew does not either.
    Raises CalendarRangeError when the moments leave the calendar.
    """
    ran = 0
    since: dt.datetime | None = None
    pause: ClockEvent | None = None
    for event in events:
        if event.kind is ClockEventKind.RECEIVED:
            since = event.at
        elif event.kind is ClockEventKind.PAUSED and since is not None:
            ran += calendar.seconds_between(since, event.at)
            since, pause = None, event
        elif event.kind is ClockEventKind.RESUMED:
            if pause is not None and policy.restarts_after(pause.cause):
                ran = 0
            since = event.at
    if since is not None:
        ran += calendar.seconds_between(since, min(now, due_at))
    whole = ran + calendar.seconds_between(now, due_at)
    return ran / whole if whole else 1.0
