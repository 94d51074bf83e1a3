from .agency import Agency, AgencyFunction, AgencyIdentifier, AgencyLevel, AgencySuccession, IdentifierScheme
from .unit import AdministrativeUnit, LineageKind, UnitLevel, UnitLineage

__all__ = [
    "AdministrativeUnit",
    "Agency",
    "AgencyFunction",
    "AgencyIdentifier",
    "AgencyLevel",
    "AgencySuccession",
    "IdentifierScheme",
    "LineageKind",
    "UnitLevel",
    "UnitLineage",
]
