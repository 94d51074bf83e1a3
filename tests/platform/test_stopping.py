"""`tinhso serve` ends within five seconds of Ctrl-C, at whatever moment and whatever it is busy with."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tinhso.kernel.embedded import get_address
from tinhso.kernel.jobs.outbox import DELIVER, QUEUE
from tinhso.kernel.registry import registry

from .conftest import find_processes_of, wait_until
from .serving import SERVE, find_free_port, get_environment, serving

pytestmark = pytest.mark.fault

LIMIT = 5.0


def stop(process: subprocess.Popen[str], *numbers: signal.Signals) -> float:
    """Seconds from the first signal to the end."""
    started = time.monotonic()
    for number in numbers:
        process.send_signal(number)
        time.sleep(0.05)
    process.communicate(timeout=20)
    return time.monotonic() - started


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.3, 0.6, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0])
def test_ctrl_c_at_any_moment_of_the_start(seconds: float, prepared: Path) -> None:
    with subprocess.Popen(
        [*SERVE, f"--port={find_free_port()}"],
        env=get_environment(prepared, "test"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        took = stop(process, signal.SIGINT)
        left = find_processes_of(prepared)

    assert took < LIMIT
    assert left == []


def test_a_request_that_python_swallows_is_noticed_all_the_same() -> None:
    script = """
import os, signal
from tinhso.project.supervisor import StopError, StopRequest, Supervisor

class Swallows:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass

request = StopRequest()
request.listen()
Swallows()
try:
    Supervisor(print, request).wait(60)
except StopError:
    print("noticed")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False
    )

    assert "Exception ignored" in done.stderr
    assert done.stdout == "noticed\n"


def test_impatience_does_no_harm(prepared: Path) -> None:
    with serving(prepared) as (process, _):
        took = stop(process, signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        left = find_processes_of(prepared)

    assert process.returncode == 0
    assert took < LIMIT
    assert left == []


def test_what_does_not_end_by_itself_is_cut_off(prepared: Path) -> None:
    with serving(prepared) as (process, port), locked_tables(prepared) as database:
        defer_delivery(database)
        request = threading.Thread(target=ask_in_vain, args=(port,), daemon=True)
        request.start()
        wait_until(lambda: count_waiting(database) >= 2, 20)

        took = stop(process, signal.SIGINT)
        left = find_processes_of(prepared)

    request.join(5)
    assert not request.is_alive()
    assert took < LIMIT
    assert left == []


def test_nohup_outlives_its_terminal(prepared: Path) -> None:
    with serving(prepared, "nohup", *SERVE) as (process, _):
        process.send_signal(signal.SIGHUP)
        time.sleep(1)
        is_running = process.poll() is None
        stop(process, signal.SIGTERM)

    assert is_running
    assert process.returncode == 0


@contextmanager
def locked_tables(var_dir: Path) -> Iterator[psycopg.Connection]:
    """Sessions and deliveries cannot be read while the block lasts. The server's end ends the connection."""
    url = get_address(var_dir)
    with closing(psycopg.connect(url)) as holder, closing(psycopg.connect(url, autocommit=True)) as database:
        holder.execute("LOCK TABLE django_session, jobs_delivery IN ACCESS EXCLUSIVE MODE")
        yield database


def defer_delivery(database: psycopg.Connection) -> None:
    handler = next(handler for manifest in registry.manifests for handler in manifest.handlers)
    arguments = json.dumps({"message_id": str(uuid.uuid4()), "handler": handler.name})
    database.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES (%s, %s, %s)",
        [QUEUE, DELIVER, arguments],
    )


def ask_in_vain(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(connection), suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/", headers={"Cookie": f"sessionid={'a' * 32}"})
        connection.getresponse()


def count_waiting(database: psycopg.Connection) -> int:
    row = database.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = 'relation'"
    ).fetchone()
    return int(row[0]) if row else 0
