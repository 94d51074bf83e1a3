"""The outbox: events are rows of the same transaction, then jobs that call their handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from .models import OutboxMessage

if TYPE_CHECKING:
    from tinhso.kernel.events import Event


def append_to_outbox(*, event_id: UUID, event: Event) -> None:
    OutboxMessage.objects.create(id=event_id, event=event.name, payload=event.as_payload())
