from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import connect

from tinhso.kernel.audit.demo import create_seal_credential
from tinhso.kernel.audit.hashing import GENESIS
from tinhso.kernel.audit.merkle import get_root
from tinhso.kernel.audit.models import AuditEntry, AuditSeal
from tinhso.kernel.audit.sealing import seal_complete_days
from tinhso.kernel.audit.seals import SealContent, is_signed_by
from tinhso.kernel.moment import now, today, travel
from tinhso.kernel.registry import SystemManifest
from tinhso.kernel.signing.errors import NoCredentialError
from tinhso.kernel.signing.models import SigningCredential

from . import ledger
from .ledger import DAY_FIVE, DAY_ONE, DAY_TWO


def _seal(at: dt.datetime) -> list[tuple[str, int]]:
    with travel(at):
        return [(sealed.day.isoformat(), sealed.entry_count) for sealed in seal_complete_days()]


@pytest.mark.django_db
@pytest.mark.usefixtures("books")
def test_every_past_day_is_sealed_once() -> None:
    first, second = _seal(DAY_FIVE), _seal(DAY_FIVE)

    assert first == [("2026-11-20", 3), ("2026-11-21", 3), ("2026-11-22", 0), ("2026-11-23", 0)]
    assert second == []


@pytest.mark.django_db
@pytest.mark.usefixtures("books")
def test_present_day_is_left_open() -> None:
    assert _seal(DAY_TWO) == [("2026-11-20", 3)]


@pytest.mark.django_db
@pytest.mark.usefixtures("books")
def test_seal_is_the_signed_root_of_the_day() -> None:
    _seal(DAY_TWO)

    seal = AuditSeal.objects.get()
    leaves = AuditEntry.objects.filter(recorded_at__date=DAY_ONE.date()).order_by("stream", "sequence")
    assert seal.root == get_root([entry.hash.encode() for entry in leaves]).hex()
    assert (seal.entry_count, seal.previous_digest, seal.sealed_at) == (3, GENESIS, DAY_TWO)
    content = SealContent.of(seal).as_bytes()
    assert is_signed_by(content, bytes(seal.signature), bytes(seal.certificate))
    assert not is_signed_by(content + b" ", bytes(seal.signature), bytes(seal.certificate))


@pytest.mark.django_db
@pytest.mark.usefixtures("books")
def test_seals_are_chained() -> None:
    _seal(DAY_FIVE)

    seals = list(AuditSeal.objects.order_by("day"))
    assert [seal.previous_digest for seal in seals[1:]] == [
        SealContent.of(seal).digest() for seal in seals[:-1]
    ]


@pytest.mark.django_db
def test_empty_history_has_nothing_to_seal() -> None:
    assert _seal(DAY_FIVE) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("books")
def test_without_a_certificate_nothing_is_sealed() -> None:
    SigningCredential.objects.all().delete()

    with pytest.raises(NoCredentialError):
        _seal(DAY_FIVE)

    assert AuditSeal.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("books")
def test_command_says_what_it_sealed() -> None:
    out = StringIO()

    with travel(DAY_TWO):
        call_command("audit", "seal", stdout=out)

    assert out.getvalue() == "Đã niêm phong 20/11/2026: 3 mục.\n"


@pytest.mark.django_db(transaction=True)
def test_day_somebody_is_still_writing_to_waits(install: Callable[[SystemManifest], None]) -> None:
    install(ledger.MANIFEST)
    create_seal_credential()
    ledger.fill()
    parameters = connection.get_connection_params()
    address = {name: parameters[name] for name in ("dbname", "user", "host") if parameters.get(name)}

    with connect(**address) as other:
        other.execute("SELECT pg_current_xact_id()")
        during = _seal(now() + dt.timedelta(days=2))
    after = _seal(now() + dt.timedelta(days=2))

    assert during[-1][0] == str(today() - dt.timedelta(days=1))
    assert after == [(str(today()), 0), (str(today() + dt.timedelta(days=1)), 0)]
