"""From a clock reading to the cells of the day ruler."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import formats

if TYPE_CHECKING:
    from tinhso.kernel.clock.reading import ClockReading, ClockStep, Pin, RulerDay

LONGEST_LINE = 14
"""Days. A longer clock is drawn in weeks, Monday first."""


@dataclass(frozen=True, slots=True)
class PinMark:
    x: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cell:
    css: str
    kind: str
    word: str
    """What stands in the bar: Ngày 2, Dừng, Nghỉ, Lễ."""
    ordinal: int | None
    on: dt.date
    under: str
    """weekday, or the due time"""
    note: str
    """What happened, above the bar."""
    is_note_right: bool
    title: str
    pins: tuple[PinMark, ...]


@dataclass(frozen=True, slots=True)
class Ruler:
    cells: tuple[Cell, ...]
    is_weeks: bool
    sentence: str
    """The text alternative of the whole drawing."""
    has_pause: bool
    has_off: bool


def draw_ruler(reading: ClockReading) -> Ruler:
    days = tuple(reading.days)
    is_weeks = len(days) > LONGEST_LINE
    last = len(days) - 1
    cells = tuple(
        _cell(day, reading, is_weeks, is_first=i == 0, is_last=i == last) for i, day in enumerate(days)
    )
    return Ruler(
        cells,
        is_weeks,
        _sentence(days, reading),
        any(day.kind == "paused" for day in days),
        any(day.kind == "off" for day in days),
    )


def _cell(day: RulerDay, reading: ClockReading, is_weeks: bool, *, is_first: bool, is_last: bool) -> Cell:
    css = [day.kind]
    if day.is_due:
        css.append("due")
    if is_first and is_weeks:
        css.append(f"wd-{day.on.isoweekday()}")
    under = formats.weekday(day.on)
    if day.is_due and reading.due_at:
        under = _("hẹn %(time)s") % {"time": formats.clock_time(reading.due_at)}
    pins = tuple(day.pins)
    return Cell(
        css=" ".join(css),
        kind=day.kind,
        word=_word(day),
        ordinal=day.ordinal,
        on=day.on,
        under=under,
        note=", ".join(pin.label for pin in pins),
        is_note_right=bool(pins) and not is_first and (is_last or pins[0].share > 50),
        title=day.label if day.is_holiday else "",
        pins=tuple(PinMark(f"{pin.share:.0f}%", _pin_kind(pin)) for pin in pins),
    )


def _word(day: RulerDay) -> str:
    if day.kind == "counted" and day.ordinal:
        return _("Ngày %(ordinal)s") % {"ordinal": day.ordinal}
    if day.kind == "paused":
        return _("Dừng")
    if day.kind == "off":
        return _("Lễ") if day.is_holiday else _("Nghỉ")
    return ""


def _pin_kind(pin: Pin) -> str:
    return "son" if pin.kind in {"signed", "finished"} else ""


def _sentence(days: Sequence[RulerDay], reading: ClockReading) -> str:
    counted = [formats.weekday_day(day.on) for day in days if day.kind == "counted"]
    parts = []
    if counted:
        text = ngettext(
            "%(count)s ngày được tính: %(days)s", "%(count)s ngày được tính: %(days)s", len(counted)
        )
        parts.append(text % {"count": len(counted), "days": ", ".join(counted)})
    if reading.due_at:
        due = f"{formats.clock_time(reading.due_at)}, {formats.weekday_day(reading.due_at)}"
        parts.append(_("hẹn %(moment)s") % {"moment": due})
    return "; ".join(parts)


def words_of_step(step: ClockStep) -> str:
    first = f"{formats.short_weekday(step.at)} {formats.day_of_month(step.at)}"
    if step.until and formats.to_day(step.until) != formats.to_day(step.at):
        return f"{first} – {formats.short_weekday(step.until)} {formats.day_of_month(step.until)}"
    if isinstance(step.at, dt.datetime) and not step.until:
        return f"{first}, {formats.clock_time(step.at)}"
    return first
