"""One step of an explanation: a moment or a stretch of days, a sentence, and the article it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from .counting import ONE_DAY
from .wording import SHORT_WEEKDAYS, Words, clock_time, day_number, gettext_noop, short_weekday_day, words

StepKind = Literal[
    "received", "rule", "paused", "resumed", "extended", "stopped", "off", "worked", "moved", "unknown", "sum"
]


@dataclass(frozen=True, slots=True)
class ClockStep:
    at: dt.datetime | dt.date
    until: dt.date | None
    kind: StepKind
    words: Words
    law_words: Words
    is_sum: bool = False
    calendar_year: int | None = None
    """Set when the step rests on the working calendar, so that a page can link to that year."""

    @property
    def sentence(self) -> str:
        """In the reader's language, e.g. "Nhận hồ sơ sau 15:00, nên tính từ ngày làm việc kế tiếp, thứ Năm 19/11."."""
        return str(self.words)

    @property
    def law(self) -> str:
        return str(self.law_words)

    @property
    def when(self) -> str:
        """T4 18/11, 15:42; T7 21, CN 22/11; T6 13/02 – CN 22/02."""
        return str(_when(self.at, self.until))

    @property
    def on(self) -> dt.date:
        return self.at.date() if isinstance(self.at, dt.datetime) else self.at


def _when(at: dt.datetime | dt.date, until: dt.date | None) -> Words:
    if isinstance(at, dt.datetime):
        return words(gettext_noop("%(day)s, %(time)s"), day=short_weekday_day(at.date()), time=clock_time(at))
    if until is None:
        return short_weekday_day(at)
    if until - at > ONE_DAY:
        return words(
            gettext_noop("%(first)s – %(last)s"), first=short_weekday_day(at), last=short_weekday_day(until)
        )
    if at.month != until.month:
        return words(
            gettext_noop("%(head)s, %(next)s"), head=short_weekday_day(at), next=short_weekday_day(until)
        )
    weekday = Words(SHORT_WEEKDAYS[at.weekday()])
    return words(
        gettext_noop("%(weekday)s %(number)s, %(last)s"),
        weekday=weekday,
        number=day_number(at),
        last=short_weekday_day(until),
    )
