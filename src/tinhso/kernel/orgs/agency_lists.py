"""A province's own agencies, as CSV files in a folder (docs/howto/run-on-real-servers.md tells their columns).

`agencies.csv` is needed; `functions.csv` and `successions.csv` may stand beside it.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import AgencyListError
from .models import AgencyLevel, IdentifierScheme
from .services import AgencyRow, FunctionRow, IdentifierRow, SuccessionRow, UnitRef

AGENCIES, FUNCTIONS, SUCCESSIONS = "agencies.csv", "functions.csv", "successions.csv"
NEEDED: Mapping[str, Sequence[str]] = {
    AGENCIES: ("key", "name", "short_name", "level", "valid_from"),
    FUNCTIONS: ("agency", "function", "legal_basis", "valid_from"),
    SUCCESSIONS: ("new", "old", "on"),
}
SCHEMES = {
    "code": (IdentifierScheme.QD20_2020, dt.date(2020, 9, 15)),
    "code_2018": (IdentifierScheme.TT01_2018, dt.date(2018, 11, 23)),
}
"""Column, form of the code, and the first day of its rule."""


@dataclass(frozen=True, slots=True)
class Line:
    file: str
    number: int
    values: Mapping[str, str]

    def get(self, column: str) -> str:
        return (self.values.get(column) or "").strip()

    def get_day(self, column: str) -> dt.date | None:
        text = self.get(column)
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise self.refuse(column) from None

    def require_day(self, column: str) -> dt.date:
        day = self.get_day(column)
        if day is None:
            raise self.refuse(column)
        return day

    def refuse(self, column: str) -> AgencyListError:
        return AgencyListError(file=self.file, line=self.number, column=column, value=self.get(column))


def read_agencies(folder: Path) -> list[AgencyRow]:
    """Errors: AgencyListError with file, line and column, for a file that is missing too."""
    lines = list(_read(folder, AGENCIES))
    known: set[str] = set()
    for line in lines:
        if line.get("key") in known:
            raise line.refuse("key")
        if line.get("parent") and line.get("parent") not in known:
            raise line.refuse("parent")
        known.add(line.get("key"))
    functions: dict[str, list[FunctionRow]] = defaultdict(list)
    for line in _read_beside(folder, FUNCTIONS):
        functions[_get_key(line, "agency", known)].append(_make_function(line))
    successions: dict[str, list[SuccessionRow]] = defaultdict(list)
    for line in _read_beside(folder, SUCCESSIONS):
        successions[_get_key(line, "new", known)].append(_make_succession(line, known))
    return [_make_agency(line, functions[line.get("key")], successions[line.get("key")]) for line in lines]


def _read_beside(folder: Path, name: str) -> Iterator[Line]:
    if (folder / name).exists():
        yield from _read(folder, name)


def _read(folder: Path, name: str) -> Iterator[Line]:
    """Spreadsheets put a mark before the first letter of UTF-8."""
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for values in (reader := csv.DictReader(file)):
                line = Line(name, reader.line_num, values)
                for column in NEEDED[name]:
                    if not line.get(column):
                        raise line.refuse(column)
                yield line
    except (FileNotFoundError, UnicodeDecodeError):
        raise AgencyListError(file=folder / name, line=1, column=NEEDED[name][0], value="") from None


def _get_key(line: Line, column: str, known: set[str]) -> str:
    if line.get(column) not in known:
        raise line.refuse(column)
    return line.get(column)


def _make_agency(
    line: Line, functions: Sequence[FunctionRow], successions: Sequence[SuccessionRow]
) -> AgencyRow:
    if line.get("level") not in AgencyLevel.values:
        raise line.refuse("level")
    valid_from, valid_to = line.require_day("valid_from"), line.get_day("valid_to")
    unit = line.get("unit")
    return AgencyRow(
        key=line.get("key"),
        name=line.get("name"),
        short_name=line.get("short_name"),
        level=line.get("level"),
        valid_from=valid_from,
        valid_to=valid_to,
        abbreviation=line.get("abbreviation"),
        parent=line.get("parent"),
        unit=UnitRef(line.get("level"), unit, valid_to or valid_from) if unit else None,
        is_one_stop=line.get("one_stop") == "1",
        address=line.get("address"),
        phone=line.get("phone"),
        identifiers=tuple(
            IdentifierRow(scheme, line.get(column), max(valid_from, first_day), valid_to)
            for column, (scheme, first_day) in SCHEMES.items()
            if line.get(column)
        ),
        functions=tuple(functions),
        succeeds=tuple(successions),
    )


def _make_function(line: Line) -> FunctionRow:
    return FunctionRow(
        function=line.get("function"),
        legal_basis=line.get("legal_basis"),
        valid_from=line.require_day("valid_from"),
        valid_to=line.get_day("valid_to"),
    )


def _make_succession(line: Line, known: set[str]) -> SuccessionRow:
    return SuccessionRow(
        old=_get_key(line, "old", known), on=line.require_day("on"), legal_basis=line.get("legal_basis")
    )
