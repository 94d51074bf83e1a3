"""The day ruler: one entry per calendar day from receipt to due, with what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .calendar import DayKind, WorkingCalendar, instant, local
from .counting import ONE_DAY, Counter
from .course import ClockState, Course, Run
from .term import SIGNED, SUPPLEMENT, ClockEvent, ClockEventKind
from .wording import NOTHING, Named, Words, clock_time, duration, gettext_noop, words

RulerKind = Literal["counted", "paused", "off", "uncounted"]

BEFORE_OPENING = 4.0
AFTER_CLOSING = 88.0
END_OF_DAY = 98.0
"""Where office hours lie on a cell, in percent: the hours outside are squeezed into its edges."""


@dataclass(frozen=True, slots=True)
class Pin:
    at: dt.datetime
    share: float
    """Place on the day's cell, 0 to 100."""
    kind: str
    words: Words

    @property
    def label(self) -> str:
        return str(self.words)


@dataclass(frozen=True, slots=True)
class RulerDay:
    """One calendar day, or a folded run of them (`until` set)."""

    on: dt.date
    kind: RulerKind
    words: Words
    ordinal: int | None = None
    is_holiday: bool = False
    is_due: bool = False
    pins: tuple[Pin, ...] = ()
    name: Named | None = None
    """What the calendar calls the day, when it departs from the weekly pattern."""
    seconds: int = 0
    """Counted that day, for terms in hours."""
    until: dt.date | None = None
    is_void: bool = False
    """Counted once, then dropped because counting started again."""

    @property
    def label(self) -> str:
        return str(self.words)

    @property
    def note(self) -> str:
        return str(self.name) if self.name is not None else ""


def build_days(
    course: Course, counter: Counter, events: Sequence[ClockEvent], now: dt.datetime
) -> tuple[RulerDay, ...]:
    if course.received is None:
        return ()
    first = local(course.received.at).date()
    counted = _find_counted(course, counter)
    paused = _find_paused(course, counter, now)
    due = None if course.state is ClockState.STOPPED or course.state is ClockState.PAUSED else course.due
    pins: dict[dt.date, list[Pin]] = {}
    for event in events:
        at = local(event.at)
        pins.setdefault(at.date(), []).append(_pin(event, at, counter.calendar))
    days = []
    for on in each_day(first, _last_day(course, now)):
        named = counter.calendar.named(on)
        day = _classify(on, counted, paused, counter, due.last if due else None)
        days.append(
            replace(
                day,
                is_holiday=named is not None and named.kind in (DayKind.HOLIDAY, DayKind.SUBSTITUTE),
                is_due=due is not None and on == due.at.date(),
                name=named.name if named is not None else None,
                pins=tuple(pins.get(on, ())),
            )
        )
    return tuple(_mark_late(day, due.at.date() if due else None) for day in days)


def each_day(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    on = first
    while on <= last:
        yield on
        on += ONE_DAY


def find_first_paused_on(run: Run, counter: Counter) -> dt.date:
    """The first day the clock stood still: the day of the pause, or the next when it had been worked."""
    if run.pause is None:
        return dt.date.max
    at = local(run.pause.at)
    is_over = counter.calendar.is_working_day(at.date()) and at >= counter.calendar.closing(at.date())
    return at.date() + ONE_DAY if is_over else at.date()


def _last_day(course: Course, now: dt.datetime) -> dt.date:
    last = course.last
    ends = [local(last.at).date()] if last is not None else []
    if course.state is ClockState.PAUSED:
        ends.append(local(now).date())
    elif course.due is not None and course.state is not ClockState.STOPPED:
        ends.append(course.due.at.date())
        if course.state is ClockState.RUNNING and now > course.due.at:
            ends.append(local(now).date())
    return max(ends)


def _find_counted(course: Course, counter: Counter) -> dict[dt.date, RulerDay]:
    """What a restart dropped is marked void; a day that two runs share adds up their hours."""
    last_restart = max((i for i, run in enumerate(course.runs) if run.is_restart), default=0)
    counted: dict[dt.date, RulerDay] = {}
    for index, run in enumerate(course.runs):
        days = _hours_of(run, course, counter) if counter.is_in_hours else _days_of(run, course, counter)
        for day in days:
            before = counted.get(day.on)
            if index < last_restart:
                counted[day.on] = _void(day)
            elif before is not None and not before.is_void:
                counted[day.on] = _in_hours(day.on, before.seconds + day.seconds)
            else:
                counted[day.on] = day
    return counted


def _void(day: RulerDay) -> RulerDay:
    return RulerDay(day.on, "uncounted", Words(gettext_noop("Bỏ")), is_void=True)


def _days_of(run: Run, course: Course, counter: Counter) -> Iterator[RulerDay]:
    wanted = _units_of(run, course, counter)
    on, ordinal = run.start.first, run.carried
    while wanted > 0:
        if counter.counts_days_off or counter.calendar.is_working_day(on):
            ordinal += 1
            wanted -= 1
            yield RulerDay(on, "counted", words(gettext_noop("Ngày %(ordinal)s"), ordinal=ordinal), ordinal)
        on += ONE_DAY


def _hours_of(run: Run, course: Course, counter: Counter) -> Iterator[RulerDay]:
    start, left = run.start.counted_from, _units_of(run, course, counter)
    on = start.date()
    while left > 0:
        begin, end = max(start, instant(on)), instant(on + ONE_DAY)
        seconds = min(left, counter.used(run.start, end) - counter.used(run.start, begin))
        if seconds > 0:
            left -= seconds
            yield _in_hours(on, seconds)
        on += ONE_DAY


def _in_hours(on: dt.date, seconds: int) -> RulerDay:
    return RulerDay(on, "counted", duration(seconds), seconds=seconds)


def _units_of(run: Run, course: Course, counter: Counter) -> int:
    """Units of a run that belong on the ruler: up to its pause, to a stop, or to its due moment."""
    if run.pause is not None:
        return run.used
    if course.state is ClockState.STOPPED and course.last is not None:
        return min(run.planned, counter.used(run.start, local(course.last.at)))
    return run.planned


def _find_paused(course: Course, counter: Counter, now: dt.datetime) -> set[dt.date]:
    paused: set[dt.date] = set()
    for run, following in zip(course.runs, [*course.runs[1:], None], strict=True):
        if run.pause is None:
            continue
        if following is not None:
            end = local(following.begun_by.at).date()
        else:
            is_open = course.state is ClockState.PAUSED
            end = local(now if is_open or course.last is None else course.last.at).date()
        paused.update(each_day(find_first_paused_on(run, counter), end))
    return paused


def _classify(
    on: dt.date,
    counted: Mapping[dt.date, RulerDay],
    paused: set[dt.date],
    counter: Counter,
    last: dt.date | None,
) -> RulerDay:
    if on in counted:
        return counted[on]
    is_off = not counter.calendar.is_working_day(on)
    if is_off and (not counter.counts_days_off or (last is not None and on > last)):
        named = counter.calendar.named(on)
        is_holiday = named is not None and named.kind in (DayKind.HOLIDAY, DayKind.SUBSTITUTE)
        return RulerDay(on, "off", Words(gettext_noop("Lễ") if is_holiday else gettext_noop("Nghỉ")))
    if on in paused:
        return RulerDay(on, "paused", Words(gettext_noop("Dừng")))
    return RulerDay(on, "uncounted", NOTHING)


def _mark_late(day: RulerDay, due_on: dt.date | None) -> RulerDay:
    if due_on is None or day.kind != "uncounted":
        return day
    if day.on == due_on:
        return replace(day, words=Words(gettext_noop("Hạn")))
    return replace(day, words=Words(gettext_noop("Trễ"))) if day.on > due_on else day


_PIN_WORDS = {
    ClockEventKind.RECEIVED: gettext_noop("Nhận %(time)s"),
    ClockEventKind.PAUSED: gettext_noop("Dừng %(time)s"),
    ClockEventKind.RESUMED: gettext_noop("Nộp đủ %(time)s"),
    ClockEventKind.EXTENDED: gettext_noop("Hẹn lại %(time)s"),
    ClockEventKind.FINISHED: gettext_noop("Xong %(time)s"),
    ClockEventKind.STOPPED: gettext_noop("Thôi %(time)s"),
}
_PIN_WORDS_BY_CAUSE = {
    (ClockEventKind.PAUSED, SUPPLEMENT): gettext_noop("Cần bổ sung"),
    (ClockEventKind.FINISHED, SIGNED): gettext_noop("Ký %(time)s"),
}


def _pin(event: ClockEvent, at: dt.datetime, calendar: WorkingCalendar) -> Pin:
    message = _PIN_WORDS_BY_CAUSE.get((event.kind, event.cause)) or _PIN_WORDS[event.kind]
    return Pin(at, _share(at, calendar), event.kind.value, words(message, time=clock_time(at)))


def _share(at: dt.datetime, calendar: WorkingCalendar) -> float:
    on = at.date()
    midnight, end = instant(on), instant(on + ONE_DAY)
    if not calendar.is_working_day(on):
        return round(100 * ((at - midnight) / (end - midnight)), 1)
    opening, closing = calendar.opening(on), calendar.closing(on)
    if at < opening:
        share = BEFORE_OPENING * ((at - midnight) / (opening - midnight))
    elif at <= closing:
        share = BEFORE_OPENING + (AFTER_CLOSING - BEFORE_OPENING) * ((at - opening) / (closing - opening))
    else:
        share = AFTER_CLOSING + (END_OF_DAY - AFTER_CLOSING) * ((at - closing) / (end - closing))
    return round(share, 1)


def compact(days: Sequence[RulerDay], most: int) -> tuple[RulerDay, ...]:
    """At most `most` entries: stretches without a moment in them are folded, their bounds kept.

    The day of receipt, the due day and the days with pins stay as long as they fit.
    """
    if len(days) <= most:
        return tuple(days)
    edges = {0, len(days) - 1}
    due = {i for i, day in enumerate(days) if day.is_due}
    pinned = {i for i, day in enumerate(days) if day.pins}
    near = {i + step for i in edges | due | pinned for step in (-1, 1)}
    for keep in (edges | due | pinned | near, edges | due | pinned, edges | due):
        folded = tuple(_fold(days, keep, _belongs))
        if len(folded) <= most:
            return folded
    return tuple(_fold(days, edges | due, lambda run, day: True))


def _fold(
    days: Sequence[RulerDay], keep: set[int], belongs: Callable[[Sequence[RulerDay], RulerDay], bool]
) -> Iterator[RulerDay]:
    run: list[RulerDay] = []
    for index, day in enumerate(days):
        if index in keep or (run and not belongs(run, day)):
            yield from _folded(run)
            run = []
        if index in keep:
            yield day
        else:
            run.append(day)
    yield from _folded(run)


def _belongs(run: Sequence[RulerDay], day: RulerDay) -> bool:
    """Days off go with whatever surrounds them."""
    kinds = {d.kind for d in [*run, day]} - {"off"}
    return len(kinds) <= 1


def _folded(run: Sequence[RulerDay]) -> Iterator[RulerDay]:
    if len(run) <= 1:
        yield from run
        return
    kinds = list(dict.fromkeys(d.kind for d in run if d.kind != "off"))
    kind: RulerKind = "off" if not kinds else kinds[0] if len(kinds) == 1 else "uncounted"
    ordinals = [d.ordinal for d in run if d.ordinal is not None]
    if ordinals and kind == "counted":
        text = words(gettext_noop("Ngày %(first)s–%(last)s"), first=ordinals[0], last=ordinals[-1])
    else:
        text = words(gettext_noop("%(count)s ngày"), count=len(run))
    seconds = sum(d.seconds for d in run)
    yield replace(
        run[0],
        kind=kind,
        words=text,
        ordinal=None,
        is_holiday=False,
        name=None,
        seconds=seconds,
        until=run[-1].on,
        pins=tuple(pin for d in run for pin in d.pins),
    )
