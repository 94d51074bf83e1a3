"""What a clock is fed with: the term of the law and the moments that move it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from .wording import Words, gettext_noop, words

SUPPLEMENT = "supplement"
FINANCIAL_DUTY = "financial_duty"
SIGNED = "signed"


class TermUnit(StrEnum):
    HOUR = "hour"
    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"


_ONE = {
    TermUnit.HOUR: gettext_noop("1 giờ"),
    TermUnit.WORKING_DAY: gettext_noop("1 ngày làm việc"),
    TermUnit.DAY: gettext_noop("1 ngày"),
    TermUnit.MONTH: gettext_noop("1 tháng"),
}
_MANY = {
    TermUnit.HOUR: gettext_noop("%(count)s giờ"),
    TermUnit.WORKING_DAY: gettext_noop("%(count)s ngày làm việc"),
    TermUnit.DAY: gettext_noop("%(count)s ngày"),
    TermUnit.MONTH: gettext_noop("%(count)s tháng"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """How long the law gives. Zero working days is "within the working day of receipt"."""

    value: int
    unit: TermUnit

    def __post_init__(self) -> None:
        if self.value < 0 or (self.value == 0 and self.unit is not TermUnit.WORKING_DAY):
            raise ValueError(f"a term is longer than {self.value} {self.unit}")

    @property
    def is_same_day(self) -> bool:
        return self.value == 0

    @property
    def words(self) -> Words:
        """3 ngày làm việc."""
        if self.is_same_day:
            return Words(gettext_noop("trong ngày làm việc"))
        if self.value == 1:
            return Words(_ONE[self.unit])
        return words(_MANY[self.unit], count=self.value)

    def __str__(self) -> str:
        return str(self.words)


class ClockEventKind(StrEnum):
    RECEIVED = "received"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """A moment that starts, holds, moves or ends the clock. `cause` says why, e.g. "supplement"."""

    kind: ClockEventKind
    at: dt.datetime
    cause: str = ""
    new_due_at: dt.datetime | None = None

    def as_json(self) -> dict[str, Any]:
        body = {"kind": self.kind.value, "at": self.at.isoformat()}
        if self.cause:
            body["cause"] = self.cause
        if self.new_due_at is not None:
            body["new_due_at"] = self.new_due_at.isoformat()
        return body

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Self:
        new_due_at = body.get("new_due_at")
        return cls(
            kind=ClockEventKind(body["kind"]),
            at=dt.datetime.fromisoformat(body["at"]),
            cause=body.get("cause", ""),
            new_due_at=dt.datetime.fromisoformat(new_due_at) if new_due_at else None,
        )


class ClockEventOrderError(ValueError):
    """Moments that cannot follow one another: resumed without a pause, paused after the end."""
