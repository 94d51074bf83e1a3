"""The documents of law: `Luật Hộ tịch60/2014/QH13Nghị định quy định …123/2015/NĐ-CP`.

A row ends with the document's number, which runs into the name before it and the name after it. A number
inside a name has a space before it. Sometimes the number's cell begins with words: `…thực vậtNghị định số
33/2026/NĐ-CP`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .law_numbers import NUMBER, WORDS, begins_with, holds_two_cells, is_glued_before
from .reasons import Reason
from .record import Doubt, PublishedBasis
from .terms import NOTHING

HEADING = "Tên văn bản pháp lýMã văn bản"

_SPACE_BEFORE = " \t\xa0(“\"'"
_SPACE_AFTER = '.,;:)-–(“”"/'


@dataclass(frozen=True, slots=True)
class BasisTable:
    rows: tuple[PublishedBasis, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number that ends a row."""

    start: int
    end: int
    doubt: Reason | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A number in the text, with the beginning of its row before it and the next number after it."""

    body: str
    row_start: int
    number: re.Match[str]
    following: re.Match[str] | None

    @property
    def before(self) -> str:
        return self.body[self.row_start : self.number.start()]

    @property
    def runs_on(self) -> bool:
        """Whether the next cell follows at once, or the text ends."""
        after = self.body[self.number.end() : self.number.end() + 1]
        return not (after.isspace() or (after != "" and after in _SPACE_AFTER))

    @property
    def is_repeated(self) -> bool:
        return self.number[0] in self.before

    def as_cell(self, doubt: Reason | None = None, words: re.Match[str] | None = None) -> _Cell:
        start = self.row_start + words.start() if words else self.number.start()
        return _Cell(start, self.number.end(), doubt)


def read_bases(text: str) -> BasisTable:
    """Every document in the order of the text."""
    body = text.removeprefix(HEADING)
    if body.strip() == "" or body.startswith(NOTHING):
        return BasisTable()
    if not text.startswith(HEADING):
        return BasisTable(doubts=(Doubt("legal_basis", Reason.TABLE_NOT_RECOGNISED, text),))
    rows: list[PublishedBasis] = []
    doubts: list[Doubt] = []
    start = 0
    for cell in _find_cells(body):
        row, found = _read_row(body, start, cell, f"legal_basis[{len(rows)}]")
        rows.append(row)
        doubts += found
        start = cell.end
    if rest := body[start:].strip():
        place = f"legal_basis[{len(rows)}]"
        rows.append(PublishedBasis(None, None))
        doubts += [
            Doubt(f"{place}.{member}", Reason.NUMBER_UNREADABLE, rest) for member in ("name", "number")
        ]
    return BasisTable(tuple(rows), tuple(doubts))


def _find_cells(body: str) -> Iterator[_Cell]:
    start = 0
    found = list(NUMBER.finditer(body))
    for index, number in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        cell = _find_cell(_Place(body, start, number, following))
        if cell is not None:
            yield cell
            start = cell.end


def _find_cell(place: _Place) -> _Cell | None:
    """The cell a number makes, or None for a number inside a name."""
    before = place.before
    if not before.strip():
        return None
    if place.number["short"]:
        return place.as_cell() if place.is_repeated and place.runs_on and before[-1].isalpha() else None
    if is_glued_before(before, place.number):
        return place.as_cell(Reason.NUMBER_GLUED_TO_NAME)
    is_known = place.number["known"] or place.is_repeated
    doubt = None if is_known else Reason.NUMBER_UNREADABLE
    if before[-1] in _SPACE_BEFORE:
        return _find_cell_after_space(place, doubt) if place.runs_on else None
    words = WORDS.search(before)
    is_prose = before[-1] == "\n" or (words is not None and words[0].endswith("số"))
    return None if is_prose and not place.runs_on else place.as_cell(doubt)


def _find_cell_after_space(place: _Place, doubt: Reason | None) -> _Cell | None:
    """Words of its own cell may part a number from the name; else it closes a name, or a space is astray."""
    before, end = place.before, place.number.end()
    words = WORDS.search(before)
    if words and words.start() > 0 and before[words.start() - 1] not in _SPACE_BEFORE:
        return place.as_cell(doubt, words)
    if place.following is not None and place.following.start() == end:
        return None
    if begins_with(before, place.number[0]):
        return place.as_cell(doubt)
    return None if _closes_name(place) else place.as_cell(Reason.CELLS_RUN_TOGETHER)


def _closes_name(place: _Place) -> bool:
    """Whether the name's own cell follows, or a small letter: "53/2025/TT-BCAngày 01/7/2025"."""
    end = place.number.end()
    if place.body[end : end + 1].islower():
        return True
    between = place.body[end : place.following.start()] if place.following else ""
    return WORDS.fullmatch(between) is not None


def _read_row(body: str, start: int, cell: _Cell, place: str) -> tuple[PublishedBasis, list[Doubt]]:
    raw = body[start : cell.end].strip()
    name, number = body[start : cell.start].strip(), body[cell.start : cell.end].strip()
    reasons: dict[str, Reason] = {}
    if body[cell.end - 1].isdigit() and body[cell.end : cell.end + 1].isdigit():
        reasons["number"] = Reason.CELLS_RUN_TOGETHER
    if not name:
        reasons["name"] = Reason.NAME_MISSING
    elif holds_two_cells(name) or (name[0].isdigit() and body[start - 1 : start].isdigit()):
        reasons["name"] = Reason.CELLS_RUN_TOGETHER
    if cell.doubt:
        reasons["number"] = cell.doubt
        if cell.doubt is not Reason.NUMBER_UNREADABLE:
            reasons["name"] = cell.doubt
    row = PublishedBasis(None if "name" in reasons else name, None if "number" in reasons else number)
    return row, [Doubt(f"{place}.{member}", reason, raw) for member, reason in reasons.items()]
