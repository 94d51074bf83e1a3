"""The sum a row of the channel table gives.

The portal's own fee column is not to be trusted alone: "Miễn phí" stands beside notes that name sums, and
"50 VNĐ" beside "50.000 đồng". A sum counts as plain only where nothing in the row speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .reasons import Reason
from .terms import NOTHING

FREE = "Miễn phí"
LEAST_VND = 1000

_IN_DONG = re.compile(r"(\d{1,3}(?:,\d{3})*) (?:VNĐ|Việt Nam Đồng)")
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_SUM = re.compile(
    r"(?<![\d/.,])(?:"
    r"(?P<scaled>\d+(?:[.,]\d+)?)\s*(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ)\b"
    r"|(?P<grouped>\d{1,3}(?:[.,]\d{3})++)(?!/?\d)(?!\s*(?:kg|km|ha|m2|m3|m²|m³|tấn|GT|DWT|CV|KW|W)\b)"
    r"|(?P<bare>\d+)\s*(?:đồng|đ\b|vnđ|vnd)"
    r"|(?P<foreign>\d+(?:[.,]\d+)*)\s*(?:usd|đô la|euro)"
    r")",
    re.IGNORECASE,
)
_SUM_OF_A_FEE = re.compile(
    r"(?:phí|mức thu|giá dịch vụ)\b[^.;\n]{0,120}?(?<![\d/.,])(?:\d{1,3}(?:[.,]\d{3})+|\d+\s*(?:đồng|triệu|nghìn|usd))",
    re.IGNORECASE,
)
_SPEAKS_OF_A_FEE = re.compile(
    r"(?<!miễn )(?<!miễn lệ )(?<!thu )(?<!thu lệ )(?<!chi )(?<!kinh )(?<!học )\b(?:lệ )?phí\b", re.IGNORECASE
)
_SAYS_FREE = re.compile(
    r"[\s\-+.(]*(?:"
    r"không(?: có| thu| phải nộp| mất| quy định)?(?: phí| lệ phí|(?: phí,? lệ phí))?"
    r"|miễn(?: thu)?(?: phí| lệ phí|(?: phí,? lệ phí))?(?: \(Thông tư số \d+/\d{4}/TT-BTC\))?"
    r")[\s.)]*",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\d\s*%|giảm|miễn (?:phí|lệ phí|thu)?\s*(?:kể )?từ ngày|(?:kể )?từ ngày \d|đến hết ngày|không được quy định"
    r"|phần trăm",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FeeReading:
    amount_vnd: int | None = None
    doubt: Reason | None = None


def read_fee(cell: str, note: str) -> FeeReading:
    """Đồng, 0 for free, None where the portal says that it knows none; `note` is the rest of the row."""
    if cell == FREE:
        return _read_free(note)
    if cell == NOTHING:
        return FeeReading(doubt=Reason.FEE_ONLY_IN_NOTE if _SUM_OF_A_FEE.search(note) else None)
    if plain := _IN_DONG.fullmatch(cell):
        return _read_sum(int(plain[1].replace(",", "")), note)
    is_foreign = re.fullmatch(r"[\d.,]+ [^\d]+", cell) and not re.search("VNĐ|Đồng", cell)
    return FeeReading(doubt=Reason.FEE_NOT_IN_DONG if is_foreign else Reason.FEE_UNREADABLE)


def _read_free(note: str) -> FeeReading:
    beside, rest = split_note(note)
    if beside and not _SAYS_FREE.fullmatch(" ".join(beside.split())):
        names_sum = any(True for _ in find_sums(beside))
        return FeeReading(doubt=Reason.FREE_BESIDE_SUM if names_sum else Reason.FREE_BESIDE_NOTE)
    if _SUM_OF_A_FEE.search(rest):
        return FeeReading(doubt=Reason.FREE_BESIDE_SUM)
    if _SPEAKS_OF_A_FEE.search(rest):
        return FeeReading(doubt=Reason.FREE_BESIDE_NOTE)
    return FeeReading(amount_vnd=0)


def _read_sum(amount: int, note: str) -> FeeReading:
    beside, rest = split_note(note)
    if amount < LEAST_VND:
        return FeeReading(doubt=Reason.FEE_TOO_SMALL)
    if any(named != amount for named in find_sums(beside)) or _SUM_OF_A_FEE.search(rest):
        same = all(named == amount for named in find_sums(note))
        if not same:
            return FeeReading(doubt=Reason.FEE_DIFFERS_FROM_NOTE)
    if _CONDITION.search(beside):
        return FeeReading(doubt=Reason.FEE_UNDER_CONDITION)
    return FeeReading(amount_vnd=amount)


def find_sums(text: str) -> Iterator[int | None]:
    """Sums of money a text names, in đồng; None for one in another currency."""
    for found in _SUM.finditer(text):
        if found["scaled"]:
            yield round(float(found["scaled"].replace(",", ".")) * _SCALES[found["scale"].lower()])
        elif found["foreign"]:
            yield None
        else:
            yield int(re.sub(r"\D", "", found["grouped"] or found["bare"]))


def split_note(note: str) -> tuple[str, str]:
    """The bracketed note of the fee column and the description after it; without its end, all is note."""
    if not note.startswith("("):
        return "", note
    depth = 0
    for place, letter in enumerate(note):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return note[1:place].strip(), note[place + 1 :]
    return note[1:].strip(), ""
