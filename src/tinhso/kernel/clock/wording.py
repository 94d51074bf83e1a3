"""Sentences kept as message and values until somebody reads them, in the reader's language.

The pure core of the clock imports no Django, so the translator is handed in once, at start-up
(`speak_with`). Without one, sentences come out in Vietnamese, the source language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


def gettext_noop(message: str) -> str:
    """Mark a literal for extraction; it is translated when rendered."""
    return message


@dataclass(slots=True)
class _Voice:
    translate: Callable[[str], str]
    language: Callable[[], str]


_voice = _Voice(translate=lambda message: message, language=lambda: "vi")


def speak_with(*, translate: Callable[[str], str], language: Callable[[], str]) -> None:
    """Hand in the translator. `language` answers the reader's language, e.g. "vi" or "en-gb"."""
    _voice.translate = translate
    _voice.language = language


@dataclass(frozen=True, slots=True)
class Named:
    """A name that is data (a holiday, a document), with its English gloss when there is one."""

    vi: str
    en: str = ""

    def __str__(self) -> str:
        return self.en if self.en and _voice.language().startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class Words:
    """A message and the values it names; `str()` renders it in the reader's language."""

    message: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        if not self.message:
            return ""
        text = _voice.translate(self.message)
        return text % {name: str(value) for name, value in self.values} if self.values else text


Value: TypeAlias = Words | Named | str | int

NOTHING = Words("")


def words(message: str, **values: Value) -> Words:
    return Words(message, tuple(values.items()))


WEEKDAYS = (
    gettext_noop("thứ Hai"),
    gettext_noop("thứ Ba"),
    gettext_noop("thứ Tư"),
    gettext_noop("thứ Năm"),
    gettext_noop("thứ Sáu"),
    gettext_noop("thứ Bảy"),
    gettext_noop("Chủ nhật"),
)
SHORT_WEEKDAYS = (
    gettext_noop("T2"),
    gettext_noop("T3"),
    gettext_noop("T4"),
    gettext_noop("T5"),
    gettext_noop("T6"),
    gettext_noop("T7"),
    gettext_noop("CN"),
)
DAYS_OF_MONTH = (
    gettext_noop("%(day)s/01"),
    gettext_noop("%(day)s/02"),
    gettext_noop("%(day)s/03"),
    gettext_noop("%(day)s/04"),
    gettext_noop("%(day)s/05"),
    gettext_noop("%(day)s/06"),
    gettext_noop("%(day)s/07"),
    gettext_noop("%(day)s/08"),
    gettext_noop("%(day)s/09"),
    gettext_noop("%(day)s/10"),
    gettext_noop("%(day)s/11"),
    gettext_noop("%(day)s/12"),
)


def day(on: dt.date) -> Words:
    """19/11."""
    return words(DAYS_OF_MONTH[on.month - 1], day=day_number(on))


def day_number(on: dt.date) -> Named:
    """05, in English 5."""
    return Named(f"{on.day:02}", str(on.day))


def full_day(on: dt.date) -> Words:
    """19/11/2026."""
    return words(gettext_noop("%(day)s/%(year)s"), day=day(on), year=on.year)


def weekday_day(on: dt.date) -> Words:
    """thứ Năm 19/11."""
    return words(gettext_noop("%(weekday)s %(day)s"), weekday=Words(WEEKDAYS[on.weekday()]), day=day(on))


def short_weekday_day(on: dt.date) -> Words:
    """T5 19/11."""
    return words(
        gettext_noop("%(weekday)s %(day)s"), weekday=Words(SHORT_WEEKDAYS[on.weekday()]), day=day(on)
    )


def clock_time(at: dt.datetime | dt.time) -> str:
    """15:42."""
    return f"{at.hour:02}:{at.minute:02}"


def listing(parts: Sequence[Value]) -> Value:
    """a, b và c."""
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return parts[0]
    head = parts[0]
    for part in parts[1:-1]:
        head = words(gettext_noop("%(head)s, %(next)s"), head=head, next=part)
    return words(gettext_noop("%(head)s và %(last)s"), head=head, last=parts[-1])


def duration(seconds: int) -> Words:
    """4 giờ; 3 giờ 30 phút; 45 phút."""
    hours, minutes = divmod(seconds // 60, 60)
    if not minutes:
        return words(gettext_noop("%(hours)s giờ"), hours=hours)
    if not hours:
        return words(gettext_noop("%(minutes)s phút"), minutes=minutes)
    return words(gettext_noop("%(hours)s giờ %(minutes)s phút"), hours=hours, minutes=minutes)
