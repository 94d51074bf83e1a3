"""Which errors mean that the database is away or a disk is full, and are no fault of the code that met them."""

from __future__ import annotations

import errno

import django.db
import psycopg

from .errors import DatabaseAwayError, ServerFullError, TinhSoError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
DISK_FULL = "53100"
TOO_MANY_CONNECTIONS = "53300"
AWAY_CLASSES = ("08", "57P")
"""Connection lost; the server shuts down, crashed or starts (PostgreSQL, appendix A)."""


def find_outage(error: BaseException | None) -> TinhSoError | None:
    """The refusal an error of the machinery amounts to; None for every other error.

    Django and procrastinate wrap the driver's error, so the causes are looked at too.
    """
    while error is not None:
        if isinstance(error, psycopg.OperationalError):
            return _read_state(error.sqlstate)
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return ServerFullError()
        if isinstance(error, django.db.InterfaceError):
            return DatabaseAwayError()  # "connection already closed", with no error of the driver behind it
        error = error.__cause__
    return None


def _read_state(state: str | None) -> TinhSoError | None:
    """The driver has no SQLSTATE to give when it was the line that broke, or the pool that had none to lend."""
    if state == DISK_FULL:
        return ServerFullError()
    if state is None or state == TOO_MANY_CONNECTIONS or state.startswith(AWAY_CLASSES):
        return DatabaseAwayError()
    return None
