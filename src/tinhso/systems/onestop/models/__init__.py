from .book import BookClosing
from .dossier import Dossier, PerformedAction
from .draft import FilingDraft
from .fee_receipt import FeeCollector, FeeReceipt, ReceiptReport
from .letter import IssuedLetter, LetterKind
from .national import NationalRecord, RecordDoubt
from .paper import DossierPaper
from .payment import Payment, PaymentAttempt, PlatformMessage, Refund
from .portal import CitizenDoor, PortalArrival, PortalContact, PortalSync
from .procedure import Procedure, ProcedureVersion
from .reconciliation import Difference, ReconciledDay
from .result import ResultDocument
from .step import DossierStep

__all__ = [
    "BookClosing",
    "CitizenDoor",
    "Difference",
    "Dossier",
    "DossierPaper",
    "DossierStep",
    "FeeCollector",
    "FeeReceipt",
    "FilingDraft",
    "IssuedLetter",
    "LetterKind",
    "NationalRecord",
    "Payment",
    "PaymentAttempt",
    "PerformedAction",
    "PlatformMessage",
    "PortalArrival",
    "PortalContact",
    "PortalSync",
    "Procedure",
    "ProcedureVersion",
    "ReceiptReport",
    "ReconciledDay",
    "RecordDoubt",
    "Refund",
    "ResultDocument",
]
