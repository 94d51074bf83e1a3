"""The e-receipt for fees and charges (biên lai điện tử): its symbols, its number, the table sent to the tax office.

Decree 254/2026/NĐ-CP, articles 22 to 29; Circular 91/2026/TT-BTC, articles 17 to 20 and annex II.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

FORM_SYMBOL = "EBL01"
"""Receipt without a printed value (annex II, 2.a); EBL02 has one and is not issued here."""
LETTERS = "ABCDEGHKLMNPQRSTUVXY"
"""The twenty capitals of which a collector picks two for its series (annex II, 2.b)."""
SERIES = re.compile(f"[{LETTERS}]{{2}}")
TAX_CODE = re.compile(r"\d{10}(-\d{3})?")
"""Tax code of an organisation, or of a unit that depends on one."""


def write_symbol(on: dt.date, series: str) -> str:
    """26TAA: year, T for a receipt registered with the tax office, the collector's own two letters."""
    return f"{on:%y}T{series}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, by the member of the receipt that fills it."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class ReportLayout:
    """The table of a day's receipts. The circular names it (01/TH-BLĐT); its columns and the XML of the tax
    office were not at hand: this is the province's form of it until they are."""

    name: str
    valid_from: dt.date
    valid_to: dt.date | None
    columns: tuple[Column, ...]
    delimiter: str = ";"
    is_sure: bool = False


REPORT_LAYOUTS: tuple[ReportLayout, ...] = (
    ReportLayout(
        name="01/TH-BLĐT",
        valid_from=dt.date(2026, 7, 1),
        valid_to=None,
        columns=(
            Column("ordinal", "STT"),
            Column("form_symbol", "Ký hiệu mẫu biên lai"),
            Column("symbol", "Ký hiệu biên lai"),
            Column("number", "Số biên lai"),
            Column("issued_on", "Ngày lập"),
            Column("payer_name", "Tên người nộp"),
            Column("payer_number", "Mã số thuế hoặc số định danh"),
            Column("lines", "Khoản thu"),
            Column("amount_vnd", "Số tiền"),
            Column("note", "Ghi chú"),
        ),
    ),
)


def get_report_layout(on: dt.date) -> ReportLayout:
    """Raises LookupError on a day before e-receipts."""
    for layout in REPORT_LAYOUTS:
        if layout.valid_from <= on and (layout.valid_to is None or on <= layout.valid_to):
            return layout
    raise LookupError(f"no table of receipts on {on}")


DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ((10**6, "triệu"), (10**3, "nghìn"), (1, ""))
BILLION = 10**9


def write_in_words(amount: int) -> str:
    """Một trăm hai mươi lăm nghìn đồng: the sum in words, as a receipt must say it (article 23.2.đ)."""
    said = _write(amount) or DIGITS[0]
    return f"{said[0].upper()}{said[1:]} đồng"


def _write(amount: int) -> str:
    billions, rest = divmod(amount, BILLION)
    words = [f"{_write(billions)} tỷ"] if billions else []
    for scale, name in SCALES:
        group, rest = divmod(rest, scale)
        if group:
            words.append(f"{_write_group(group, is_first=not words)} {name}".strip())
    return " ".join(words)


def _write_group(group: int, *, is_first: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [] if is_first and hundreds == 0 else [DIGITS[hundreds], "trăm"]
    if tens == 0 and ones and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [DIGITS[tens], "mươi"]
    if ones:
        words.append(_write_ones(ones, tens))
    return " ".join(words)


def _write_ones(ones: int, tens: int) -> str:
    if ones == 5 and tens:
        return "lăm"
    return "mốt" if ones == 1 and tens > 1 else DIGITS[ones]


MONEY_KINDS = {"fee": pgettext_lazy("money", "Phí"), "charge": pgettext_lazy("money", "Lệ phí")}
