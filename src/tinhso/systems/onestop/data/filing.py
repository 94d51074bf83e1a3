"""What it takes to file a dossier, from the citizen's screen, the counter or another system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HandedPaper:
    paper_code: str
    file_id: UUID | None = None
    """None: handed in on paper and not scanned."""
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Applicant:
    """The owner of the dossier (chủ hồ sơ)."""

    name: str
    number: str
    kind: int = 1
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    dossier_id: UUID
    """Given by who files, so that the same filing sent twice is one dossier."""
    version_id: UUID
    agency_id: UUID | None
    """The counter it is filed at; None lets the procedure's own level decide."""
    values: Mapping[str, Any]
    papers: tuple[HandedPaper, ...] = ()
    applicant: Applicant | None = None
    """None: the signed-in person files for himself."""
    copies: int = 1


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """One paper an applicant is asked to add."""

    name: str
    note: str = ""
    paper_code: str = ""
