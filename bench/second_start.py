"""Seconds from `make run` to the first healthy answer when everything is prepared."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

from _figure import Figure

ROOT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 3
ROUNDS = 5


def start_once(port: int) -> float:
    """Seconds from the command to the first healthy answer."""
    started = time.monotonic()
    with subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    ) as run:
        try:
            while not is_healthy(port):
                if run.poll() is not None:
                    raise SystemExit(f"make run ended with {run.returncode}")
                time.sleep(0.02)
            took = time.monotonic() - started
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGINT)
    return took


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def main() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start_once(port)
    seconds = [start_once(port) for _ in range(ROUNDS)]
    median, worst = statistics.median(seconds), max(seconds)
    Figure(
        "second_start", median, "s", f"<= {LIMIT_SECONDS}", "the slowest of them, s", worst, ROUNDS
    ).print()


if __name__ == "__main__":
    main()
