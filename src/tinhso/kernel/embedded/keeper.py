"""The keeper: one small process per cluster that owns the server and stops it after its last user.

Started by `lease.server` in a session of its own, so that Ctrl-C passes it by. Users hold a shared
lock on the lease file; the keeper waits for the exclusive one. The kernel drops a lock when its holder
ends in whatever way, so a killed user is a user who left. When the keeper itself is killed, the kernel
tells PostgreSQL to shut down.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from .binaries import Installation
from .cluster import SOCKET_NAME, Cluster
from .owners import Owner
from .processes import Process, start

FIRST_TRIES = 5
LONGEST_PAUSE = 5.0
FAST_STOP_SECONDS = 60


class Keeper:
    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.is_over = False
        self.child: Process | None = None
        self.lease = -1

    def run(self) -> int:
        """Serve until nobody holds the lease. A server that dies meanwhile is started again."""
        threading.Thread(target=self._wait_for_last_user, daemon=True).start()
        was_ready, pause, tries = False, 0.2, 0
        while not self.is_over:
            clear_after_crash(self.cluster)
            if self._serve_once():
                was_ready, pause, tries = True, 0.2, 0
            tries += 1
            if not was_ready and tries >= FIRST_TRIES:
                return 1
            if not self.is_over:
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        return 0

    def _serve_once(self) -> bool:
        """Run the server to its end. True when it took connections."""
        child = self.child = start_postgres(self.cluster)
        if self.is_over:
            child.send_signal(signal.SIGINT)
        is_ready = self._wait_until_ready(child)
        if is_ready:
            self.cluster.ready.touch()  # empty: a full disk still has room for a name
        child.wait()
        self.cluster.ready.unlink(missing_ok=True)
        return is_ready

    def _wait_until_ready(self, child: Process) -> bool:
        """postmaster.pid: the process on line 1, its state on line 8."""
        while child.poll() is None:
            lines = _read_lines(self.cluster.data / "postmaster.pid")
            if len(lines) >= 8 and lines[0] == str(child.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.01)
        return False

    def _wait_for_last_user(self) -> None:
        """Nobody can take the lease again while this process holds it, so the stop is final."""
        self.lease = os.open(self.cluster.lease, os.O_RDONLY)
        fcntl.flock(self.lease, fcntl.LOCK_EX)
        self.is_over = True
        child = self.child
        if child is None:
            return
        for number, seconds in ((signal.SIGINT, FAST_STOP_SECONDS), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            child.send_signal(number)
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
            return


def start_postgres(cluster: Cluster) -> Process:
    """In the foreground, as the cluster's owner, reachable by its socket only."""
    return start(
        [
            cluster.installation.postgres,
            "-D",
            cluster.data,
            "-k",
            cluster.run,
            "-c",
            "listen_addresses=",
            "-c",
            "unix_socket_permissions=0700",
            "-c",
            "logging_collector=off",
        ],
        stdin=subprocess.DEVNULL,
        cwd="/",
        umask=0o077,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
        # PostgreSQL's fast shutdown: roll back what is open, write everything, end.
        at_parents_death=signal.SIGINT,
        **cluster.owner.popen_options(),
    )


def clear_after_crash(cluster: Cluster) -> None:
    """Remove the pid files of a server that is gone for certain.

    PostgreSQL refuses to start while the process named in its pid file lives, although after a reboot
    that number may be anybody's. Every process of a server works in its data folder, so when none does,
    the files are stale. The keeper's lock says that no other keeper is starting one.
    """
    pid_file = cluster.data / "postmaster.pid"
    if not pid_file.exists():
        return
    for number, seconds in (None, FAST_STOP_SECONDS), (signal.SIGQUIT, 5), (signal.SIGKILL, 5):
        if _wait_until_empty(cluster, number, seconds):
            break
    else:
        raise TimeoutError(f"a former server still runs in {cluster.data}")
    pid_file.unlink(missing_ok=True)
    (cluster.run / SOCKET_NAME).unlink(missing_ok=True)
    (cluster.run / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _wait_until_empty(cluster: Cluster, number: signal.Signals | None, seconds: float) -> bool:
    """A former server was told to shut down when its keeper died; `number` is for one that did not."""
    deadline = time.monotonic() + seconds
    while remaining := find_server_processes(cluster):
        if time.monotonic() > deadline:
            return False
        for pid in remaining if number else ():
            with suppress(ProcessLookupError):
                os.kill(pid, number or 0)
        time.sleep(0.05)
    return True


def find_server_processes(cluster: Cluster) -> list[int]:
    """As the cluster's owner: in a container even root may be barred from looking at others' processes."""
    with cluster.owner.acting():
        return [pid for pid in _find_pids() if _get_working_folder(pid) == str(cluster.data)]


def _find_pids() -> list[int]:
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]


def _get_working_folder(pid: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return ""


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []


def main() -> int:
    """The process the starter waits for ends once its child, the keeper proper, holds the lock."""
    folder, programs, major, uid, gid = sys.argv[1:]
    cluster = Cluster(Path(folder), Installation(Path(programs), int(major)), Owner(int(uid), int(gid)))
    os.chdir("/")
    lock = os.open(cluster.keeper, os.O_RDONLY)
    if not _take(lock) or os.fork():
        return 0
    result = Keeper(cluster).run()
    os.close(lock)
    return result


def _take(lock: int) -> bool:
    """Tries for a while: whoever looks whether there is a keeper holds the lock for a moment."""
    for _ in range(40):
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    sys.exit(main())
