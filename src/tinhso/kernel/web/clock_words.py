"""What a clock chip says: the due moment in words, until the last two hours; then what is left."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tinhso.kernel.clock.reading import ClockReading

from . import formats

ROUND = 2 * math.pi * 7
"""Circumference of the ring, radius 7."""
LAST_HOURS = dt.timedelta(hours=2)
MOSTLY_USED = 2 / 3
"""A term due tomorrow is "soon" once two thirds of it are gone."""


@dataclass(frozen=True, slots=True)
class ClockWords:
    text: str
    tone: str
    """Colour name: dong, nghe, gach, da, ngoc."""
    sign: str
    """ring, mark, bars, tick, none"""
    is_hot: bool = False
    full_moment: str = ""
    arc: str = ""
    """stroke-dasharray of the ring: the share of the term used."""


def describe_clock(
    *,
    state: str,
    due_at: dt.datetime | None,
    now: dt.datetime,
    used_share: float | None = None,
    finished_at: dt.datetime | None = None,
    paused_at: dt.datetime | dt.date | None = None,
    is_extended: bool = False,
    is_brief: bool = False,
) -> ClockWords:
    """`state` is one of not_started, running, paused, stopped, finished; `used_share` runs from 0 to 1."""
    if state == "stopped":
        return ClockWords(_("Thôi chạy"), "da", "bars")
    if state == "paused":
        text = _("Dừng từ %(day)s") % {"day": formats.day_of_month(paused_at)} if paused_at else _("Đã dừng")
        return ClockWords(text, "da", "bars")
    if due_at is None:
        return ClockWords(_("Chưa tính hạn"), "da", "none")
    full = f"{formats.clock_time(due_at)}, {formats.weekday(due_at)} {formats.day(due_at)}"
    if state == "finished":
        return _finished(due_at, finished_at or now, is_brief=is_brief, full=full)
    if state == "running" and now > due_at:
        text = _("Quá %(duration)s") % {"duration": formats.duration(now - due_at)}
        return ClockWords(text, "gach", "mark", True, full)
    used = (used_share or 0) if state == "running" else 0
    return _running(due_at, now, used, is_extended=is_extended, full=full)


def describe_reading(reading: ClockReading, *, is_brief: bool = False) -> ClockWords:
    pauses = [step.at for step in reading.steps if step.kind == "paused"]
    paused_at = pauses[-1] if pauses and reading.state == "paused" else None
    return describe_clock(
        state=reading.state,
        due_at=reading.due_at,
        now=reading.now,
        used_share=reading.used_share,
        finished_at=reading.finished_at,
        paused_at=paused_at,
        is_extended=reading.is_extended,
        is_brief=is_brief,
    )


def due_words(due_at: dt.datetime, now: dt.datetime) -> str:
    """17:00 hôm nay · 17:00 mai · thứ Hai 30/11"""
    away = (formats.to_day(due_at) - formats.to_day(now)).days
    time = formats.clock_time(due_at)
    if away == 0:
        return _("%(time)s hôm nay") % {"time": time}
    if away == 1:
        return _("%(time)s mai") % {"time": time}
    if formats.to_day(due_at).year != formats.to_day(now).year:
        return formats.day(due_at)
    return formats.weekday_day(due_at)


def _running(
    due_at: dt.datetime, now: dt.datetime, used: float, *, is_extended: bool, full: str
) -> ClockWords:
    left = due_at - now
    away = (formats.to_day(due_at) - formats.to_day(now)).days
    is_soon = away <= 0 or (away == 1 and used >= MOSTLY_USED)
    if left <= LAST_HOURS:
        text = _("Còn %(duration)s") % {"duration": formats.duration(left)}
    elif is_extended and away > 1:
        text = _("Hẹn lại %(day)s") % {"day": formats.day_of_month(due_at)}
    else:
        text = due_words(due_at, now)
    is_soon = is_soon or left <= LAST_HOURS
    return ClockWords(text, "nghe" if is_soon else "dong", "ring", is_soon, full, _arc(used))


def _finished(due_at: dt.datetime, finished_at: dt.datetime, *, is_brief: bool, full: str) -> ClockWords:
    if finished_at > due_at:
        late = formats.duration(finished_at - due_at, is_brief=is_brief)
        text = _("Trễ %(duration)s") if is_brief else _("Trễ hẹn %(duration)s")
        return ClockWords(text % {"duration": late}, "gach", "tick", True, full)
    if due_at - finished_at < dt.timedelta(minutes=1):
        return ClockWords(_("Đúng hẹn"), "ngoc", "tick", False, full)
    early = formats.duration(due_at - finished_at, is_brief=is_brief)
    text = _("Sớm %(duration)s") if is_brief else _("Sớm hơn hẹn %(duration)s")
    return ClockWords(text % {"duration": early}, "ngoc", "tick", False, full)


def _arc(used: float) -> str:
    """At least a sliver, so that a clock that has begun is seen to run; never quite closed before the end."""
    share = min(max(used, 0.04), 0.97)
    return f"{share * ROUND:.2f} {ROUND:.2f}"
