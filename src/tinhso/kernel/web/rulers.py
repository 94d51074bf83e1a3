"""From a clock reading to the cells of the day ruler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tinhso.kernel.clock.reading import ClockReading, Pin, RulerDay

from . import formats

MOST_CELLS = 14
"""A longer clock folds the stretches in which nothing happened."""
SEALING = frozenset({"finished"})
STANDING = {"paused": gettext_lazy("đồng hồ đang dừng"), "stopped": gettext_lazy("đồng hồ thôi chạy")}


@dataclass(frozen=True, slots=True)
class PinMark:
    x: str
    is_sealing: bool


@dataclass(frozen=True, slots=True)
class Cell:
    css: str
    word: str
    """What stands in the bar: Ngày 2, Dừng, Nghỉ, Lễ."""
    date: str
    short_date: str
    """T4 18/11"""
    short_words: str
    """Everything about the day in one line."""
    under: str
    """The weekday, or the due time."""
    note: str
    """What happened, above the bar; else what the calendar calls the day."""
    is_note_right: bool
    name: str
    pins: tuple[PinMark, ...]


@dataclass(frozen=True, slots=True)
class Ruler:
    cells: tuple[Cell, ...]
    sentence: str
    """The text alternative of the whole drawing."""
    has_pause: bool
    has_off: bool
    has_uncounted: bool


def draw_ruler(reading: ClockReading) -> Ruler:
    days = reading.compact_days(MOST_CELLS)
    last = len(days) - 1
    kinds = {day.kind for day in days}
    return Ruler(
        cells=tuple(_cell(day, reading, index, last) for index, day in enumerate(days)),
        sentence=_sentence(reading),
        has_pause="paused" in kinds,
        has_off="off" in kinds,
        has_uncounted="uncounted" in kinds,
    )


def _cell(day: RulerDay, reading: ClockReading, index: int, last: int) -> Cell:
    marks = {"due": day.is_due, "void": day.is_void, "folded": day.until is not None}
    return Cell(
        css=" ".join([day.kind, *(name for name, holds in marks.items() if holds)]),
        word=day.label,
        date=_date(day),
        short_date=_short_date(day),
        short_words=" · ".join(
            part for part in (day.label, day.note, *(pin.label for pin in day.pins)) if part
        ),
        under=_under(day, reading),
        note=", ".join(pin.label for pin in day.pins),
        is_note_right=bool(day.pins) and _is_right(day, index, last),
        name=day.note,
        pins=tuple(_mark(pin) for pin in day.pins),
    )


def _is_right(day: RulerDay, index: int, last: int) -> bool:
    """Words over a cell begin at its left edge, unless the moment lies right of its middle and there is room."""
    if index == 0 and last > 0:
        return False
    return (index == last and last > 0) or day.pins[0].share > 50


def _date(day: RulerDay) -> str:
    if day.until is None:
        return formats.day_of_month(day.on)
    if day.on.month == day.until.month:
        return f"{day.on.day:02}–{formats.day_of_month(day.until)}"
    return f"{formats.day_of_month(day.on)}–{formats.day_of_month(day.until)}"


def _short_date(day: RulerDay) -> str:
    return _date(day) if day.until else f"{formats.short_weekday(day.on)} {formats.day_of_month(day.on)}"


def _under(day: RulerDay, reading: ClockReading) -> str:
    if day.is_due and reading.due_at is not None:
        return _("hẹn %(time)s") % {"time": formats.clock_time(reading.due_at)}
    if day.until is not None:
        return f"{formats.short_weekday(day.on)}–{formats.short_weekday(day.until)}"
    # "Wednesday" is wider than a cell.
    return formats.short_weekday(day.on) if formats.is_english() else formats.weekday(day.on)


def _mark(pin: Pin) -> PinMark:
    return PinMark(f"{pin.share:g}%", pin.kind in SEALING)


def _sentence(reading: ClockReading) -> str:
    counted = [formats.weekday_day(day.on) for day in reading.days if day.kind == "counted"]
    parts = [f"{pin.label}, {formats.weekday_day(day.on)}" for day in reading.days for pin in day.pins]
    parts += [_count(counted)] if counted else []
    if reading.due_at is not None:
        due = f"{formats.clock_time(reading.due_at)}, {formats.weekday_day(reading.due_at)}"
        parts.append(_("hẹn %(moment)s") % {"moment": due})
    elif reading.state in STANDING:
        parts.append(str(STANDING[reading.state]))
    return "; ".join(parts)


def _count(days: Sequence[str]) -> str:
    sentence = ngettext("%(count)s ngày được tính: %(days)s", "%(count)s ngày được tính: %(days)s", len(days))
    return sentence % {"count": len(days), "days": ", ".join(days)}
