"""Bringing events to their handlers, at least once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tinhso.kernel.moment import now
from tinhso.kernel.registry import Handler, registry

from .models import Delivery
from .outbox import hold_deliveries
from .reasons import describe_failure


def deliver(message_id: UUID, handler_name: str) -> bool:
    """Call one handler for one event. False when it was delivered before.

    The row lock makes two workers take turns; what the handler writes and the mark that it is done are one
    transaction. A handler that calls another machine runs outside of it (`Handler.calls_out`) and may run
    twice. On failure the reason is kept and the error goes on to the caller, which tries again later.
    """
    handler = registry.get_handler(handler_name)
    try:
        if handler.calls_out:
            return _deliver_outside(message_id, handler)
        return _deliver_inside(message_id, handler)
    except Exception as error:
        _keep_reason(message_id, handler_name, describe_failure(error))
        raise


def deliver_all() -> int:
    """Deliver everything that waits, here and now, also what the handlers emit: for the demo and for tests."""
    done = 0
    while waiting := list(
        Delivery.objects.filter(delivered_at=None).order_by("pk").values_list("message_id", "handler")[:500]
    ):
        done += sum(deliver(message_id, handler) for message_id, handler in waiting)
    return done


@contextmanager
def delivering_here() -> Iterator[None]:
    """What is emitted inside the block is handled at its end, in order, by this thread and not by a worker.

    For the demo, which lives through two years in minutes: what follows an act belongs to the act's own moment.
    """
    with hold_deliveries() as held, transaction.atomic():
        yield
        for delivery in held:
            registry.get_handler(delivery.handler).handle(delivery.event)
        done = {delivery.message_id for delivery in held}, {delivery.handler for delivery in held}
        waiting = Delivery.objects.filter(message__in=done[0], handler__in=done[1])
        if held:
            waiting.update(attempts=F("attempts") + 1, delivered_at=now())


def _deliver_inside(message_id: UUID, handler: Handler) -> bool:
    with transaction.atomic():
        delivery = _lock(message_id, handler)
        if delivery is None or delivery.delivered_at is not None:
            return False
        _call(handler, delivery)
        _mark(delivery)
    return True


def _deliver_outside(message_id: UUID, handler: Handler) -> bool:
    delivery = Delivery.objects.select_related("message").get(message_id=message_id, handler=handler.name)
    if delivery.delivered_at is not None:
        return False
    _call(handler, delivery)
    with transaction.atomic():
        _mark(delivery)
    return True


def _lock(message_id: UUID, handler: Handler) -> Delivery | None:
    return (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("message")
        .filter(message_id=message_id, handler=handler.name)
        .first()
    )


def _call(handler: Handler, delivery: Delivery) -> None:
    event = registry.get_event(delivery.message.event).from_payload(delivery.message.payload)
    handler.handle(event)


def _mark(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=F("attempts") + 1, delivered_at=now(), last_error="", failed_at=None
    )


def _keep_reason(message_id: UUID, handler_name: str, reason: str) -> None:
    Delivery.objects.filter(message_id=message_id, handler=handler_name).update(
        attempts=F("attempts") + 1, last_error=reason, failed_at=now()
    )
