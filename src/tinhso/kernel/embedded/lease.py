"""Using the server: a lease that every user holds, and the start when nobody did."""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .cluster import Cluster, find_cluster
from .errors import PostgresError
from .making import complete, locked, make_root
from .processes import undisturbed

FOLDER = "postgres"
KEEPER = "tinhso.kernel.embedded.keeper"
START_SECONDS = 600
"""Recovery after a crash replays what was not yet written to the tables; it may take minutes."""
STOP_SECONDS = 5.0
LOG_LIMIT = 5_000_000

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Address:
    cluster: Cluster

    @property
    def url(self) -> str:
        return self.cluster.url

    @property
    def log(self) -> Path:
        return self.cluster.log

    def has_keeper(self) -> bool:
        return not _is_free(self.cluster.keeper)

    def ensure(self, tell: Tell = lambda _: None) -> None:
        """Have a running server: make the cluster when there is none, start its keeper, wait for connections."""
        with locked(self.cluster.starting):
            if not self.has_keeper():
                _start_keeper(complete(self.cluster, tell))
            _wait_until_ready(self)


def get_address(var_dir: Path, folder: str = FOLDER) -> str:
    """Where the server of `var_dir` listens while it runs. Starts and makes nothing."""
    return find_cluster(var_dir / folder).url


@contextmanager
def server(
    var_dir: Path, *, folder: str = FOLDER, is_durable: bool = True, tell: Tell = lambda _: None
) -> Iterator[Address]:
    """A running server for the length of the block, shared with whoever else holds it.

    The first user makes the cluster and starts it. After the last one the server stops; the block's
    end waits for that, a few seconds at most. `tell` receives lines about what takes time.

    Raises PostgresError with a sentence to act on.
    """
    with lease(var_dir, folder=folder, is_durable=is_durable) as address:
        address.ensure(tell)
        yield address


@contextmanager
def lease(
    var_dir: Path,
    *,
    folder: str = FOLDER,
    is_durable: bool = True,
    get_patience: Callable[[], float] = lambda: STOP_SECONDS,
) -> Iterator[Address]:
    """The right to a running server for the length of the block; `Address.ensure` starts it.

    `get_patience` is asked at the end of the block for how many seconds to wait for the server's own end,
    which the keeper brings about in any case.
    """
    cluster = find_cluster(make_root(var_dir / folder), is_durable=is_durable)
    _make_folder(cluster)
    lock = os.open(cluster.lease, os.O_RDONLY)
    try:
        # Blocks while a keeper is stopping; once held, no keeper can begin to stop.
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield Address(cluster)
    finally:
        is_last = _try_lock(lock)
        os.close(lock)
        if is_last:
            _wait_for_stop(cluster, get_patience())


def _make_folder(cluster: Cluster) -> None:
    if not cluster.folder.exists():
        with suppress(FileExistsError):
            cluster.folder.mkdir()
        cluster.folder.chmod(0o755)
    for path in (cluster.lease, cluster.keeper, cluster.starting):
        if not path.exists():
            path.touch()
            _give_to_folder_owner(path)


def _give_to_folder_owner(path: Path) -> None:
    """What root makes in another user's folder must stay usable for that user."""
    if os.geteuid() == 0:
        seen = path.parent.stat()
        os.chown(path, seen.st_uid, seen.st_gid)


def _start_keeper(cluster: Cluster) -> None:
    """Returns when the keeper holds its lock; its words and the server's go to the log."""
    cluster.ready.unlink(missing_ok=True)
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_LIMIT:
        cluster.log.rename(cluster.log.with_suffix(".old"))
    log = os.open(cluster.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    _give_to_folder_owner(cluster.log)
    owner, programs = cluster.owner, cluster.installation
    values = (cluster.folder, programs.bin, programs.major, owner.uid, owner.gid)
    try:
        # Nobody can wait for the end of a keeper that does not hold its lock yet.
        with undisturbed():
            pid = os.posix_spawn(
                sys.executable,
                [sys.executable, "-P", "-m", KEEPER, *map(str, values)],
                os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, log, 1),
                    (os.POSIX_SPAWN_DUP2, log, 2),
                ],
                setsid=True,
                setsigmask=(),
            )
            os.waitpid(pid, 0)
    finally:
        os.close(log)


def _wait_until_ready(address: Address) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not address.cluster.ready.exists():
        if not address.has_keeper() or time.monotonic() > deadline:
            raise _refuse_start(address.cluster)
        time.sleep(0.01)


def _refuse_start(cluster: Cluster) -> PostgresError:
    said = cluster.log.read_text(errors="replace").strip()[-1500:]
    return PostgresError(
        "not_started",
        f"PostgreSQL không khởi động được. Nhật ký {cluster.log} kết thúc bằng:\n{said}",
        f"PostgreSQL did not start; the end of its log {cluster.log} is above.",
    )


def _wait_for_stop(cluster: Cluster, seconds: float) -> None:
    """Until the keeper has ended or somebody else took the lease."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not _is_free(cluster.keeper):
        time.sleep(0.02)


def _is_free(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
