"""The time a row of the channel table gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .reasons import Reason

NOTHING = "Không có thông tin"
UNITS = {"Giờ": "hour", "Ngày làm việc": "working_day", "Ngày": "day", "Tháng": "month"}

_PLAIN = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?) (Giờ|Ngày làm việc|Ngày|Tháng)")
_TIME_IN_WORDS = re.compile(r"\d+\s*(?:\([^()]{1,40}\)\s*)?(?:ngày|giờ|tháng|phút|tuần|năm)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TermReading:
    value: int | float | None = None
    unit: str | None = None
    doubt: Reason | None = None


def read_term(cell: str, note: str) -> TermReading:
    """The cell's time in the law's unit; None where the portal says that it knows none."""
    if plain := _PLAIN.fullmatch(cell):
        return TermReading(_number(plain[1]), UNITS[plain[2]])
    if cell == NOTHING:
        return TermReading(doubt=Reason.TERM_ONLY_IN_NOTE if _TIME_IN_WORDS.search(note) else None)
    return TermReading(doubt=Reason.TERM_WITHOUT_UNIT if cell.isdigit() else Reason.TERM_NOT_A_NUMBER)


def _number(text: str) -> int | float:
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value
