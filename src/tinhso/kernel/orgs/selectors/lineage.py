"""What a territory came from and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ..models import AdministrativeUnit, LineageKind, UnitLineage

MOST_CHANGES = 20
"""Ends the walk if the rows ever ran in a circle."""


@dataclass(frozen=True, slots=True)
class LineageLink:
    """One unit before or after another. `changes` counts the reforms between the two, `on` dates the farthest."""

    unit: AdministrativeUnit
    kind: LineageKind
    on: dt.date
    is_default: bool
    changes: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """Nearest first, then by name. WHOLE tells that the older unit is whole within the younger."""

    unit_id: UUID
    came_from: tuple[LineageLink, ...]
    became: tuple[LineageLink, ...]


def find_lineage(unit_id: UUID) -> Lineage:
    """Everything the unit came from and everything it became, through every reform. Two queries a reform."""
    return Lineage(
        unit_id=unit_id,
        came_from=_walk(unit_id, here="new", there="old"),
        became=_walk(unit_id, here="old", there="new"),
    )


def find_units_today(unit_id: UUID, on: dt.date) -> tuple[LineageLink, ...]:
    """Where the territory of an earlier unit lies on a later day: "by today's structure"."""
    return tuple(link for link in _walk(unit_id, here="old", there="new") if link.unit.is_valid_on(on))


def _walk(unit_id: UUID, *, here: str, there: str) -> tuple[LineageLink, ...]:
    found: dict[UUID, LineageLink] = {}
    reached: dict[UUID, LineageKind] = {unit_id: LineageKind.WHOLE}
    for changes in range(1, MOST_CHANGES):
        rows = UnitLineage.objects.filter(**{f"{here}_id__in": reached}).select_related(
            f"{there}__parent__parent"
        )
        next_reached: dict[UUID, LineageKind] = {}
        for link in _make_links(rows, reached, here, there, changes):
            if link.unit.pk not in found:
                found[link.unit.pk] = link
                next_reached[link.unit.pk] = link.kind
        if not next_reached:
            break
        reached = next_reached
    return tuple(sorted(found.values(), key=lambda link: (link.changes, link.unit.name, link.unit.pk)))


def _make_links(
    rows: Iterable[UnitLineage], reached: dict[UUID, LineageKind], here: str, there: str, changes: int
) -> Iterable[LineageLink]:
    for row in rows:
        unit: AdministrativeUnit = getattr(row, there)
        before: UUID = getattr(row, f"{here}_id")
        is_whole = row.kind == LineageKind.WHOLE and reached[before] is LineageKind.WHOLE
        yield LineageLink(
            unit=unit,
            kind=LineageKind.WHOLE if is_whole else LineageKind.PART,
            on=row.on,
            is_default=row.is_default,
            changes=changes,
        )
