"""Child processes that are started again when they end, and that end with this process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tinhso.kernel.embedded.processes import Process, start

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60
"""A child that ran this long is well: its next end is met with the first pause again."""

STOP_SECONDS = 3.5

Tell = Callable[[str], None]


class StopError(BaseException):
    """Somebody asked this process to stop."""


def stop_on_signals() -> None:
    """SIGTERM and a closed terminal end the process as Ctrl-C does."""

    def stop(number: int, frame: object) -> None:
        raise StopError

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


@dataclass
class Child:
    name: str
    command: Sequence[str]
    pass_fds: tuple[int, ...] = ()
    process: Process | None = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    due_at: float = field(default=0.0)

    def start(self) -> None:
        """In a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        self.started_at = time.monotonic()
        self.process = start(
            self.command, at_parents_death=signal.SIGKILL, pass_fds=self.pass_fds, process_group=0
        )

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def plan_restart(self) -> None:
        """Pauses double up to half a minute while the child keeps ending."""
        now = time.monotonic()
        if now - self.started_at > STEADY_SECONDS:
            self.pause = FIRST_PAUSE
        self.due_at = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.process = None

    def terminate(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """The child and whatever it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.process.wait()


class Supervisor:
    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.children: list[Child] = []
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})

    def add(self, child: Child) -> Child:
        self.children.append(child)
        child.start()
        return child

    def run(self, each_second: Callable[[], None]) -> None:
        """Until StopError."""
        while True:
            self.wait(1.0)
            for child in self.children:
                self._look_after(child)
            each_second()

    def wait(self, seconds: float) -> None:
        """Return when a child has ended, or after the time."""
        signal.sigtimedwait({signal.SIGCHLD}, seconds)

    def _look_after(self, child: Child) -> None:
        if child.process is not None and not child.is_running:
            code = child.process.returncode
            child.plan_restart()
            self.tell(
                f"{child.name}: dừng (mã {code}), chạy lại sau {child.due_at - time.monotonic():.1f} s · restarting"
            )
        if child.process is None and time.monotonic() >= child.due_at:
            child.start()

    def stop(self) -> None:
        """Ask, wait, then kill; well within five seconds."""
        running = [child for child in self.children if child.process is not None]
        for child in running:
            child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.is_running for child in running) and time.monotonic() < deadline:
            time.sleep(0.02)
        for child in running:
            child.kill()
