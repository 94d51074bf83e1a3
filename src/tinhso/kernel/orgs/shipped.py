"""The country's units as the product ships them (data/README.md)."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from .keys import get_unit_id

FOLDER = Path(__file__).parent / "data"
BEFORE = dt.timedelta(days=1)

Key = tuple[str, str]
"""(level, code): names a unit only together with a day."""


class UnknownKeyError(ValueError):
    """A shipped file names a unit that the shipped units do not hold on that day."""


@dataclass(frozen=True, slots=True)
class ShippedUnit:
    id: UUID
    code: str
    level: str
    kind: str
    name: str
    full_name: str
    parent_id: UUID | None
    area_km2: str | None
    latitude: str | None
    longitude: str | None
    legal_basis: str
    is_start_known: bool
    valid_from: str
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class ShippedLineage:
    old_id: UUID
    new_id: UUID
    kind: str
    on: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class ShippedCountry:
    units: list[ShippedUnit]
    lineage: list[ShippedLineage]


def read_country(folder: Path = FOLDER) -> ShippedCountry:
    """Both files whole. A parent stands before its children in units.csv."""
    by_key: dict[Key, list[ShippedUnit]] = {}
    units = []
    for row in _read(folder / "units.csv"):
        unit = _make_unit(row, by_key)
        by_key.setdefault((unit.level, unit.code), []).append(unit)
        units.append(unit)
    lineage = [_make_lineage(row, by_key) for row in _read(folder / "lineage.csv")]
    return ShippedCountry(units=units, lineage=lineage)


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _make_unit(row: dict[str, str], by_key: dict[Key, list[ShippedUnit]]) -> ShippedUnit:
    parent = _find(row["parent"], row["valid_from"], by_key) if row["parent"] else None
    return ShippedUnit(
        id=get_unit_id(row["level"], row["code"], dt.date.fromisoformat(row["valid_from"])),
        code=row["code"],
        level=row["level"],
        kind=row["kind"],
        name=row["name"],
        full_name=f"{row['name']}, {parent.full_name}" if parent else row["name"],
        parent_id=parent.id if parent else None,
        area_km2=row["area_km2"] or None,
        latitude=row["latitude"] or None,
        longitude=row["longitude"] or None,
        legal_basis=row["legal_basis"],
        is_start_known=row["is_start_known"] == "1",
        valid_from=row["valid_from"],
        valid_to=row["valid_to"] or None,
    )


def _make_lineage(row: dict[str, str], by_key: dict[Key, list[ShippedUnit]]) -> ShippedLineage:
    last_day_before = (dt.date.fromisoformat(row["on"]) - BEFORE).isoformat()
    return ShippedLineage(
        old_id=_find(row["old"], last_day_before, by_key).id,
        new_id=_find(row["new"], row["on"], by_key).id,
        kind=row["kind"],
        on=row["on"],
        is_default=row["is_default"] == "1",
    )


def _find(key: str, day: str, by_key: dict[Key, list[ShippedUnit]]) -> ShippedUnit:
    """`key` is level/code; days are ISO strings, which sort as days do."""
    level, code = key.split("/")
    for unit in by_key.get((level, code), []):
        if unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to):
            return unit
    raise UnknownKeyError(f"{key} on {day}")
