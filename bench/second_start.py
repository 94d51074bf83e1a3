"""Seconds from `make run` until pages are served when everything is prepared, on the clock and of processors.

On a machine that does much else the first grows with the load; the second says whether the start is to blame.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import statistics
import subprocess
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from _figure import Figure

ROOT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 3
PROCESSOR_SECONDS = 2
ROUNDS = 5
TURNS = 10_000_000
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Start:
    seconds: float
    processor_seconds: float


def start_once(port: int) -> Start:
    """From the command to the first answer that the product is ready, of all its processes together."""
    before, started = count_processor_seconds(), time.monotonic()
    with subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    ) as run:
        try:
            while not is_ready(port):
                if run.poll() is not None:
                    raise SystemExit(f"make run ended with {run.returncode}")
                time.sleep(0.02)
            took = Start(time.monotonic() - started, count_processor_seconds() - before)
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGINT)
    collect_ended()
    return took


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def adopt_descendants() -> None:
    """What loses its parent, as the keeper of the database does, becomes this process's child."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def count_processor_seconds() -> float:
    """Of every descendant, those that have ended too; this process's own are left out."""
    table = {int(e): stat for e in os.listdir("/proc") if e.isdigit() and (stat := read_stat(e))}
    own = os.getpid()
    descendants, found = {own}, 0
    while len(descendants) > found:
        found = len(descendants)
        descendants |= {pid for pid, (parent, _, _) in table.items() if parent in descendants}
    living = sum(spent + ended for pid, (_, spent, ended) in table.items() if pid in descendants - {own})
    return (living + table[own][2]) / os.sysconf("SC_CLK_TCK")


def read_stat(pid: str) -> tuple[int, int, int] | None:
    """Parent, ticks of its own, ticks of its children that ended and were waited for."""
    try:
        fields = (Path("/proc") / pid / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    user, system, children_user, children_system = map(int, fields[11:15])
    return int(fields[1]), user + system, children_user + children_system


def collect_ended() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def time_loop() -> float:
    started = time.process_time()
    for _ in range(TURNS):
        pass
    return time.process_time() - started


def main() -> None:
    adopt_descendants()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start_once(port)
    starts = [start_once(port) for _ in range(ROUNDS)]
    seconds = statistics.median(start.seconds for start in starts)
    of_processors = statistics.median(start.processor_seconds for start in starts)
    load = f"processor seconds of it, at a load of {os.getloadavg()[0]:.1f}"
    Figure("second_start", seconds, "s", f"<= {LIMIT_SECONDS}", load, of_processors, ROUNDS).print()
    Figure(
        "second_start_processor",
        of_processors,
        "s",
        f"<= {PROCESSOR_SECONDS}",
        f"{TURNS} turns of a Python loop, s",
        time_loop(),
        ROUNDS,
    ).print()


if __name__ == "__main__":
    main()
