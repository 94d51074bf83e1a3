from .agency import Agency, AgencyFunction, AgencyIdentifier, AgencyLevel, IdentifierScheme
from .unit import AdministrativeUnit, LineageKind, UnitLevel, UnitLineage

__all__ = [
    "AdministrativeUnit",
    "Agency",
    "AgencyFunction",
    "AgencyIdentifier",
    "AgencyLevel",
    "IdentifierScheme",
    "LineageKind",
    "UnitLevel",
    "UnitLineage",
]
