"""The outbox: events are rows of the same transaction, then jobs that call their handlers."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from tinhso.kernel.registry import registry

if TYPE_CHECKING:
    from tinhso.kernel.events import Event

QUEUE = "outbox"
DELIVER = "tinhso.deliver"
PERIODIC_QUEUE = "periodic"
RUN_JOB = "tinhso.run_job"
RESCUE = "tinhso.rescue_stalled_jobs"
LATER = -1
"""A job's priority: the higher goes first, among equals the older."""

APPEND = """
WITH message AS (
    INSERT INTO jobs_outboxmessage (id, event, payload, emitted_at) VALUES (%(id)s, %(event)s, %(payload)s::jsonb, now())
)
INSERT INTO jobs_delivery (message_id, handler, attempts, last_error)
SELECT %(id)s, handler, 0, '' FROM unnest(%(handlers)s::varchar[]) AS handler
"""


@dataclass(frozen=True, slots=True)
class HeldDelivery:
    message_id: UUID
    handler: str
    event: Event


_held: ContextVar[list[HeldDelivery] | None] = ContextVar("held_deliveries", default=None)

# A worker's app speaks through its own pool, outside of the transaction of the use case that emits.
_manager = JobManager(DjangoConnector())


def append_to_outbox(*, event_id: UUID, event: Event) -> None:
    """Two statements for an event somebody handles, one for an event nobody does."""
    handlers = [handler.name for handler in registry.find_handlers(event.name)]
    values: dict[str, Any] = {
        "id": event_id,
        "event": event.name,
        "payload": json.dumps(event.as_payload()),
        "handlers": handlers,
    }
    with connection.cursor() as cursor:
        cursor.execute(APPEND, values)
    if (held := _held.get()) is not None:
        here = [name for name in handlers if registry.get_handler(name).is_prompt]
        held.extend(HeldDelivery(event_id, name, event) for name in here)
        handlers = [name for name in handlers if name not in here]
    defer_deliveries(event_id, handlers)


@contextmanager
def hold_deliveries() -> Iterator[list[HeldDelivery]]:
    """What is emitted inside, instead of jobs; what calls out or can wait still is queued."""
    held: list[HeldDelivery] = []
    token = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(token)


def defer_deliveries(message_id: UUID, handlers: list[str]) -> None:
    """A job for each handler, in the transaction that is open."""
    if handlers:
        _manager.batch_defer_jobs([_make_job(message_id, handler) for handler in handlers])


def defer_run(job_name: str) -> None:
    """A periodic job, run once more in the transaction that is open; never beside itself."""
    _manager.defer_job(
        Job(
            queue=PERIODIC_QUEUE,
            lock=job_name,
            queueing_lock=None,
            task_name=RUN_JOB,
            task_kwargs={"timestamp": int(time.time()), "name": job_name},
        )
    )


def defer_rescue() -> None:
    """What a worker does every minute, now."""
    _manager.defer_job(
        Job(
            queue=PERIODIC_QUEUE,
            lock=None,
            queueing_lock=None,
            task_name=RESCUE,
            task_kwargs={"timestamp": int(time.time())},
        )
    )


def defer_cleaning(kept: dt.timedelta) -> None:
    """Jobs that gave up leave the queue after a while; done ones leave at once."""
    _manager.defer_job(
        Job(
            queue=PERIODIC_QUEUE,
            lock=None,
            queueing_lock=None,
            task_name="procrastinate.builtin_tasks.remove_old_jobs",
            task_kwargs={"max_hours": kept // dt.timedelta(hours=1), "remove_failed": True},
        )
    )


def _make_job(message_id: UUID, handler: str) -> Job:
    return Job(
        queue=QUEUE,
        priority=LATER if registry.get_handler(handler).can_wait else 0,
        lock=None,
        queueing_lock=None,
        task_name=DELIVER,
        task_kwargs={"message_id": str(message_id), "handler": handler},
    )
