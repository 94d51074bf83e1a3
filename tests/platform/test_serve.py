"""`tinhso serve`: up in seconds, gone without a trace, whole again after any process is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import find_processes_of, wait_until
from .serving import SERVE, is_healthy, serving

pytestmark = pytest.mark.fault


def find_all(var_dir: Path, words: str) -> list[int]:
    """Processes whose command line has the words, the oldest first."""
    return sorted(int(p.split()[0]) for p in find_processes_of(var_dir) if words in p)


def test_a_second_start_has_nothing_to_prepare(prepared: Path) -> None:
    """bench/second_start.py measures how fast that makes it."""
    with serving(prepared) as (process, _port):
        os.killpg(process.pid, signal.SIGINT)
        said, _nothing = process.communicate(timeout=10)

    assert [line for line in said.splitlines() if line.startswith("▸")] == []


def test_ctrl_c_ends_everything_within_five_seconds(prepared: Path) -> None:
    with serving(prepared) as (process, _):
        started = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        code = process.wait(10)
        took = time.monotonic() - started
        left = find_processes_of(prepared)

    assert code == 0
    assert took < 5
    assert left == []


def test_kill_9_leaves_no_process_and_nothing_broken(prepared: Path) -> None:
    with serving(prepared) as (process, _):
        process.kill()
        wait_until(lambda: find_processes_of(prepared) == [], 5)

    with serving(prepared) as (_, port):
        assert is_healthy(port)


def test_it_ends_with_the_make_that_started_it(prepared: Path) -> None:
    script = f"{' '.join(SERVE)} --with-parent; true"

    with serving(prepared, "sh", "-c", script) as (shell, port):
        assert is_healthy(port)
        shell.kill()
        wait_until(lambda: find_processes_of(prepared) == [], 8)


@pytest.mark.parametrize(
    ("words", "which"),
    [("cli web", 0), ("cli web", -1), ("cli worker", 0), ("embedded.keeper", 0), ("bin/postgres", 0)],
    ids=["web", "a fork of web", "worker", "keeper", "postgres"],
)
def test_whatever_is_killed_comes_back(words: str, which: int, prepared: Path) -> None:
    with serving(prepared) as (process, port):
        wait_until(lambda: bool(find_all(prepared, "cli worker")), 10)
        before = find_all(prepared, words)
        os.kill(before[which], signal.SIGKILL)

        wait_until(lambda: len(set(find_all(prepared, words)) - {before[which]}) == len(before), 20)
        wait_until(lambda: is_healthy(port), 20)
        assert process.poll() is None


def test_forks_of_a_killed_web_process_do_not_go_on_alone(prepared: Path) -> None:
    with serving(prepared):
        web, *forks = find_all(prepared, "cli web")
        os.kill(web, signal.SIGKILL)

        wait_until(lambda: not set(forks) & set(find_all(prepared, "cli web")), 5)

    assert len(forks) == 2


def test_a_taken_port_is_said_with_the_way_out(prepared: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [*SERVE, f"--port={port}"],
            env=os.environ | {"TINHSO_VAR": str(prepared), "TINHSO_PROFILE": "test"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert f"PORT={port + 1} make run" in done.stderr
    assert "Traceback" not in done.stderr
