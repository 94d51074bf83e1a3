"""The SQL that the product's own code sends, word for word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext


def record(work: Callable[[], object]) -> list[str]:
    """Every statement `work` sends, parameters in place: psycopg binds them here, so the server sees this text."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return [query["sql"].strip().rstrip(";") for query in queries]


def send(statements: Iterable[str]) -> None:
    """The same statements through psycopg alone, every row fetched."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.cursor.execute(statement)
            if cursor.cursor.description:
                cursor.cursor.fetchall()


def find_backends() -> set[int]:
    """The server's processes that work for this database, and those that write for all; none when it is remote."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() OR datname IS NULL"
        )
        pids = {pid for (pid,) in cursor.fetchall()}
    return {pid for pid in pids if _is_postgres(pid)}


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except FileNotFoundError:
        return False
