from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from .models import Delivery, OutboxMessage
from .outbox import defer_cleaning, defer_deliveries, defer_run
from .permissions import VIEW_QUEUE
from .runs import get_job

KEPT = dt.timedelta(days=30)
BATCH = 1_000


@service
def replay_delivery(*, actor: Actor, delivery_id: int) -> None:
    """Try a failing delivery again now, without waiting for the next attempt."""
    actor.require(VIEW_QUEUE)
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id, delivered_at=None).first()
    if delivery is None:
        raise NotFoundError

    defer_deliveries(delivery.message_id, [delivery.handler])

    record(
        stream=f"jobs.delivery:{delivery_id}",
        action="jobs.delivery_replayed",
        actor=actor,
        detail={"handler": delivery.handler, "reason": delivery.last_error},
    )


@service
def rerun_job(*, actor: Actor, name: str) -> None:
    """Run a periodic job now, next to its plan."""
    actor.require(VIEW_QUEUE)
    job = get_job(name)

    defer_run(job.name)

    record(stream=f"jobs.job:{job.name}", action="jobs.job_rerun", actor=actor)


def purge() -> None:
    purge_outbox()
    defer_cleaning(KEPT)


def purge_outbox() -> int:
    """Drop events older than 30 days whose every handler is done. Returns how many."""
    waiting = Delivery.objects.filter(message=OuterRef("pk"), delivered_at=None)
    old = OutboxMessage.objects.filter(~Exists(waiting), emitted_at__lt=now() - KEPT)
    purged = 0
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            Delivery.objects.filter(message__in=batch).delete()
            OutboxMessage.objects.filter(pk__in=batch).delete()
        purged += len(batch)
    return purged
