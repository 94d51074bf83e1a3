"""What a person was told."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.rights import Gate, OwnerRule

from .models import Notification

PAGE_SIZE = 30

NOTIFICATIONS = Gate(model=Notification, rules=(OwnerRule(lambda account_id: Q(account_id=account_id)),))


def count_unread(actor: Actor) -> int:
    """For the bell; no query for nobody."""
    if actor.account_id is None:
        return 0
    return NOTIFICATIONS.rows(actor).filter(read_at__isnull=True).count()


def find_notifications(actor: Actor, after: UUID | None = None, size: int = PAGE_SIZE) -> list[Notification]:
    """One page, newest first; `after` is the last one of the page before."""
    rows = NOTIFICATIONS.rows(actor)
    if after is not None and (last := rows.filter(pk=after).only("created_at").first()):
        earlier = Q(created_at__lt=last.created_at)
        rows = rows.filter(earlier | Q(created_at=last.created_at, pk__lt=last.pk))
    return list(rows.order_by("-created_at", "-pk")[:size])
