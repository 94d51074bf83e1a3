from __future__ import annotations

import errno

import django.db
import psycopg
import pytest
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from ..outages import find_outage


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (psycopg.OperationalError("server closed the connection unexpectedly"), "kernel.database_away"),
        (psycopg.errors.CrashShutdown(), "kernel.database_away"),
        (psycopg.errors.CannotConnectNow(), "kernel.database_away"),
        (psycopg.errors.TooManyConnections(), "kernel.database_away"),
        (PoolTimeout(), "kernel.database_away"),
        (django.db.InterfaceError("connection already closed"), "kernel.database_away"),
        (psycopg.errors.DiskFull(), "kernel.server_full"),
        (OSError(errno.ENOSPC, "No space left on device"), "kernel.server_full"),
    ],
)
def test_an_outage_is_known_however_it_is_wrapped(error: Exception, code: str) -> None:
    wrapped = caused(ConnectorException(), caused(django.db.OperationalError(), error))

    outages = [find_outage(error), find_outage(wrapped)]

    assert [outage and outage.code for outage in outages] == [code, code]


@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.DeadlockDetected(),
        psycopg.errors.LockNotAvailable(),
        psycopg.errors.QueryCanceled(),
        psycopg.errors.UniqueViolation(),
        PermissionError(errno.EACCES, "Permission denied"),
        ValueError(),
        None,
    ],
)
def test_every_other_error_stays_a_fault(error: Exception | None) -> None:
    wrapped = caused(django.db.OperationalError(), error) if error else None

    assert [find_outage(error), find_outage(wrapped)] == [None, None]
