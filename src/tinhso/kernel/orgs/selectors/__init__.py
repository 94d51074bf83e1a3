"""Territories and agencies, as of a day."""

from .agencies import (
    find_agencies,
    find_descendant_ids,
    find_functions,
    find_heirs,
    get_agency,
    get_agency_by_identifier,
    get_agency_for_function,
    get_identifier,
)
from .lineage import Lineage, LineageLink, find_lineage, find_units_today
from .units import (
    UnitChoice,
    find_earlier_beliefs,
    find_other_meanings,
    find_provinces,
    find_units,
    find_units_after,
    get_province,
    get_unit,
    get_unit_by_id,
    get_units_for_select,
    search_units,
)

__all__ = [
    "Lineage",
    "LineageLink",
    "UnitChoice",
    "find_agencies",
    "find_descendant_ids",
    "find_earlier_beliefs",
    "find_functions",
    "find_heirs",
    "find_lineage",
    "find_other_meanings",
    "find_provinces",
    "find_units",
    "find_units_after",
    "find_units_today",
    "get_agency",
    "get_agency_by_identifier",
    "get_agency_for_function",
    "get_identifier",
    "get_province",
    "get_unit",
    "get_unit_by_id",
    "get_units_for_select",
    "search_units",
]
