"""What the one-stop tells the others, in the past tense."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierEvent(Event):
    name: ClassVar[str] = "onestop.dossier_event"
    dossier_id: UUID
    dossier_code: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFiled(DossierEvent):
    name: ClassVar[str] = "onestop.dossier_filed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAccepted(DossierEvent):
    name: ClassVar[str] = "onestop.dossier_accepted"
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRefused(DossierEvent):
    name: ClassVar[str] = "onestop.dossier_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested(DossierEvent):
    name: ClassVar[str] = "onestop.supplement_requested"
    paper_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementSupplied(DossierEvent):
    name: ClassVar[str] = "onestop.supplement_supplied"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequested(DossierEvent):
    name: ClassVar[str] = "onestop.payment_requested"
    amount_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSubmitted(DossierEvent):
    name: ClassVar[str] = "onestop.result_submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSentBack(DossierEvent):
    name: ClassVar[str] = "onestop.result_sent_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSigned(DossierEvent):
    name: ClassVar[str] = "onestop.result_signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReturned(DossierEvent):
    name: ClassVar[str] = "onestop.result_returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermExtended(DossierEvent):
    name: ClassVar[str] = "onestop.term_extended"
    due_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawn(DossierEvent):
    name: ClassVar[str] = "onestop.dossier_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStopped(DossierEvent):
    name: ClassVar[str] = "onestop.dossier_stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalDossierArrived(Event):
    """The National Portal handed over a dossier, or an operator wants a held one tried again."""

    name: ClassVar[str] = "onestop.portal_dossier_arrived"
    arrival_id: UUID
    code: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReceived(DossierEvent):
    """Money came for a dossier: online, at the counter or by transfer."""

    name: ClassVar[str] = "onestop.payment_received"
    payment_id: UUID
    amount_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefunded(DossierEvent):
    name: ClassVar[str] = "onestop.payment_refunded"
    payment_id: UUID
    amount_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSubmitted(DossierEvent):
    """A letter lies on the leader's desk. `kind` is a `LetterKind`."""

    name: ClassVar[str] = "onestop.letter_submitted"
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSentBack(DossierEvent):
    name: ClassVar[str] = "onestop.letter_sent_back"
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSigned(DossierEvent):
    name: ClassVar[str] = "onestop.letter_signed"
    kind: str


PUBLISHED = (
    DossierFiled,
    DossierAccepted,
    DossierRefused,
    SupplementRequested,
    SupplementSupplied,
    PaymentRequested,
    ResultSubmitted,
    ResultSentBack,
    ResultSigned,
    ResultReturned,
    TermExtended,
    DossierWithdrawn,
    DossierStopped,
    PortalDossierArrived,
    PaymentReceived,
    PaymentRefunded,
    LetterSubmitted,
    LetterSentBack,
    LetterSigned,
)
