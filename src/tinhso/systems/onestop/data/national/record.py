"""What a published record says, with everything that could not be understood beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field left empty because the text does not give it plainly."""

    field: str
    """Its place, e.g. `channels[0].fee_vnd`."""
    reason: Reason
    raw: str
    """The text as published."""


@dataclass(frozen=True, slots=True)
class PublishedChannel:
    channel: str
    """online, post or direct."""
    term_value: int | float | None
    term_unit: str | None
    """hour, working_day, day or month."""
    fee_vnd: int | None
    """0 is free, None unknown."""
    note: str = ""
    """The rest of the row: whom it is for, where to go, how the term runs."""


@dataclass(frozen=True, slots=True)
class PublishedPaper:
    name: str | None
    originals: int | None
    copies: int | None
    form: str | None
    """File name of its form."""
    case: str = ""
    """Heading of the table it stands in: the case in which it is asked for."""


@dataclass(frozen=True, slots=True)
class PublishedResult:
    name: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class PublishedBasis:
    name: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class PublishedProcedure:
    code: str
    name: str
    sector: str
    url: str
    decision: str
    """Number of the decision that published it."""
    agency: str
    """Who carries it out, in the portal's words."""
    applicants: str
    sequence: str
    """Steps to take, line by line."""
    conditions: str
    levels: tuple[str, ...]
    channels: tuple[PublishedChannel, ...]
    papers: tuple[PublishedPaper, ...]
    results: tuple[PublishedResult, ...]
    legal_basis: tuple[PublishedBasis, ...]
    doubts: tuple[Doubt, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """Everything it says, without the doubts; `from_plain` gives it back."""
        plain = _as_plain(self)
        del plain["doubts"]
        for name in ("channels", "papers", "results", "legal_basis"):
            plain[name] = [_as_plain(row) for row in plain[name]]
        return {**plain, "levels": list(self.levels)}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        lists: dict[str, Any] = {
            "levels": tuple(plain["levels"]),
            "channels": tuple(PublishedChannel(**row) for row in plain["channels"]),
            "papers": tuple(PublishedPaper(**row) for row in plain["papers"]),
            "results": tuple(PublishedResult(**row) for row in plain["results"]),
            "legal_basis": tuple(PublishedBasis(**row) for row in plain["legal_basis"]),
        }
        return cls(**{**plain, **lists})

    def as_line(self) -> dict[str, Any]:
        """The record as `tinhso procedures import --dry-run --json` prints it."""
        return {
            "code": self.code,
            "levels": list(self.levels),
            "channels": [
                {
                    "channel": row.channel,
                    "term_value": row.term_value,
                    "term_unit": row.term_unit,
                    "fee_vnd": row.fee_vnd,
                }
                for row in self.channels
            ],
            "papers": [
                {"name": row.name, "originals": row.originals, "copies": row.copies, "form": row.form}
                for row in self.papers
            ],
            "results": [{"name": row.name, "code": row.code} for row in self.results],
            "legal_basis": [{"name": row.name, "number": row.number} for row in self.legal_basis],
            "quarantined": [
                {"field": doubt.field, "reason": doubt.reason.value, "raw": doubt.raw}
                for doubt in self.doubts
            ],
        }


def _as_plain(row: Any) -> dict[str, Any]:
    """`dataclasses.asdict` copies deeply what is plain already, and takes ten times as long."""
    return {field.name: getattr(row, field.name) for field in fields(row)}
