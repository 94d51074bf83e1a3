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

STOP_SECONDS = 4.5
"""From the request to the end, the database included."""

CHILD_STOP_SECONDS = 2.0
"""A request or a job that takes longer is cut off: nothing half-done is kept, and a job runs again."""

Tell = Callable[[str], None]


class StopError(BaseException):
    """Somebody asked this process to stop."""


class StopRequest:
    """SIGTERM and a closed terminal end the process as Ctrl-C does: whatever it waits for is left at once.

    Python drops what is raised in a finaliser or in a hook around fork, so the request is kept too, and
    `check` raises it again. A second Ctrl-C does not disturb the end that the first one began.
    """

    def __init__(self) -> None:
        self.made_at: float | None = None

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._make)
        # Under nohup a closed terminal is no request.
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._make)

    def check(self) -> None:
        if self.made_at is not None:
            raise StopError

    def count_seconds_left(self) -> float:
        """Of the time there is for the end; all of it when nobody asked for one."""
        if self.made_at is None:
            return STOP_SECONDS
        return max(0.0, self.made_at + STOP_SECONDS - time.monotonic())

    def _make(self, number: int, frame: object) -> None:
        if self.made_at is None:
            self.made_at = time.monotonic()
            raise StopError


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
    def __init__(self, tell: Tell, request: StopRequest) -> None:
        self.tell = tell
        self.request = request
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
        self.request.check()
        signal.sigtimedwait({signal.SIGCHLD}, seconds)
        self.request.check()

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
        """Ask, wait, then kill."""
        running = [child for child in self.children if child.process is not None]
        for child in running:
            child.terminate()
        deadline = time.monotonic() + CHILD_STOP_SECONDS
        while any(child.is_running for child in running) and time.monotonic() < deadline:
            signal.sigtimedwait({signal.SIGCHLD}, 0.1)
        for child in running:
            child.kill()
