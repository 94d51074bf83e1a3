"""One database cluster: its folder, its files and its socket, whether it is made yet or not."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .binaries import Installation, find_installations, refuse_missing
from .errors import PostgresError
from .owners import Owner, find_owner

DATABASE = "tinhso"
ROLE = "tinhso"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107
"""Bytes in sockaddr_un.sun_path, less the closing zero."""


@dataclass(frozen=True, slots=True)
class Cluster:
    folder: Path
    installation: Installation
    owner: Owner
    is_durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def lease(self) -> Path:
        """Locked shared by every user of the server; whoever gets it exclusively knows there is none."""
        return self.folder / "lease"

    @property
    def keeper(self) -> Path:
        """Locked exclusively by the keeper while it lives."""
        return self.folder / "keeper"

    @property
    def starting(self) -> Path:
        """Locked exclusively by the one process that makes the cluster or starts the keeper."""
        return self.folder / "starting"

    @property
    def ready(self) -> Path:
        """There while the server takes connections."""
        return self.folder / "ready"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def run(self) -> Path:
        return get_run_folder(self.folder)

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(os.fsencode(self.run))}"


def get_run_folder(folder: Path) -> Path:
    """Where the socket is; a folder with a long name keeps it under /tmp, where the name fits."""
    run = folder / "run"
    if len(os.fsencode(run / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return run
    return Path("/tmp") / f"tinhso-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"


def find_cluster(root: Path, *, is_durable: bool = True, wish: str | None = None) -> Cluster:
    """The cluster below `root`, made or not. Each major release of PostgreSQL has a folder of its own.

    Without a wish, a server that fits a cluster already there goes first, so that an upgrade of the
    machine never shows an empty database; when none fits, the refusal says so.
    """
    wish = os.environ.get("TINHSO_POSTGRES", "") if wish is None else wish
    installations = find_installations(wish)
    if not installations:
        raise refuse_missing(wish)
    root = root.resolve()
    made = {int(f.name) for f in root.glob("[0-9]*") if f.name.isdigit() and (f / "data").exists()}
    fitting = [i for i in installations if i.major in made]
    if made and not fitting and not wish:
        raise _refuse_other_release(root, made, installations)
    installation = (fitting or installations)[0]
    folder = root / str(installation.major)
    return Cluster(folder, installation, find_owner(folder / "data"), is_durable)


def _refuse_other_release(root: Path, made: set[int], installations: list[Installation]) -> PostgresError:
    have, found = (", ".join(map(str, sorted(s))) for s in (made, {i.major for i in installations}))
    return PostgresError(
        "other_release",
        f"Dữ liệu ở {root} thuộc PostgreSQL {have}, nhưng máy chỉ có bản {found}. Cài lại bản {have}, hoặc đặt "
        "TINHSO_POSTGRES=machine để bắt đầu một cơ sở dữ liệu mới bên cạnh; dữ liệu cũ vẫn giữ nguyên.",
        f"The data in {root} belongs to PostgreSQL {have}, but this machine has only {found}. Install release "
        f"{have} again, or set TINHSO_POSTGRES=machine to begin a new database beside it; the old data stays.",
    )
