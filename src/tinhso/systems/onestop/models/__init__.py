from .dossier import Dossier, PerformedAction
from .draft import FilingDraft
from .letter import IssuedLetter, LetterKind
from .paper import DossierPaper
from .portal import CitizenDoor, PortalArrival, PortalContact, PortalSync
from .procedure import Procedure, ProcedureVersion
from .result import ResultDocument
from .step import DossierStep

__all__ = [
    "CitizenDoor",
    "Dossier",
    "DossierPaper",
    "DossierStep",
    "FilingDraft",
    "IssuedLetter",
    "LetterKind",
    "PerformedAction",
    "PortalArrival",
    "PortalContact",
    "PortalSync",
    "Procedure",
    "ProcedureVersion",
    "ResultDocument",
]
