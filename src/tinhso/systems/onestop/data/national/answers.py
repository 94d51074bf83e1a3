"""What an official answers where the text was not plain: read strictly, and put in its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from enum import StrEnum
from typing import Any

from .reading import LEVELS
from .record import PublishedProcedure

UNITS = ("hour", "working_day", "day", "month")
CHANNELS = ("online", "direct", "post")
LONGEST_TEXT = 4000

_PLACE = re.compile(r"(?P<list>\w+)(?:\[(?P<row>\d+)\])?(?:\.(?P<leaf>\w+))?")
_COUNT = re.compile(r"\d{1,4}")
_TERM = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")
_SUM = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d{1,12})(?: ?(?:đ|đồng|VNĐ))?")


class Fault(StrEnum):
    """Why an answer was not taken."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_COUNT = "not_a_count"
    NOT_A_TERM = "not_a_term"
    NOT_A_SUM = "not_a_sum"
    UNKNOWN_WORD = "unknown_word"
    CELLS_MISSING = "cells_missing"


class AnswerError(ValueError):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


def read_answer(field: str, text: str) -> Any:
    """The value of a field as typed. Raises AnswerError."""
    said = text.strip()
    if not said:
        raise AnswerError(Fault.EMPTY)
    kind = get_kind(field)
    if kind not in _LISTS and len(said) > LONGEST_TEXT:
        raise AnswerError(Fault.TOO_LONG)
    return _READERS.get(kind, str)(said)


def get_kind(field: str) -> str:
    """`fee_vnd` of `channels[0].fee_vnd`; `papers` where the whole list is in doubt."""
    place = _PLACE.fullmatch(field)
    if place is None:
        raise ValueError(field)
    return place["leaf"] or place["list"]


def get_whole_kind(field: str) -> str:
    """`channels.fee_vnd` of `channels[0].fee_vnd`."""
    return re.sub(r"\[\d+\]", "", field)


def get_row(field: str) -> str:
    """`channels[0]`: fields of one row with one text make one question."""
    return field.partition(".")[0]


def compute_likeness(field: str, reason: str, raw: str) -> str:
    """Alike for doubts that one answer may settle."""
    return hashlib.sha256(f"{get_whole_kind(field)}\n{reason}\n{raw}".encode()).hexdigest()


def settle(plain: Mapping[str, Any], answers: Iterable[tuple[str, Any]]) -> PublishedProcedure:
    """The record with the answers in their places. Where a whole list was answered, that is the list."""
    said = dict(answers)
    told = deepcopy(dict(plain))
    for field, value in said.items():
        place = _PLACE.fullmatch(field)
        if place is None:
            raise ValueError(field)
        if place["row"] is None:
            told[place["list"]] = value or []
        elif place["list"] not in said:
            told[place["list"]][int(place["row"])][place["leaf"]] = value
    return PublishedProcedure.from_plain(told)


def write_rows(field: str, rows: Iterable[Mapping[str, Any] | str]) -> str:
    """What was read of a list, a row a line, as an official goes on from it."""
    if field == "levels":
        return ", ".join(str(row) for row in rows)
    names = _LISTS[field]
    return "\n".join(
        " | ".join("" if row[name] is None else str(row[name]) for name in names)
        for row in rows
        if isinstance(row, Mapping)
    )


def _read_count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise AnswerError(Fault.NOT_A_COUNT)
    return int(text)


def _read_term(text: str) -> int | float:
    if not _TERM.fullmatch(text):
        raise AnswerError(Fault.NOT_A_TERM)
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _read_sum(text: str) -> int:
    if not _SUM.fullmatch(text):
        raise AnswerError(Fault.NOT_A_SUM)
    return int(re.sub(r"\D", "", text))


def _choose(known: Iterable[str]) -> Callable[[str], str]:
    words = frozenset(known)

    def read(text: str) -> str:
        if text not in words:
            raise AnswerError(Fault.UNKNOWN_WORD)
        return text

    return read


def _read_levels(text: str) -> list[str]:
    choose = _choose(LEVELS)
    return [choose(part.strip()) for part in text.split(",") if part.strip()]


def _read_list(name: str) -> Callable[[str], list[dict[str, Any]]]:
    def read(text: str) -> list[dict[str, Any]]:
        lines = [line for line in text.splitlines() if line.strip()]
        return [_read_row(name, line) for line in lines]

    return read


def _read_row(name: str, line: str) -> dict[str, Any]:
    names, cells = _LISTS[name], [cell.strip() for cell in line.split("|")]
    if len(cells) > len(names) or not cells[0]:
        raise AnswerError(Fault.CELLS_MISSING)
    cells += [""] * (len(names) - len(cells))
    row = {
        key: _READERS.get(key, str)(cell) if cell else None for key, cell in zip(names, cells, strict=True)
    }
    return {**_BESIDE.get(name, {}), **row}


_LISTS = {
    "channels": ("channel", "term_value", "term_unit", "fee_vnd"),
    "papers": ("name", "originals", "copies", "form"),
    "results": ("name", "code"),
    "legal_basis": ("name", "number"),
}
_BESIDE = {"channels": {"note": ""}, "papers": {"case": ""}}
_READERS: Mapping[str, Callable[[str], Any]] = {
    "channel": _choose(CHANNELS),
    "term_value": _read_term,
    "term_unit": _choose(UNITS),
    "fee_vnd": _read_sum,
    "originals": _read_count,
    "copies": _read_count,
    "levels": _read_levels,
    **{name: _read_list(name) for name in _LISTS},
}
