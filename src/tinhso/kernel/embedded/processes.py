"""Child processes that cannot outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

Process: TypeAlias = "subprocess.Popen[bytes]"
PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_libc = ctypes.CDLL(None, use_errno=True)


def follow_parent(number: signal.Signals, parent_pid: int | None = None) -> None:
    """Have the kernel send `number` to this process when its parent dies, even by kill -9.

    The mark is lost on setuid, so it is set after privileges are dropped. With `parent_pid`, a parent
    that died before the mark was set is noticed too.
    """
    if _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if parent_pid is not None and os.getppid() != parent_pid:
        os.kill(os.getpid(), number)


def start(command: Sequence[str | Path], *, at_parents_death: signal.Signals, **options: Any) -> Process:
    """`subprocess.Popen` for a child that gets `at_parents_death` when this process ends."""
    parent_pid = os.getpid()

    def prepare() -> None:
        """Runs in the child, after the user was changed and before exec."""
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        follow_parent(at_parents_death, parent_pid)

    # Between fork and exec only two system calls are made, which other threads cannot hold up.
    return subprocess.Popen(command, preexec_fn=prepare, **options)  # noqa: PLW1509


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C and its like wait until the block has ended. For a moment only."""
    former = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)
