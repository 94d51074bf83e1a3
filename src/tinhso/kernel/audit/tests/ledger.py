"""A small system that only these tests know: accounts in a ledger, whose rows the history watches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tinhso.kernel.audit.findings import Finding
from tinhso.kernel.audit.hashing import digest
from tinhso.kernel.audit.journal import record
from tinhso.kernel.audit.verification import Verification
from tinhso.kernel.moment import travel
from tinhso.kernel.people.actor import Actor, ActorKind
from tinhso.kernel.registry import AuditedRows, SystemManifest
from tinhso.kernel.services import service

CLERK = Actor(kind=ActorKind.OFFICIAL, name="Nguyễn Thu Hà")
DAY_ONE = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
DAY_TWO = DAY_ONE + dt.timedelta(days=1)
DAY_FIVE = DAY_ONE + dt.timedelta(days=4)

rows: dict[str, dict[str, Any]] = {}
"""The ledger's table, as far as the history knows."""


def find_digests(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, digest(rows[name])) for name in ids if name in rows)


def find_ids() -> Iterator[str]:
    return iter(list(rows))


MANIFEST = SystemManifest(
    code="ledger",
    label="Ledger",
    audited_rows=(AuditedRows("ledger.account", find_digests, find_ids),),
)


@service
def book(*, name: str, amount: int, note: str = "") -> None:
    rows[name] = {"amount": amount}
    record(
        stream=f"ledger.account:{name}",
        action="ledger.amount_booked",
        actor=CLERK,
        detail={"amount": amount, "note": note},
        state=rows[name],
    )


@service
def look(*, name: str) -> None:
    record(stream=f"ledger.account:{name}", action="ledger.amount_looked_at", actor=CLERK)


def fill() -> None:
    """Two days: an with three entries, binh with two, chi with one on the second day."""
    rows.clear()
    with travel(DAY_ONE):
        book(name="an", amount=1)
        book(name="binh", amount=10)
        book(name="an", amount=2)
    with travel(DAY_TWO):
        look(name="an")
        book(name="binh", amount=20, note="Đồng")
        book(name="chi", amount=100)


def verify() -> list[str]:
    """Kind, stream or day, and sequence of each finding."""
    return [_describe(finding) for finding in Verification().findings()]


def _describe(finding: Finding) -> str:
    where = finding.stream.removeprefix("ledger.account:") or str(finding.day)
    return f"{finding.kind} {where}" + (f" {finding.sequence}" if finding.sequence is not None else "")


@contextmanager
def behind_its_back() -> Iterator[Any]:
    """What somebody with the keys of the database can do: lift the guards, change, put them back."""
    tables = ("audit_auditentry", "audit_auditseal")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        cursor.execute("GRANT UPDATE, DELETE ON audit_auditentry, audit_auditseal TO CURRENT_USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
