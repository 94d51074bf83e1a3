"""The tables of papers: `--Tên giấy tờ…Số lượngTờ khaiMẫu số 1.docx1 bản chính,1 bản saoẢnh2 bản chính`.

One table per case, its title before the heading. A row ends with its number of copies; the same words
stand inside names too ("nộp 01 bản sao"), but there with a space before, or a leading zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .forms import NamedForm, split_form
from .reasons import Reason
from .record import Doubt, PublishedPaper
from .terms import NOTHING

HEADING = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"

_QUANTITY = re.compile(r"(?<!\d)(?P<originals>\d+) bản chính(?:,(?P<copies>\d+) bản sao)?")
_ENDS_IN_DATE = re.compile(r"(?:\d{1,2}[/.]\d{1,2}[/.]|tháng \d{1,2} năm )(?:19|20)\d{2}$")


@dataclass(frozen=True, slots=True)
class PaperTable:
    rows: tuple[PublishedPaper, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row as it stands in the text; the digits of a glued one belong to the name, the count, or both."""

    name: str
    originals: int
    copies: int | None
    case: str
    raw: str
    end: int
    """Where in the table the row ends."""
    is_glued: bool


def read_papers(text: str) -> PaperTable:
    """Every paper in the order of the text, over all cases."""
    if text.strip(" -\n") in {"", NOTHING}:
        return PaperTable()
    case, *tables = text.split(HEADING)
    if not tables:
        return PaperTable(doubts=(Doubt("papers", Reason.TABLE_NOT_RECOGNISED, text),))
    rows: list[PublishedPaper] = []
    doubts: list[Doubt] = []
    for number, table in enumerate(tables, start=1):
        found_rows = list(_find_rows(table, _clean_case(case)))
        for cells in found_rows:
            row, found = _read_row(cells, f"papers[{len(rows)}]")
            rows.append(row)
            doubts += found
        case = table[found_rows[-1].end :] if found_rows else table
        if case.strip(" -\n") and (number == len(tables) or not found_rows):
            doubts.append(Doubt("papers", Reason.TABLE_NOT_RECOGNISED, case.strip()))
    return PaperTable(tuple(rows), tuple(doubts))


def _clean_case(title: str) -> str:
    return title.strip(" -\n")


def _find_rows(table: str, case: str) -> Iterator[_Cells]:
    start = 0
    for count in _QUANTITY.finditer(table):
        if not _ends_row(table, start, count):
            continue
        digits, end = count["originals"], count.end()
        name = table[start : count.start()] + digits[:-1]
        is_glued = len(digits) > 1 and not _ENDS_IN_DATE.search(name)
        copies = int(count["copies"]) if count["copies"] else None
        yield _Cells(name, int(digits[-1]), copies, case, table[start:end], end, is_glued)
        start = end


def _ends_row(table: str, start: int, count: re.Match[str]) -> bool:
    """Whether a count closes the row that began at `start`, or only stands inside its name.

    In a name it is written as prose: a space or a bracket before, "01" for one, a space or a mark after.
    """
    before = table[start : count.start()][-1:]
    after = table[count.end() :][:1]
    digits = count["originals"]
    goes_on = after.isspace() or (after != "" and after in ".,;:)/")
    if count["copies"] is not None and before != "(":
        return True
    if len(digits) == 2 and digits.startswith("0"):
        return before != "(" and not goes_on and not after.isdigit()
    if before in {"", " ", "(", ":", "-", "–", "/"}:
        return before != "(" and not goes_on
    return True


def _read_row(cells: _Cells, place: str) -> tuple[PublishedPaper, list[Doubt]]:
    if cells.is_glued:
        row = PublishedPaper(None, None, cells.copies, None, cells.case)
        reason = Reason.QUANTITY_GLUED_TO_NAME
        return row, [Doubt(f"{place}.{field}", reason, cells.raw) for field in ("name", "originals")]
    named = split_form(cells.name)
    row = PublishedPaper(named.name or None, cells.originals, cells.copies, named.form, cells.case)
    return row, list(_find_doubts(named, place, cells.raw))


def _find_doubts(named: NamedForm, place: str, raw: str) -> Iterator[Doubt]:
    if named.name_doubt:
        yield Doubt(f"{place}.name", named.name_doubt, raw)
    elif not named.name:
        yield Doubt(f"{place}.name", Reason.NAME_MISSING, raw)
    if named.form_doubt:
        yield Doubt(f"{place}.form", named.form_doubt, raw)
