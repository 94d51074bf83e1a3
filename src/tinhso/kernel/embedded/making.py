"""Making a cluster: whole or not at all, and where its user can reach it."""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .binaries import CONTRIB, link_libraries, place_packaged
from .cluster import DATABASE, ROLE, Cluster
from .errors import PostgresError
from .owners import find_new_owner

SHARED_STATE = Path("/var/lib/tinhso")
"""For root whose clone lies in a folder that is closed to others, as /root is."""

SETTINGS = {
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    # Parallel workers talk through /dev/shm, which containers often limit to 64 MB.
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    # A failed statement and the detail of its error would carry personal data into the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
UNDURABLE = {"fsync": "off", "full_page_writes": "off"}
"""For tests: kept when a process is killed, lost with the power."""

Tell = Callable[[str], None]


def make_root(place: Path) -> Path:
    """The folder of all clusters kept for `place`, made when it is not there.

    PostgreSQL drops root, and its user may be unable to pass through a parent of `place`. No parent's
    mode is ever changed: the clusters then lie under /var/lib, and `place` is a link to them.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place.parent):
        if place.exists():
            return place.resolve()
        place.unlink(missing_ok=True)
        if find_new_owner().can_enter(place.parent):
            place.mkdir()
            place.chmod(0o755)
            return place.resolve()
        return _make_elsewhere(place)


def _make_elsewhere(place: Path) -> Path:
    """What an earlier `place` left there is kept once more under the name .old."""
    folder = SHARED_STATE / hashlib.sha256(os.fsencode(place.absolute())).hexdigest()[:16]
    folder.parent.mkdir(mode=0o755, exist_ok=True)
    if folder.exists():
        former = folder.with_suffix(".old")
        shutil.rmtree(former, ignore_errors=True)
        folder.rename(former)
    folder.mkdir()
    folder.chmod(0o755)
    place.symlink_to(folder)
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file or folder for this process alone."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def complete(cluster: Cluster, tell: Tell) -> Cluster:
    """Make what is missing: reachable programs, the cluster itself, the folder of its socket."""
    cluster = _with_reachable_programs(cluster)
    if not cluster.data.exists():
        tell(f"Tạo cơ sở dữ liệu PostgreSQL {cluster.installation.major} · creating the database")
        _initialise(cluster)
    _make_run_folder(cluster)
    return cluster


def _with_reachable_programs(cluster: Cluster) -> Cluster:
    installation, owner = cluster.installation, cluster.owner
    if not installation.package_version:
        return cluster
    if owner.can_enter(installation.bin):
        try:
            link_libraries(installation.bin.parent)
        except PermissionError:
            pass
        else:
            return cluster
    placed = place_packaged(installation, cluster.folder.parent)
    return dataclasses.replace(cluster, installation=placed)


def _initialise(cluster: Cluster) -> None:
    """Build under another name and rename at the end, so that a kill half-way leaves no half cluster."""
    unfinished = cluster.folder / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    cluster.owner.give(unfinished)
    _run(
        cluster,
        [
            cluster.installation.initdb,
            f"--pgdata={unfinished}",
            "--username=postgres",
            # Only the folder's owner reaches the socket, so the socket's mode is the password.
            "--auth=trust",
            "--encoding=UTF8",
            # Under the plain C locale lower('ĐỒNG') stays 'ĐỒNG'.
            "--locale=C.UTF-8",
            "--locale-provider=icu",
            "--icu-locale=vi-VN",
            "--data-checksums",
            *([] if cluster.is_durable else ["--no-sync"]),
        ],
    )
    settings = SETTINGS | ({} if cluster.is_durable else UNDURABLE)
    with (unfinished / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = {value}\n" for name, value in settings.items())
    _run_sql(cluster, unfinished, "template1", [f"CREATE EXTENSION {name};" for name in CONTRIB])
    _run_sql(
        cluster,
        unfinished,
        "postgres",
        [f"CREATE ROLE {ROLE} LOGIN CREATEDB;", f"CREATE DATABASE {DATABASE} OWNER {ROLE};"],
    )
    unfinished.rename(cluster.data)


def _run_sql(cluster: Cluster, data: Path, database: str, statements: list[str]) -> None:
    """Single-user mode: no socket, no client program."""
    command: list[str | Path] = [
        cluster.installation.postgres,
        "--single",
        "-D",
        data,
        "-c",
        "exit_on_error=on",
        database,
    ]
    _run(cluster, command, "\n".join(statements) + "\n")


def _run(cluster: Cluster, command: Sequence[str | Path], text: str = "") -> None:
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        umask=0o077,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        **cluster.owner.popen_options(),
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-1500:]
        raise PostgresError(
            "not_made",
            f"Không tạo được cơ sở dữ liệu ở {cluster.folder}. PostgreSQL báo:\n{said}",
            f"The database in {cluster.folder} could not be created; PostgreSQL's words are above.",
        )


def _make_run_folder(cluster: Cluster) -> None:
    """Closed to all but its owner; under /tmp another user may have made the name first."""
    run = cluster.run
    try:
        run.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        cluster.owner.give(run)
    seen = run.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != cluster.owner.uid or seen.st_mode & 0o077:
        raise PostgresError(
            "socket_folder",
            f"Thư mục {run} không phải của riêng người dùng chạy cơ sở dữ liệu. Xóa nó rồi chạy lại.",
            f"The folder {run} is not private to the user who runs the database. Remove it and run again.",
        )
