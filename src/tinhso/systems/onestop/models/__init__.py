from .dossier import Dossier, PerformedAction
from .draft import FilingDraft
from .letter import IssuedLetter, LetterKind
from .paper import DossierPaper
from .procedure import Procedure, ProcedureVersion
from .result import ResultDocument
from .step import DossierStep

__all__ = [
    "Dossier",
    "DossierPaper",
    "DossierStep",
    "FilingDraft",
    "IssuedLetter",
    "LetterKind",
    "PerformedAction",
    "Procedure",
    "ProcedureVersion",
    "ResultDocument",
]
