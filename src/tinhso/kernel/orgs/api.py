"""Administrative units for other systems: by code and day, by id, below, and through reforms. Open to all."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from tinhso.kernel.api.paging import Cursor, Limit, Page, cut_page
from tinhso.kernel.moment import today

from .models import AdministrativeUnit, LineageKind, UnitLevel
from .selectors import (
    LineageLink,
    find_lineage,
    find_provinces,
    find_units,
    get_unit,
    get_unit_by_id,
    search_units,
)

router = Router(tags=["orgs"], auth=None)
MOST_FOUND = 100

Day = Annotated[dt.date | None, Query(description="The day the answer is true of; today when left out.")]
Code = Annotated[str, Query(pattern=r"^[0-9]{2,5}$", description="Without its day a code names nothing.")]


class UnitOut(Schema):
    id: UUID
    level: UnitLevel
    code: str
    kind: str
    name: str
    full_name: str
    parent_id: UUID | None
    valid_from: dt.date
    valid_to: dt.date | None
    is_start_known: bool
    area_km2: float | None
    latitude: float | None
    longitude: float | None
    legal_basis: str


class LinkOut(Schema):
    unit: UnitOut
    kind: LineageKind
    on: dt.date
    is_default: bool
    changes: int


class LineageOut(Schema):
    unit: UnitOut
    came_from: list[LinkOut]
    became: list[LinkOut]


@router.get("/units/by-code", response=UnitOut, summary="What a code meant on a day")
def unit_by_code(request: HttpRequest, level: UnitLevel, code: Code, as_of: Day = None) -> AdministrativeUnit:
    return get_unit(level, code, as_of or today())


@router.get(
    "/units/search", response=list[UnitOut], summary="Units of a day by words of their name, without accents"
)
def units_by_name(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=100)],
    as_of: Day = None,
    level: UnitLevel | None = None,
    limit: Limit = 20,
) -> list[AdministrativeUnit]:
    return list(search_units(q, as_of or today(), level)[:limit])


@router.get(
    "/units", response=Page[UnitOut], summary="The units directly below one, or the provinces, of a day"
)
def units_below(
    request: HttpRequest,
    parent_id: UUID | None = None,
    as_of: Day = None,
    after: Cursor = "",
    limit: Limit = 50,
) -> Page[UnitOut]:
    day = as_of or today()
    units = find_units(get_unit_by_id(parent_id).pk, day) if parent_id else find_provinces(day)
    page, following = cut_page(units, ("name", "id"), after, limit)
    return Page(items=[UnitOut.from_orm(unit) for unit in page], next=following)


@router.get("/units/{unit_id}", response=UnitOut, summary="One unit, whatever day it is")
def unit_by_id(request: HttpRequest, unit_id: UUID) -> AdministrativeUnit:
    return get_unit_by_id(unit_id)


@router.get(
    "/units/{unit_id}/lineage", response=LineageOut, summary="What it came from and what became of it"
)
def unit_lineage(request: HttpRequest, unit_id: UUID) -> LineageOut:
    unit = get_unit_by_id(unit_id)
    lineage = find_lineage(unit_id)
    return LineageOut(
        unit=UnitOut.from_orm(unit),
        came_from=[_write_link(link) for link in lineage.came_from],
        became=[_write_link(link) for link in lineage.became],
    )


def _write_link(link: LineageLink) -> LinkOut:
    return LinkOut(
        unit=UnitOut.from_orm(link.unit),
        kind=link.kind,
        on=link.on,
        is_default=link.is_default,
        changes=link.changes,
    )
