from .load_agencies import AgencyRow, FunctionRow, IdentifierRow, SuccessionRow, UnitRef, load_agencies
from .load_units import UnitsLoaded, load_units

__all__ = [
    "AgencyRow",
    "FunctionRow",
    "IdentifierRow",
    "SuccessionRow",
    "UnitRef",
    "UnitsLoaded",
    "load_agencies",
    "load_units",
]
