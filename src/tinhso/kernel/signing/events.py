"""What signing tells the others, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentIssued(Event):
    """A document left, signed, that is kept for the long run."""

    name: ClassVar[str] = "signing.document_issued"
    document_id: UUID
