"""What the signing figures share: one core, a typical letter, a demo certificate, OpenSSL as the yardstick."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.test import override_settings

from _figure import Figure

SPEED = re.compile(r"^rsa\s+2048 bits.*?([\d.]+)\s+[\d.]+\s*$", re.MULTILINE)


def take_one_core() -> None:
    """This process and what it starts, OpenSSL included, run on one core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


@contextmanager
def set_up() -> Iterator[None]:
    """Keys and certificates of a folder that goes away; no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.project.settings.test")
    django.setup()
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(KEYS_DIR=Path(folder) / "keys", DEMO_PKI_DIR=Path(folder) / "pki"),
    ):
        yield


def print_signing_rate(name: str, goal: str, work: Callable[[], object], seconds: float) -> None:
    """Signatures a second, beside what OpenSSL makes before and after."""
    before = measure_openssl()
    rate, count = measure_rate(work, seconds)
    yardstick = (before + measure_openssl()) / 2
    Figure(name, rate, "signatures/s", goal, "openssl speed rsa2048, sign/s", yardstick, count).print()


def measure_openssl(seconds: int = 2) -> float:
    """RSA-2048 signatures a second, on the same core."""
    answer = subprocess.run(
        ["openssl", "speed", "-seconds", str(seconds), "rsa2048"], capture_output=True, text=True, check=True
    )
    found = SPEED.search(answer.stdout)
    if found is None:
        raise SystemExit(f"cannot read the answer of openssl speed: {answer.stdout}")
    return float(found[1])


def measure_rate(work: Callable[[], object], seconds: float) -> tuple[float, int]:
    """How often in a second of processor time, which is how `openssl speed` counts, and how often in all.

    The first call, which opens and caches, is not counted.
    """
    work()
    count, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        work()
        count += 1
    return count / (time.process_time() - started), count
