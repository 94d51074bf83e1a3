"""What time it is. One place, so that a demo or a test may live through two years in a minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_travelled: ContextVar[dt.datetime | None] = ContextVar("travelled", default=None)


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return _travelled.get() or timezone.now()


def today() -> dt.date:
    """The present day in the province's time zone."""
    return timezone.localdate(now())


def find_travelled() -> dt.datetime | None:
    """The instant stood at inside `travel`; None in real time, when the database's clock may be asked."""
    return _travelled.get()


@contextmanager
def travel(to: dt.datetime) -> Iterator[None]:
    """Stand at another instant for the length of the block."""
    if timezone.is_naive(to):
        raise ValueError("an instant carries its time zone")
    token = _travelled.set(to)
    try:
        yield
    finally:
        _travelled.reset(token)
