"""Days as people write them in three boxes. What was typed is kept, real day or not."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field

FIRST_YEAR = 1850
LAST_YEAR = 2199


@dataclass(frozen=True, slots=True)
class DateFault:
    """Why three boxes name no day; `params` are what the sentence shows."""

    kind: str
    params: dict[str, int] = field(default_factory=dict)


def join_date(day: str, month: str, year: str) -> str | None:
    """The three boxes as one text, `2026-11-31` even where that day does not exist; None when all are empty."""
    parts = [part.strip().replace("-", "") for part in (year, month, day)]
    if not any(parts):
        return None
    typed_year, typed_month, typed_day = parts
    return f"{typed_year}-{_padded(typed_month)}-{_padded(typed_day)}"


def split_date(text: object) -> tuple[str, str, str]:
    """Day, month and year of a text made by `join_date`, as they go back into the boxes."""
    parts = text.split("-") if isinstance(text, str) else []
    if len(parts) != 3:
        return "", "", ""
    year, month, day = parts
    return day.lstrip("0"), month.lstrip("0"), year


def parse_date(text: str) -> dt.date | DateFault:
    """The day a text names, or why it names none."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return DateFault("date_incomplete")
    year, month, day = (int(part) for part in parts)
    if len(parts[0]) != 4 or not FIRST_YEAR <= year <= LAST_YEAR:
        return DateFault("date_year", {"first": FIRST_YEAR, "last": LAST_YEAR})
    if not 1 <= month <= 12:
        return DateFault("date_month", {"month": month})
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        kind = "date_unreal_february" if month == 2 else "date_unreal"
        return DateFault(kind, {"day": day, "month": month, "year": year, "last": last})
    return dt.date(year, month, day)


def add_years(day: dt.date, years: int) -> dt.date:
    """The same day of another year; 29/2 becomes 1/3 where that year has none (Civil Code 148.3)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def _padded(part: str) -> str:
    return part.zfill(2) if part.isascii() and part.isdigit() else part
