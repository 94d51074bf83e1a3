from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from tinhso.kernel.services import service

from ..errors import UnknownUnitError
from ..keys import get_agency_id
from ..models import AdministrativeUnit, Agency, AgencyFunction, AgencyIdentifier, AgencySuccession


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit by its code, as the code was understood on a day."""

    level: str
    code: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class IdentifierRow:
    scheme: str
    code: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """An office the agency holds in its own territory."""

    function: str
    legal_basis: str
    valid_from: dt.date
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """The agency takes over from the one named by `old`, a key of the same list."""

    old: str
    on: dt.date
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """One agency of a list. `key` is its name in the list and fixes its id; a parent stands before its children."""

    key: str
    name: str
    short_name: str
    level: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    abbreviation: str = ""
    parent: str = ""
    unit: UnitRef | None = None
    is_one_stop: bool = False
    address: str = ""
    phone: str = ""
    identifiers: tuple[IdentifierRow, ...] = ()
    functions: tuple[FunctionRow, ...] = ()
    succeeds: tuple[SuccessionRow, ...] = ()

    @property
    def id(self) -> UUID:
        return get_agency_id(self.key)


@service
def load_agencies(*, rows: Iterable[AgencyRow]) -> int:
    """Bring the listed agencies, with their codes, offices and succession, to what the rows say. Idempotent.

    Agencies that are not in the list are left alone. Answers how many are listed.
    """
    listed = list(rows)
    ids = [row.id for row in listed]
    unit_ids = _find_unit_ids(listed)
    Agency.objects.bulk_create(
        [_make_agency(row, unit_ids) for row in listed],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            *("name", "short_name", "abbreviation", "level", "parent", "unit"),
            *("is_one_stop", "address", "phone", "valid_from", "valid_to"),
        ],
    )
    # Emptied before they are filled: a code may have moved from one listed agency to another.
    AgencyIdentifier.objects.filter(agency_id__in=ids).delete()
    AgencyFunction.objects.filter(agency_id__in=ids).delete()
    AgencySuccession.objects.filter(new_id__in=ids).delete()
    AgencyIdentifier.objects.bulk_create(_make_identifiers(listed))
    AgencyFunction.objects.bulk_create(_make_functions(listed, unit_ids))
    AgencySuccession.objects.bulk_create(_make_successions(listed))
    return len(listed)


def _find_unit_ids(rows: list[AgencyRow]) -> dict[UnitRef, UUID]:
    refs = {row.unit for row in rows if row.unit}
    meanings: dict[tuple[str, str], list[AdministrativeUnit]] = defaultdict(list)
    for unit in AdministrativeUnit.objects.believed().filter(code__in={ref.code for ref in refs}):
        meanings[unit.level, unit.code].append(unit)
    return {ref: _choose(ref, meanings[ref.level, ref.code]).pk for ref in refs}


def _choose(ref: UnitRef, meanings: list[AdministrativeUnit]) -> AdministrativeUnit:
    for unit in meanings:
        if unit.is_valid_on(ref.on):
            return unit
    raise UnknownUnitError(ref.level, ref.code, ref.on, others=meanings)


def _make_agency(row: AgencyRow, unit_ids: dict[UnitRef, UUID]) -> Agency:
    return Agency(
        id=row.id,
        name=row.name,
        short_name=row.short_name,
        abbreviation=row.abbreviation,
        level=row.level,
        parent_id=get_agency_id(row.parent) if row.parent else None,
        unit_id=unit_ids[row.unit] if row.unit else None,
        is_one_stop=row.is_one_stop,
        address=row.address,
        phone=row.phone,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _make_identifiers(rows: list[AgencyRow]) -> Iterator[AgencyIdentifier]:
    for row in rows:
        for i in row.identifiers:
            yield AgencyIdentifier(
                agency_id=row.id,
                scheme=i.scheme,
                code=i.code,
                valid_from=i.valid_from,
                valid_to=i.valid_to,
                note=i.note,
            )


def _make_functions(rows: list[AgencyRow], unit_ids: dict[UnitRef, UUID]) -> Iterator[AgencyFunction]:
    for row in rows:
        for f in row.functions:
            yield AgencyFunction(
                agency_id=row.id,
                unit_id=unit_ids[row.unit] if row.unit else None,
                function=f.function,
                legal_basis=f.legal_basis,
                valid_from=f.valid_from,
                valid_to=f.valid_to,
            )


def _make_successions(rows: list[AgencyRow]) -> Iterator[AgencySuccession]:
    for row in rows:
        for s in row.succeeds:
            yield AgencySuccession(
                old_id=get_agency_id(s.old), new_id=row.id, on=s.on, legal_basis=s.legal_basis
            )
