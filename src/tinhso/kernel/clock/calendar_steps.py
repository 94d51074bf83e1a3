"""The steps that come from the calendar: days off, days worked for others, years not announced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from .calendar import DayKind, NamedDay, WorkingCalendar
from .counting import ONE_DAY, Counter
from .ruler import RulerDay
from .step import ClockStep, StepKind
from .wording import Value, Words, full_day, gettext_noop, listing, words

WEEKENDS_LISTED = 2
"""Plain weekends told one by one; more are told in one sentence."""


def tell_days(days: Sequence[RulerDay], counter: Counter, last_on: dt.date) -> list[ClockStep]:
    calendar = counter.calendar
    seen = [d.on for d in days[1:] if d.on <= last_on]
    groups = (
        [] if counter.counts_days_off else list(_group([d for d in seen if not calendar.is_working_day(d)]))
    )
    weekends = [g for g in groups if all(calendar.named(on) is None for on in g)]
    steps = list(_unknown([d.on for d in days], calendar))
    steps += [_off(group, calendar) for group in groups if group not in weekends]
    if len(weekends) > WEEKENDS_LISTED:
        steps.append(_many_weekends(weekends))
    else:
        steps += [_off(group, calendar) for group in weekends]
    counted = {d.on for d in days if d.kind == "counted"}
    steps += [step for on in seen if on in counted for step in _worked(calendar.named(on))]
    return steps


def _group(days: Sequence[dt.date]) -> Iterator[list[dt.date]]:
    group: list[dt.date] = []
    for on in days:
        if group and on - group[-1] > ONE_DAY:
            yield group
            group = []
        group.append(on)
    if group:
        yield group


def _calendar_step(on: dt.date, until: dt.date | None, kind: StepKind, text: Words) -> ClockStep:
    law = words(gettext_noop("Lịch làm việc %(year)s"), year=on.year)
    return ClockStep(on, until, kind, text, law, calendar_year=on.year)


def _off(group: Sequence[dt.date], calendar: WorkingCalendar) -> ClockStep:
    named = [calendar.named(on) for on in group]
    names = list(dict.fromkeys(_name(n) for n in named if n is not None))
    has_weekend = any(n is None for n in named)
    first = next((n for n in named if n is not None), None)
    if first is None:
        text = Words(gettext_noop("Cuối tuần, không tính."))
    elif has_weekend:
        parts: list[Value] = [Words(gettext_noop("Cuối tuần")), *names]
        text = words(gettext_noop("%(names)s, không tính."), names=listing(parts))
    elif len(names) == 1 and first.kind is DayKind.HOLIDAY:
        text = words(gettext_noop("%(name)s, nghỉ lễ."), name=names[0])
    else:
        text = words(gettext_noop("%(names)s, không tính."), names=listing(names))
    return _calendar_step(group[0], group[-1] if len(group) > 1 else None, "off", text)


def _name(named: NamedDay) -> Value:
    if named.is_expected:
        return words(gettext_noop("%(name)s (dự kiến)"), name=named.name)
    return named.name


def _many_weekends(groups: Sequence[Sequence[dt.date]]) -> ClockStep:
    count = sum(len(group) for group in groups)
    text = words(gettext_noop("%(count)s ngày cuối tuần, không tính."), count=count)
    return _calendar_step(groups[0][0], groups[-1][-1], "off", text)


def _worked(named: NamedDay | None) -> Iterator[ClockStep]:
    if named is None:
        return
    if named.kind is DayKind.SWAP_WORK:
        text = words(gettext_noop("%(name)s: ngày này đi làm nên vẫn tính."), name=named.name)
        yield _calendar_step(named.on, None, "worked", text)
    elif named.kind in (DayKind.MORNING_ONLY, DayKind.AFTERNOON_ONLY):
        text = words(gettext_noop("%(name)s: chỉ làm nửa ngày, vẫn tính là ngày làm việc."), name=named.name)
        yield _calendar_step(named.on, None, "worked", text)


def _unknown(days: Sequence[dt.date], calendar: WorkingCalendar) -> Iterator[ClockStep]:
    unknown = [on for on in days if not calendar.is_known(on)]
    if not unknown:
        return
    if calendar.known_to < calendar.known_from:
        text = Words(gettext_noop("Chưa nạp lịch nghỉ lễ. Chỉ trừ cuối tuần, nên hạn là tạm tính."))
        yield _calendar_step(unknown[0], None, "unknown", text)
    elif unknown[-1] > calendar.known_to:
        message = gettext_noop(
            "Lịch nghỉ mới có đến %(day)s. Sau ngày đó chỉ trừ cuối tuần, nên hạn là tạm tính và có thể lùi."
        )
        text = words(message, day=full_day(calendar.known_to))
        yield _calendar_step(max(unknown[0], calendar.known_to + ONE_DAY), None, "unknown", text)
    else:
        message = gettext_noop(
            "Lịch nghỉ chỉ có từ %(day)s. Trước ngày đó chỉ trừ cuối tuần, nên hạn là tạm tính."
        )
        yield _calendar_step(unknown[0], None, "unknown", words(message, day=full_day(calendar.known_from)))
