"""Numbers as people write them: 1.500 and 12,5 in Vietnamese, 1,500 and 12.5 in English."""

from __future__ import annotations

import re
from decimal import Decimal

MOST_DIGITS = 15
"""What a JSON number keeps exactly."""

MARKS = {"vi": (".", ","), "en": (",", ".")}
GROUPED = {
    "vi": re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
    "en": re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
}
PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def read_number(text: str, language: str) -> int | float | str:
    """The number a person wrote, or the text itself when it is none."""
    language = language if language in MARKS else "vi"
    thousands, decimal = MARKS[language]
    compact = re.sub(r"[ \u00a0\u202f]", "", text)
    if GROUPED[language].fullmatch(compact):
        compact = compact.replace(thousands, "")
    plain = compact.replace(decimal, ".")
    if not PLAIN.fullmatch(plain) or sum(c.isdigit() for c in plain) > MOST_DIGITS:
        return text
    number = float(plain)
    return int(number) if number.is_integer() else number


def write_number(value: object, language: str) -> str:
    """The number as a person of that language writes it; other values as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    thousands, decimal = MARKS[language if language in MARKS else "vi"]
    whole, _, fraction = f"{Decimal(repr(value)):f}".partition(".")
    sign = "-" if whole.startswith("-") else ""
    grouped = f"{int(whole.lstrip('-')):,}".replace(",", thousands)
    return f"{sign}{grouped}{decimal}{fraction}" if fraction else f"{sign}{grouped}"
