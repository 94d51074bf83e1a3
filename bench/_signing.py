"""What the signing figures share: one core, a typical letter, a demo certificate, OpenSSL as the yardstick."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.test import override_settings

SPEED = re.compile(r"^rsa\s+2048 bits.*?([\d.]+)\s+[\d.]+\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    goal: str
    against: str
    yardstick: float
    rows: int

    def print(self) -> None:
        line = {
            "name": self.name,
            "value": round(self.value, 1),
            "unit": self.unit,
            "goal": self.goal,
            "ratio": round(self.value / self.yardstick, 4),
            "against": f"{self.against}: {self.yardstick:.1f}",
            "rows": self.rows,
            "cores": 1,
        }
        print(json.dumps(line, ensure_ascii=False))


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
