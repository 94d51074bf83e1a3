"""Where dossiers are taken in and resolved in the demo province, and by whom, read back from the database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tinhso.kernel.orgs.models import Agency, AgencyFunction, AgencyLevel, UnitLineage
from tinhso.kernel.people.models import Account, AccountKind, RoleAssignment

from .departments import MERGED_ON
from .people import COUNTER, LEADER, OFFICER, get_home


@dataclass(frozen=True, slots=True)
class Place:
    """An agency that resolves dossiers, with the counter they come in by and the people of both."""

    agency: Agency
    counter: Agency
    receivers: tuple[Account, ...]
    officers: tuple[Account, ...]
    leader: Account
    functions: tuple[AgencyFunction, ...]
    homes: frozenset[str]
    """Communes of today whose people come here; none named: the whole province."""

    @property
    def is_featured(self) -> bool:
        return self.leader.username == "lanhdao"

    @property
    def is_commune(self) -> bool:
        return self.agency.level == AgencyLevel.COMMUNE

    def holds(self, function: str, day: dt.date) -> bool:
        return any(held.function == function and held.is_valid_on(day) for held in self.functions)


@dataclass(frozen=True, slots=True)
class Province:
    places: tuple[Place, ...]
    citizens: tuple[Account, ...]
    """Those who file most first."""
    organisations: tuple[Account, ...]


def read_province() -> Province:
    """The staffed places and the people, in the order they were made."""
    people = list(Account.objects.filter(is_demo=True, is_active=True).order_by("pk"))
    return Province(
        places=tuple(_read_places()),
        citizens=tuple(a for a in people if a.kind == AccountKind.CITIZEN),
        organisations=tuple(a for a in people if a.kind == AccountKind.ORGANISATION),
    )


def _read_places() -> Iterable[Place]:
    rows = (
        RoleAssignment.objects.filter(account__is_demo=True, role__code__in=(COUNTER, OFFICER, LEADER))
        .select_related("account", "agency__unit__parent__parent", "agency__parent", "role")
        .order_by("pk")
    )
    staff: dict[tuple[str, UUID], list[Account]] = defaultdict(list)
    agencies: dict[UUID, Agency] = {}
    for row in rows:
        staff[row.role.code, row.agency_id].append(row.account)
        agencies[row.agency_id] = row.agency
    functions: dict[UUID, list[AgencyFunction]] = defaultdict(list)
    for held in AgencyFunction.objects.filter(agency__in=agencies).order_by("valid_from", "function"):
        functions[held.agency_id].append(held)
    for agency in agencies.values():
        counter = find_counter(agency, agencies.values())
        if counter is None or (LEADER, agency.pk) not in staff:
            continue
        yield Place(
            agency=agency,
            counter=counter,
            receivers=tuple(staff[COUNTER, counter.pk]),
            officers=tuple(staff[OFFICER, agency.pk]),
            leader=staff[LEADER, agency.pk][0],
            functions=tuple(functions[agency.pk]),
            homes=_find_homes(agency),
        )


def find_counter(agency: Agency, agencies: Iterable[Agency]) -> Agency | None:
    """A commune's own counter or centre; for what stands at the province, the centre of that province and time."""
    if agency.is_one_stop:
        return agency
    for other in agencies:
        is_own = (
            other.parent_id == agency.pk
            if agency.level == AgencyLevel.COMMUNE
            else other.unit_id == agency.unit_id
        )
        if other.is_one_stop and other.level == agency.level and is_own:
            return other
    return None


def _find_homes(agency: Agency) -> frozenset[str]:
    unit = agency.unit
    if unit is None or agency.level != AgencyLevel.COMMUNE:
        return frozenset()
    heirs = UnitLineage.objects.filter(on=MERGED_ON, old=unit).values_list("new__name", flat=True)
    return frozenset(heirs) if agency.valid_to else frozenset({unit.name})


def find_residents(people: Iterable[Account], homes: frozenset[str]) -> list[Account]:
    return [person for person in people if not homes or get_home(person) in homes]
