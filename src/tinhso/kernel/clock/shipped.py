"""The calendar that comes with the product: days off and worked Saturdays of 2019 to 2027."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from .calendar import DayKind, NamedDay, Session, WeekHours
from .wording import Named

OFFICE_DAY = (
    Session(dt.time(7, 30), dt.time(11, 30)),
    Session(dt.time(13, 30), dt.time(17, 0)),
)
OFFICE_WEEK = WeekHours(sessions=dict.fromkeys(range(5), OFFICE_DAY))
"""Until an administrator enters the province's own hours."""


@dataclass(frozen=True, slots=True)
class ShippedDay:
    """One line of data/calendar_vn.csv."""

    on: dt.date
    kind: DayKind
    name: str
    name_en: str
    note: str
    note_en: str
    basis: str
    source_url: str
    is_expected: bool

    @property
    def named_day(self) -> NamedDay:
        return NamedDay(self.on, self.kind, Named(self.name, self.name_en), self.basis, self.is_expected)


def read_shipped_days() -> Iterator[ShippedDay]:
    text = (files(__package__) / "data" / "calendar_vn.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield ShippedDay(
            on=dt.date.fromisoformat(row["on"]),
            kind=DayKind(row["kind"]),
            name=row["name"],
            name_en=row["name_en"],
            note=row["note"],
            note_en=row["note_en"],
            basis=row["basis"],
            source_url=row["source_url"],
            is_expected=row["is_expected"] == "yes",
        )
