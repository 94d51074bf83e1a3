"""`tinhso serve` as a process of its own, gone without a trace when the block ends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .conftest import find_processes_of, wait_until

CLI = [sys.executable, "-m", "tinhso.project.cli"]
SERVE = [*CLI, "serve"]


@contextmanager
def serving(
    var_dir: Path, *command: str, profile: str = "test", said: IO[str] | int = subprocess.PIPE
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`said` takes what it prints; a pipe that nobody reads holds up a server that says much."""
    port = find_free_port()
    with subprocess.Popen(
        command or SERVE,
        env=get_environment(var_dir, profile) | {"PORT": str(port)},
        stdout=said,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            wait_until(lambda: is_healthy(port) or process.poll() is not None, 60)
            assert process.poll() is None, process.stdout and process.stdout.read()
            yield process, port
        finally:
            process.kill()
            wait_until(lambda: find_processes_of(var_dir) == [], 10)


def get_environment(var_dir: Path, profile: str) -> dict[str, str]:
    """For commands that keep everything in the folder, their database too."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return kept | {"TINHSO_VAR": str(var_dir), "TINHSO_PROFILE": profile}


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=15) as answer:
            return answer.status == 200
    except OSError:
        return False
