from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tinhso.kernel.embedded import server
from tinhso.kernel.embedded.cluster import Cluster, find_cluster

from ..platform.conftest import find_processes_of, make_folder, wait_until
from ..platform.serving import get_environment, serving

NO_MOUNT = "this user may not mount a small file system"
PROFILE = "demo"
"""The one that pools its connections, as production does."""


@dataclass(frozen=True)
class Province:
    """A folder with a database of the product's own in it, ready to file in."""

    folder: Path
    version_id: str
    counters: list[dict[str, str]]
    """agency_id; tokens of its `officer` and of a `citizen` who files there; the citizen's `session`."""

    @property
    def cluster(self) -> Cluster:
        return find_cluster(self.folder / "postgres")

    @property
    def log(self) -> Path:
        return self.folder / "serve.log"

    @contextmanager
    def serving(self) -> Iterator[int]:
        """`tinhso serve` on the port given: database, web and worker."""
        with self.log.open("a") as said, serving(self.folder, profile=PROFILE, said=said) as (_, port):
            yield port

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of the product, its database running for as long as it takes."""
        return subprocess.run(
            [sys.executable, "-m", "tinhso.project.cli", *command],
            env=get_environment(self.folder, PROFILE),
            capture_output=True,
            text=True,
            check=False,
        )

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows, past the product: on the server that is being served, else on one started for it."""
        with server(self.folder) as address, psycopg.connect(address.url) as connection:
            return connection.execute(question, values).fetchall()


@pytest.fixture(scope="module")
def province() -> Iterator[Province]:
    with own_folder() as folder:
        yield make_province(folder)


@contextmanager
def own_folder() -> Iterator[Path]:
    """With a database and the product in it; all of them go away."""
    folder = make_folder()
    try:
        yield folder
        wait_until(lambda: not find_processes_of(folder), 20)
    finally:
        shutil.rmtree(folder)


def make_province(folder: Path) -> Province:
    with server(folder) as address:
        said = subprocess.run(
            [sys.executable, "-m", "tests.faults.scene"],
            env=get_environment(folder, PROFILE)
            | {"DATABASE_URL": address.url, "DJANGO_SETTINGS_MODULE": f"tinhso.project.settings.{PROFILE}"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
    assert said.returncode == 0, said.stderr
    return Province(folder, **json.loads(said.stdout))


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """The folder is a file system of its own, which can be full in earnest; only root mounts one."""
    options = f"size={megabytes}m,mode=755"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tinhso-test", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(NO_MOUNT)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if any(NO_MOUNT in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.section("FULL DISKS WERE NOT TRIED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{NO_MOUNT}: chạy bằng root để thử ổ đĩa đầy · run as root to try full disks.")
