"""Values that many letters share, and the wording the decree fixes."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AgencyHead:
    """Agency at the head of a letter, in capitals; a line break where the name is to be broken."""

    name: str
    superior: str | None = None

    def as_values(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Signer:
    """`prefix` as Decree 30/2020 writes it: TM. (for the collective), KT., Q., TL., TUQ."""

    position: str
    name: str
    prefix: str | None = None

    def as_values(self) -> dict[str, Any]:
        return asdict(self)


def write_place_and_day(place: str, day: dt.date) -> str:
    """Days below 10 and the months 1 and 2 take a leading zero (Decree 30/2020, annex I, II.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"
