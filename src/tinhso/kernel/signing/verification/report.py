"""What a verification found: plain frozen values, for pages, the API and other systems."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from ..choices import CredentialKind, SignatureLevel


class Verdict(StrEnum):
    GENUINE = "genuine"
    """Every signature holds, covers the document and leads to a trusted root."""
    ALTERED = "altered"
    """Something was changed after signing."""
    UNTRUSTED = "untrusted"
    """Unchanged, but a signer cannot be traced to a trusted root, or his certificate was revoked or expired."""
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    """Not a PDF, damaged, locked, or built to exhaust its reader."""


class Unreadable(StrEnum):
    NOT_PDF = "not_pdf"
    DAMAGED = "damaged"
    LOCKED = "locked"
    TOO_LARGE = "too_large"
    TOO_HEAVY = "too_heavy"
    """Unpacks to too much, holds too many revisions or takes too long."""


class Change(StrEnum):
    CONTENT = "content"
    """The signed bytes are no longer the ones that were signed."""
    ADDED = "added"
    """Something was appended after the last signature."""
    BETWEEN = "between"
    """Something other than a signature came between two signatures."""
    UNCOVERED = "uncovered"
    """The signature leaves out part of what lies before it."""
    SIGNATURE = "signature"
    """The signature itself was touched."""
    TIMESTAMP = "timestamp"
    """The time stamp was touched."""


class Distrust(StrEnum):
    NO_PATH = "no_path"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    WEAK = "weak"
    """An algorithm that no longer proves anything."""
    MISUSED = "misused"
    """The certificate is not for signing documents."""
    OTHER = "other"


class Revocation(StrEnum):
    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    """Neither OCSP nor a revocation list could be had: Circular 15/2025/TT-BKHCN, annex II, wants a warning."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The root a certificate leads to, and why it is trusted."""

    anchor: str
    why: str


@dataclass(frozen=True, slots=True)
class SignatureReport:
    name: str
    position: str
    organisation: str
    kind: CredentialKind
    signed_at: dt.datetime | None
    """By the time stamp where there is one, else as the signer's clock said."""
    is_timestamped: bool
    timestamp_by: str
    archived_at: dt.datetime | None
    """Of the first archive time stamp over it."""
    level: SignatureLevel
    changes: tuple[Change, ...]
    trust: Trust | None
    distrust: Distrust | None
    revocation: Revocation
    revocation_checked_at: dt.datetime | None
    revoked_at: dt.datetime | None
    certificate_serial: str
    certificate_issuer: str
    certificate_starts_at: dt.datetime | None
    certificate_expires_at: dt.datetime | None

    @property
    def is_intact(self) -> bool:
        return not self.changes

    @property
    def covers_whole_document(self) -> bool:
        """Nothing but later signatures and archive evidence came after it."""
        return not {Change.ADDED, Change.BETWEEN, Change.UNCOVERED} & set(self.changes)

    @property
    def is_trusted(self) -> bool:
        return self.trust is not None and self.distrust is None

    @property
    def is_valid(self) -> bool:
        return self.is_intact and self.is_trusted


@dataclass(frozen=True, slots=True)
class Addition:
    """What was appended after the last signature."""

    size: int
    """Bytes."""
    added_at: dt.datetime | None
    """As the file itself claims."""
    pages: tuple[int, ...]
    """Pages whose content changed, counted from 1."""


@dataclass(frozen=True, slots=True)
class VerificationReport:
    verdict: Verdict
    sha256: str
    size: int
    signatures: tuple[SignatureReport, ...] = ()
    unreadable: Unreadable | None = None
    addition: Addition | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """Of all signatures, each once."""
        return tuple(dict.fromkeys(change for report in self.signatures for change in report.changes))

    @property
    def archived_at(self) -> dt.datetime | None:
        """Since when archive time stamps cover every signature."""
        moments = [report.archived_at for report in self.signatures]
        covered = [moment for moment in moments if moment is not None]
        return max(covered) if covered and len(covered) == len(moments) else None

    @property
    def is_genuine(self) -> bool:
        return self.verdict is Verdict.GENUINE
