"""PostgreSQL killed with -9 again and again while ten thousand dossiers are filed: nothing lost, nothing twice.

The product is served as `make run` serves it. What the filers were answered is compared with what the database
holds after everything was stopped and started once more.
"""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest

from tinhso.kernel.embedded.cluster import Cluster
from tinhso.kernel.embedded.keeper import find_server_processes

from .conftest import Province
from .filers import Answers, start_filing, wait_for_filings, wait_while_it_moves

pytestmark = pytest.mark.fault

FILINGS = 10_000
FILERS = 8
ACCEPT_EVERY = 50
VICTIMS = ("all", "postmaster", "backend", "all", "backend", "all")
RECOVERED = 5 * FILERS
"""Filings answered after a kill that prove the product is back: more than were under way when it came."""


@pytest.fixture(scope="module")
def answers(province: Province) -> Answers:
    """What the filers were told while PostgreSQL died under them."""
    with province.serving() as port:
        answers, filers = start_filing(
            province, port, filers=FILERS, count=FILINGS, accept_every=ACCEPT_EVERY
        )
        for nth, victim in enumerate(VICTIMS, start=1):
            wait_for_filings(answers, nth * FILINGS // (len(VICTIMS) + 1))
            kill(province.cluster, victim)
            wait_for_filings(answers, len(answers.filed) + RECOVERED)
        wait_for_filings(answers, FILINGS)
        for filer in filers:
            filer.join()
        wait_while_it_moves(lambda: _count_waiting(province), lambda waiting: waiting == 0)
    return answers


def kill(cluster: Cluster, victim: str) -> None:
    """kill -9: the whole server, its first process, or one process that works for a connection."""
    postmaster = int((cluster.data / "postmaster.pid").read_text().split()[0])
    children = [pid for pid in find_server_processes(cluster) if pid != postmaster]
    backends = [pid for pid in children if b"[local]" in _read_command(pid)]
    for pid in {"all": [postmaster, *children], "postmaster": [postmaster], "backend": backends[:1]}[victim]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _read_command(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _count_waiting(province: Province) -> int:
    (row,) = province.ask("SELECT count(*) FROM jobs_delivery WHERE delivered_at IS NULL")
    return int(row[0])


def test_postgres_died_while_the_filers_waited(answers: Answers) -> None:
    assert set(answers.put_off) == {"kernel.database_away"}
    assert len(answers.filed) == FILINGS


def test_every_filing_that_was_answered_is_kept_under_its_code(province: Province, answers: Answers) -> None:
    kept = province.ask("SELECT idempotency_key, code FROM onestop_dossier")

    assert len(kept) == FILINGS
    assert dict(kept) == answers.filed


def test_every_acceptance_that_was_answered_is_kept(province: Province, answers: Answers) -> None:
    kept = province.ask("SELECT code FROM onestop_dossier WHERE accepted_at IS NOT NULL")

    assert sorted(code for (code,) in kept) == sorted(answers.accepted)
    assert len(kept) == FILINGS // ACCEPT_EVERY


def test_no_number_is_skipped_or_given_twice(province: Province, answers: Answers) -> None:
    serials = defaultdict(list)
    for code in answers.filed.values():
        register, _, serial = code.rpartition("-")
        serials[register].append(int(serial))

    series = province.ask("SELECT register, period, last_number FROM numbering_numberseries")

    assert {name: sorted(given) for name, given in serials.items()} == {
        name: list(range(1, len(given) + 1)) for name, given in serials.items()
    }
    assert sorted(last for _, _, last in series) == sorted(map(len, serials.values()))


def test_every_filing_has_its_one_entry_in_a_history_that_is_whole(
    province: Province, answers: Answers
) -> None:
    entries = province.ask(
        "SELECT entry.detail->>'code', count(*) FROM audit_auditentry entry"
        " WHERE entry.action = 'onestop.dossier_filed' GROUP BY 1"
    )
    verified = province.run("audit", "verify")

    assert dict(entries) == dict.fromkeys(answers.filed.values(), 1)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_every_event_is_told_once(province: Province, answers: Answers) -> None:
    told = province.ask(
        "SELECT event, dossier.code, count(*) FROM jobs_outboxmessage"
        " JOIN onestop_dossier dossier ON dossier.id = (payload->>'dossier_id')::uuid GROUP BY 1, 2"
    )
    deliveries = province.ask(
        "SELECT count(*), count(DISTINCT message_id), count(delivered_at) FROM jobs_delivery"
    )
    letters = province.ask("SELECT count(*), count(DISTINCT dossier_id) FROM onestop_issuedletter")
    notices = province.ask("SELECT count(*), count(DISTINCT (subject, body)) FROM notify_notification")

    accepted = len(answers.accepted)
    events = FILINGS + accepted
    assert {(event, code) for event, code, _ in told} == {
        *(("onestop.dossier_filed", code) for code in answers.filed.values()),
        *(("onestop.dossier_accepted", code) for code in answers.accepted),
    }
    assert {count for _, _, count in told} == {1}
    assert deliveries == [(events, events, events)]
    assert letters == [(accepted, accepted)]
    assert notices == [(events, events)]
