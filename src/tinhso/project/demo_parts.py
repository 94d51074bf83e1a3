"""Makes the demo province part by part: each whole or not at all, those of one stage side by side.

A kill half-way leaves whole parts; the next start makes the missing ones.
"""

from __future__ import annotations

import datetime as dt
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, transaction

from tinhso.kernel.demo import DemoOrder, DemoPart, DemoStages
from tinhso.kernel.embedded.processes import Process, start
from tinhso.kernel.moment import now
from tinhso.kernel.registry import registry

from .stamp_table import WRITE, read_stamps
from .stamps import DEMO_SEED, digest_demo

Progress = Callable[[str], None]

COMMAND = (sys.executable, "-P", "-m", "tinhso.project.cli", "prepare")


def make_demo(progress: Progress) -> None:
    """Every part that is not there yet, stage by stage."""
    _require_demo_profile()
    order = DemoOrder(seed=DEMO_SEED, until=now(), progress=progress)
    for code, stages in _find_demos():
        for stage in stages:
            _make_stage(code, [part for part in stage if not _is_made(code, part)], order)


def make_part(name: str, until: dt.datetime, progress: Progress) -> None:
    """One part by its name, such as `onestop.lives-1`: what a process started for it does."""
    _require_demo_profile()
    order = DemoOrder(seed=DEMO_SEED, until=until, progress=progress)
    for code, stages in _find_demos():
        for part in (part for stage in stages for part in stage):
            if _get_name(code, part) == name:
                _make(code, part, order)


def _require_demo_profile() -> None:
    if not settings.IS_DEMO:
        raise CommandError(
            "Tỉnh mẫu không nạp được vào bản chính thức. · The demo province is not for production."
        )


def _find_demos() -> Iterator[tuple[str, DemoStages]]:
    for manifest in registry.manifests:
        if manifest.demo:
            yield manifest.code, importlib.import_module(manifest.demo).STAGES


def _make_stage(code: str, parts: list[DemoPart], order: DemoOrder) -> None:
    """The first part here, each other one in a process of its own that dies with this one."""
    others = [_start(_get_name(code, part), order.until) for part in parts[1:]]
    try:
        for part in parts[:1]:
            _make(code, part, order)
        failed = [process for process in others if process.wait() != 0]
    finally:
        for process in others:
            process.kill()
            process.wait()
    if failed:
        raise CommandError(
            "Chưa tạo xong tỉnh mẫu; lý do ở ngay trên. · The demo is not complete; see above."
        )


def _make(code: str, part: DemoPart, order: DemoOrder) -> None:
    with transaction.atomic(), without_savepoints():
        part.make(order)
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [f"demo.{_get_name(code, part)}", digest_demo()])


@contextmanager
def without_savepoints() -> Iterator[None]:
    """A part is undone whole, so nothing in it is worth a savepoint; they would be a third of its statements."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = True


def _start(name: str, until: dt.datetime) -> Process:
    command = [*COMMAND, f"--demo-part={name}", f"--until={until.isoformat()}"]
    return start(command, at_parents_death=signal.SIGKILL)


def _is_made(code: str, part: DemoPart) -> bool:
    made = read_stamps(os.environ["DATABASE_URL"])
    return made.get(f"demo.{_get_name(code, part)}") == digest_demo()


def _get_name(code: str, part: DemoPart) -> str:
    return f"{code}.{part.name}"
