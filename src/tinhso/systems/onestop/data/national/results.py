"""What comes out: `Giấy phép xây dựngMã: KQ.G17.000314Văn bản từ chốiMã: …Từ khóa…Mô tả…`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .glue import LOWER, UPPER
from .reasons import Reason
from .record import Doubt, PublishedResult
from .terms import NOTHING

KEYWORDS = "Từ khóa"
MARK = "Mã:"

_CODE = re.compile(r"\s*(?:[A-Z]{0,4}\d{0,6}[.\-]){0,6}[A-Z]{0,4}\d+(?!\d)")
_IS_CODE = re.compile(r"KQ|TP-|[A-Z]\d\d[.\-]")
_NATIONAL = re.compile(r"KQ\.[A-Z]\d{2}\.\d{6}")
_LIST_MARK = re.compile(r"[.)]\s")
_SEAM = re.compile(rf"(?<=[{LOWER}\d])(?=[{UPPER}][{LOWER}])")
_SEAM_IN_NAME = re.compile(rf"(?<=[{LOWER}])(?=[{UPPER}][{LOWER}])")


@dataclass(frozen=True, slots=True)
class ResultTable:
    rows: tuple[PublishedResult, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cells:
    name: str
    code: str | None
    raw: str
    doubt: Reason | None = None
    """Of the code."""


def read_results(text: str) -> ResultTable:
    """Every result in the order of the text."""
    body, mark, _rest = text.partition(KEYWORDS)
    if body.strip() in {"", NOTHING}:
        return ResultTable()
    if not mark and MARK not in body:
        return ResultTable(doubts=(Doubt("results", Reason.TABLE_NOT_RECOGNISED, text),))
    rows: list[PublishedResult] = []
    doubts: list[Doubt] = []
    for index, cells in enumerate(_find_rows(body)):
        place = f"results[{index}]"
        reason = _doubt_name(cells.name)
        rows.append(PublishedResult(None if reason else cells.name, cells.code))
        if reason:
            doubts.append(Doubt(f"{place}.name", reason, cells.raw))
        if cells.doubt:
            doubts.append(Doubt(f"{place}.code", cells.doubt, cells.raw))
    return ResultTable(tuple(rows), tuple(doubts))


def _find_rows(body: str) -> Iterator[_Cells]:
    start = 0
    while (mark := body.find(MARK, start)) >= 0:
        name = body[start:mark].strip()
        code, end, doubt = _read_code(body, mark + len(MARK))
        yield _Cells(name, code, body[start:end].strip(), doubt)
        start = end
    if rest := body[start:].strip():
        yield _Cells(rest, None, rest)


def _read_code(body: str, start: int) -> tuple[str | None, int, Reason | None]:
    """The code, where it ends, and why it is none."""
    if body[start:].lstrip().startswith(NOTHING):
        return None, body.index(NOTHING, start) + len(NOTHING), None
    found = _CODE.match(body, start)
    if found and _IS_CODE.search(found[0]):
        code = found[0].strip()
        longer = _NATIONAL.match(code)
        if longer and longer.end() < len(code) and _LIST_MARK.match(body, found.end()):
            return None, found.end(), Reason.CELLS_RUN_TOGETHER
        return code, found.end(), None
    seam = _SEAM.search(body, start + 1)
    return None, seam.start() if seam else len(body), Reason.RESULT_CODE_UNREADABLE


def _doubt_name(name: str) -> Reason | None:
    if not name:
        return Reason.NAME_MISSING
    return Reason.CELLS_RUN_TOGETHER if _SEAM_IN_NAME.search(name) else None
