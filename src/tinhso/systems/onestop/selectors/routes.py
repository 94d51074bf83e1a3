"""Which counter takes a dossier and which agency resolves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from tinhso.kernel.forms.values import get_value
from tinhso.kernel.orgs.models import Agency, AgencyLevel
from tinhso.kernel.orgs.selectors import get_agency_for_function

from ..data.procedure_file import VersionFile
from ..errors import FiledElsewhereError, TakesNoFilingsError


@dataclass(frozen=True, slots=True)
class Route:
    intake: Agency
    resolving: Agency


def get_route(content: VersionFile, agency_id: UUID | None, on: dt.date) -> Route:
    """Intake and resolving agency. Any counter of the province takes any procedure (NĐ 118/2025);
    who resolves it follows the procedure's level and the owner of its function that day.

    Raises FiledElsewhereError when the agency runs no counter, or none was named for a commune's procedure;
    TakesNoFilingsError for a procedure that is shown for reading.
    """
    if not content.is_filed_here:
        raise TakesNoFilingsError
    intake = _get_counter(agency_id, on)
    if content.level == AgencyLevel.PROVINCE:
        counter = intake or _get_provincial_counter(on)
        return Route(counter, get_agency_for_function(content.owner_function, on, counter.unit_id))
    if intake is None or intake.level != AgencyLevel.COMMUNE:
        raise FiledElsewhereError
    return Route(intake, intake.parent if _is_centre(intake) and intake.parent else intake)


def find_counters(content: VersionFile, on: dt.date) -> list[Agency]:
    """Counters that may be chosen for this procedure."""
    rows = Agency.objects.as_of(on).filter(is_one_stop=True).select_related("parent")
    if content.level == AgencyLevel.COMMUNE:
        rows = rows.filter(level=AgencyLevel.COMMUNE)
    return list(rows.order_by("level", "short_name"))


def find_competent_counter(content: VersionFile, values: Mapping[str, Any], on: dt.date) -> Agency | None:
    """The counter of the commune the answers name as competent; None when they name none of this province."""
    said = get_value(values, content.territory_field) if content.territory_field else None
    code = said.get("commune") if isinstance(said, Mapping) else said
    if not isinstance(code, str):
        return None
    rows = Agency.objects.as_of(on).filter(is_one_stop=True, level=AgencyLevel.COMMUNE, unit__code=code)
    return rows.first()


def _is_centre(agency: Agency) -> bool:
    """A commune's centre has the commune's People's Committee above it; the committee itself has the province."""
    return agency.parent is not None and agency.parent.level == agency.level


def _get_counter(agency_id: UUID | None, on: dt.date) -> Agency | None:
    if agency_id is None:
        return None
    agency = Agency.objects.as_of(on).select_related("parent").filter(pk=agency_id, is_one_stop=True).first()
    if agency is None:
        raise FiledElsewhereError
    return agency


def _get_provincial_counter(on: dt.date) -> Agency:
    counters = Agency.objects.as_of(on).filter(level=AgencyLevel.PROVINCE, is_one_stop=True)
    counter = counters.filter(unit__code=settings.PROVINCE_CODE).first()
    if counter is None:
        raise FiledElsewhereError
    return counter
