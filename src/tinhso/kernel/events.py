"""Facts in the past tense, written to the outbox in the transaction that made them true."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any, ClassVar, Self
from uuid import UUID

from .ids import new_id
from .jobs.outbox import append_to_outbox
from .services import require_service


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of every event: frozen, ids and plain values, never renamed, only added to.

    `name` is `system.event_name` and is what the outbox and the handlers know it by.
    """

    name: ClassVar[str]

    def as_payload(self) -> dict[str, Any]:
        return {field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Rebuild the event; members this version does not know are left out."""
        hints = {field.name: str(field.type) for field in dataclasses.fields(cls)}
        return cls(**{key: _typed(value, hints[key]) for key, value in payload.items() if key in hints})


def emit(event: Event) -> UUID:
    """Write the event to the outbox. Delivered after commit, and again on failure."""
    require_service("emit")
    event_id = new_id()
    append_to_outbox(event_id=event_id, event=event)
    return event_id


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value


def _typed(value: object, hint: str) -> object:
    if not isinstance(value, str):
        return value
    if "UUID" in hint:
        return UUID(value)
    if "datetime" in hint:
        return dt.datetime.fromisoformat(value)
    if "date" in hint:
        return dt.date.fromisoformat(value)
    return value
