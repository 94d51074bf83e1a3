from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy
from pytest_django import DjangoAssertNumQueries

from tinhso.kernel.audit.hashing import GENESIS, canonical, chain_hash, digest, text_moment
from tinhso.kernel.audit.journal import find_entries, get_body, record
from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor, ActorKind
from tinhso.kernel.services import OutsideServiceError, service

from .ledger import CLERK, book

HANOI = dt.timezone(dt.timedelta(hours=7))


class Colour(StrEnum):
    RED = "red"


@service
def note(*, detail: dict[str, Any], actor: Actor = CLERK, agency_id: UUID | None = None) -> AuditEntry:
    return record(
        stream="notes.note:1", action="notes.noted", actor=actor, detail=detail, agency_id=agency_id
    )


@pytest.mark.django_db
def test_entries_of_a_stream_are_chained() -> None:
    for amount in (1, 2, 3):
        book(name="an", amount=amount)
    book(name="binh", amount=9)

    entries = list(find_entries("ledger.account:an"))

    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    assert find_entries("ledger.account:binh").get().previous_hash == GENESIS


@pytest.mark.django_db
def test_database_and_python_compute_one_hash() -> None:
    book(name="an", amount=1, note="Đồng ý “chưa” \\ \u2028 \U0001f600")

    entry = AuditEntry.objects.get()

    recorded_at = text_moment(entry.recorded_at)
    assert entry.hash == chain_hash(GENESIS, 1, recorded_at, get_body(entry).digest())
    assert entry.state_digest == digest({"amount": 1})


@pytest.mark.django_db
def test_recording_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):  # two of them are the savepoint around the service
        book(name="an", amount=1)


@pytest.mark.django_db
def test_returned_entry_is_the_row() -> None:
    entry = note(detail={"a": 1})

    row = AuditEntry.objects.get()
    for name in ("pk", "stream", "sequence", "at", "recorded_at", "detail", "previous_hash", "hash"):
        assert getattr(entry, name) == getattr(row, name)


@pytest.mark.django_db
def test_instant_of_recording_is_the_databases() -> None:
    before = now()

    entry = note(detail={})

    assert abs(entry.recorded_at - before) < dt.timedelta(minutes=1)
    assert entry.recorded_at.microsecond != entry.at.microsecond


@pytest.mark.django_db
def test_agency_is_the_actors_unless_named() -> None:
    own, named = new_id(), new_id()
    clerk = Actor(kind=ActorKind.OFFICIAL, agency_id=own)

    assert note(detail={}, actor=clerk).agency_id == own
    assert note(detail={}, actor=clerk, agency_id=named).agency_id == named


@pytest.mark.django_db
def test_outside_of_a_use_case_nothing_is_recorded() -> None:
    with pytest.raises(OutsideServiceError):
        record(stream="notes.note:1", action="notes.noted", actor=CLERK)

    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("value", [object(), b"bytes", float("nan"), float("inf")])
def test_what_cannot_be_read_back_is_not_recorded(value: object) -> None:
    with pytest.raises(TypeError):
        note(detail={"value": value})

    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "Đường",
        -0.0,
        0.1,
        1e-7,
        1e22,
        123456789012345680000,
        12.5,
        Decimal("8000.00"),
        UUID(int=7),
        dt.datetime(2026, 11, 25, 7, 30, tzinfo=HANOI),
        dt.date(2026, 11, 25),
        Colour.RED,
        gettext_lazy("Nhật ký"),
        [1, (2, 3), {"b": 1, "a": {"Z", "A"}}],
        {1: "one"},
    ],
)
def test_hash_survives_the_round_trip_through_the_database(value: object) -> None:
    note(detail={"value": value})

    entry = AuditEntry.objects.get()

    expected = chain_hash(GENESIS, 1, text_moment(entry.recorded_at), get_body(entry).digest())
    assert entry.hash == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"at": dt.datetime(2026, 1, 1, 7, tzinfo=HANOI)}, {"at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}),
        ({"fee": Decimal("8000")}, {"fee": Decimal("8000.00")}),
        ({"colour": Colour.RED}, {"colour": "red"}),
        ({"n": 2.0}, {"n": 2}),
    ],
)
def test_one_meaning_has_one_text(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET action = 'x'",
        "UPDATE audit_auditentry SET action = 'x' WHERE false",
        "DELETE FROM audit_auditentry",
        "DELETE FROM audit_auditseal",
        "UPDATE audit_auditseal SET root = 'x'",
        "SET LOCAL session_replication_role = replica; DELETE FROM audit_auditentry",
        "ALTER TABLE audit_auditentry ENABLE ALWAYS TRIGGER audit_auditentry_no_truncate;"
        "TRUNCATE audit_auditentry",
        "ALTER TABLE audit_auditseal ENABLE ALWAYS TRIGGER audit_auditseal_no_truncate;"
        "TRUNCATE audit_auditseal",
    ],
)
def test_database_refuses_to_change_the_history_even_to_its_owner(statement: str) -> None:
    book(name="an", amount=1)
    # The owner may give himself back what the migration took away; only a superuser may leave out triggers.
    connection.cursor().execute("GRANT UPDATE, DELETE ON audit_auditentry, audit_auditseal TO CURRENT_USER")

    with pytest.raises(DatabaseError, match=r"append-only|to set parameter"), transaction.atomic():
        connection.cursor().execute(statement)

    assert AuditEntry.objects.get().action == "ledger.amount_booked"


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditseal"])
def test_the_products_user_holds_no_right_to_change_the_history(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE table_name = %s AND grantee = CURRENT_USER",
            [table],
        )
        held = {row[0] for row in cursor.fetchall()}

    assert {"SELECT", "INSERT"} <= held
    assert held.isdisjoint({"UPDATE", "DELETE"})
