from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tinhso.kernel.embedded import server


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """A folder others may pass through; pytest's own tmp_path is closed to the server's user."""
    folder = make_folder()
    yield folder
    wait_until(lambda: not find_processes_of(folder), 10)
    shutil.rmtree(folder)


@pytest.fixture
def made_var_dir(var_dir: Path, pristine: Path) -> Path:
    """With a database in it, as a first start leaves it."""
    subprocess.run(["cp", "-a", pristine / "postgres", var_dir], check=True)
    return var_dir


@pytest.fixture(scope="session")
def pristine() -> Iterator[Path]:
    folder = make_folder()
    with server(folder, is_durable=False):
        pass
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """A folder whose database and static files are ready for `serve`, so that every start is a second start."""
    folder = make_folder()
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    command = [sys.executable, "-m", "tinhso.project.cli", "prepare"]
    subprocess.run(command, env=kept | {"TINHSO_VAR": str(folder), "TINHSO_PROFILE": "test"}, check=True)
    yield folder
    shutil.rmtree(folder)


def make_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tinhso-test-")).resolve()
    folder.chmod(0o755)
    return folder


def find_processes_of(folder: Path) -> list[str]:
    """Command lines of every process that was started for `folder` or works in it."""
    needle, found = os.fsencode(folder), []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or entry.name == str(os.getpid()):
            continue
        try:
            command = (entry / "cmdline").read_bytes()
            traces = command + (entry / "environ").read_bytes() + os.fsencode(os.readlink(entry / "cwd"))
        except OSError:
            continue
        if needle in traces:
            found.append(f"{entry.name} {command.replace(bytes(1), b' ').decode()}")
    return found


def wait_until(is_so: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"still not so after {seconds} s"
        time.sleep(0.02)
