"""Agencies, their codes and their offices, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.web.formats import day as write_day

from ..errors import NoIdentifierError, NoOwnerError, UnknownAgencyError
from ..models import (
    AdministrativeUnit,
    Agency,
    AgencyFunction,
    AgencyIdentifier,
    IdentifierScheme,
    UnitLevel,
)

DESCENDANTS = """
WITH RECURSIVE below(root, id) AS (
    SELECT id, id FROM orgs_agency WHERE id = ANY(%s)
    UNION ALL
    SELECT b.root, a.id FROM orgs_agency a JOIN below b ON a.parent_id = b.id
    WHERE a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to >= %s)
)
SELECT root, id FROM below WHERE root <> id
"""

# UNION, not UNION ALL: two bodies that became one meet again in their heir.
HEIRS = """
WITH RECURSIVE heirs(id) AS (
    SELECT %s::uuid
    UNION
    SELECT s.new_id FROM orgs_agencysuccession s JOIN heirs h ON s.old_id = h.id WHERE s."on" <= %s
)
SELECT id FROM heirs
"""


def find_descendant_ids(agency_ids: Sequence[UUID], on: dt.date) -> dict[UUID, set[UUID]]:
    """For each agency, every agency below it on that day. One query; none for an empty list."""
    if not agency_ids:
        return {}
    found: dict[UUID, set[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(DESCENDANTS, [list(agency_ids), on, on])
        for root, agency in cursor.fetchall():
            found.setdefault(root, set()).add(agency)
    return found


def get_agency(agency_id: UUID) -> Agency:
    try:
        return Agency.objects.select_related("unit", "parent").get(pk=agency_id)
    except Agency.DoesNotExist as error:
        raise NotFoundError from error


def find_agencies(
    on: dt.date, *, unit_id: UUID | None = None, parent_id: UUID | None = None
) -> QuerySet[Agency]:
    """The agencies of a day by name; of one territory, or directly below one agency, when given."""
    agencies = Agency.objects.as_of(on).order_by("name", "pk")
    if unit_id is not None:
        agencies = agencies.filter(unit_id=unit_id)
    if parent_id is not None:
        agencies = agencies.filter(parent_id=parent_id)
    return agencies


def find_heirs(agency_id: UUID, on: dt.date) -> list[Agency]:
    """Who answers on a day for what the agency did: itself while it lasts, and those who took over by then."""
    with connection.cursor() as cursor:
        cursor.execute(HEIRS, [agency_id, on])
        ids = [row[0] for row in cursor.fetchall()]
    return list(Agency.objects.as_of(on).filter(pk__in=ids).order_by("name", "pk"))


def get_identifier(agency_id: UUID, on: dt.date, scheme: str = IdentifierScheme.QD20_2020) -> str:
    """The code the agency bore on a day, in the form asked for. Raises NoIdentifierError."""
    bearers = AgencyIdentifier.objects.as_of(on).filter(agency_id=agency_id, scheme=scheme)
    code = bearers.values_list("code", flat=True).first()
    if code is None:
        raise NoIdentifierError(
            day=write_day(on),
            agency=get_agency(agency_id).name,
            scheme=IdentifierScheme(scheme).label,
        )
    return code


def get_agency_by_identifier(code: str, on: dt.date) -> Agency:
    """The agency that bore the code on a day; both forms are known by their looks. Raises UnknownAgencyError."""
    bearers = AgencyIdentifier.objects.as_of(on).filter(code=code.strip().upper())
    row = bearers.select_related("agency__unit").first()
    if row is None:
        raise UnknownAgencyError(day=write_day(on), identifier=code)
    return row.agency


def get_agency_for_function(function: str, on: dt.date, unit_id: UUID | None = None) -> Agency:
    """The agency that owns a function on a day (dated data, never a constant).

    With `unit_id`, the owner in that territory: the nearest of the unit and those above it that has one.
    Without, the owner for the province this installation serves. Raises NoOwnerError.
    """
    territories = _find_territories(on, unit_id)
    is_here = Q(unit_id__in=[t for t in territories if t])
    if None in territories:
        is_here |= Q(unit__isnull=True)
    rows = AgencyFunction.objects.as_of(on).filter(is_here, function=function).select_related("agency__unit")
    owners = {row.unit_id: row.agency for row in rows}
    for territory in territories:
        if territory in owners:
            return owners[territory]
    raise NoOwnerError(day=write_day(on), function=function)


def find_functions(agency_id: UUID, on: dt.date) -> QuerySet[AgencyFunction]:
    return AgencyFunction.objects.as_of(on).filter(agency_id=agency_id).order_by("function", "pk")


def _find_territories(on: dt.date, unit_id: UUID | None) -> list[UUID | None]:
    """From the unit upwards; None, the province of this installation, last where the unit lies in it."""
    if unit_id is None:
        province = AdministrativeUnit.objects.as_of(on).filter(
            level=UnitLevel.PROVINCE, code=settings.PROVINCE_CODE
        )
        return [*province.values_list("pk", flat=True), None]
    unit = AdministrativeUnit.objects.believed().select_related("parent__parent").get(pk=unit_id)
    chain: list[AdministrativeUnit] = []
    above: AdministrativeUnit | None = unit
    while above is not None:
        chain.append(above)
        above = above.parent
    is_ours = chain[-1].code == settings.PROVINCE_CODE
    return [*(u.pk for u in chain), *([None] if is_ours else [])]
