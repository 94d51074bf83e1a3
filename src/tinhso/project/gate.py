"""How `tinhso serve` and its web process take turns at a start.

Loading the code takes longer than all else, so it goes on beside the rest. The supervisor says when the
database runs; the web process, once loaded, says what the database was prepared with; the supervisor has
the rest prepared and opens the gate.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import TypedDict

DATABASE_RUNS = b"d"
GO = b"g"
LOOK_SECONDS = 0.5

Accounts = list[tuple[str, str, str]]
"""(user name, password, who)"""


class Loaded(TypedDict):
    accounts: Accounts
    stamps: dict[str, str]


class Gate:
    """The supervisor's end. Methods raise EOFError when the web process has ended."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()

    @property
    def descriptor(self) -> int:
        return self._far.fileno()

    def hand_over(self) -> None:
        """The child has its end now; without this one its death would not be seen."""
        self._far.close()

    def ask(self, check: Callable[[], None]) -> Loaded:
        """Wait for the web process to have loaded, calling `check` twice a second, which may raise."""
        self._say(DATABASE_RUNS)
        self._near.settimeout(LOOK_SECONDS)
        line = b""
        while not line.endswith(b"\n"):
            check()
            try:
                part = self._near.recv(65_536)
            except TimeoutError:
                continue
            if not part:
                raise EOFError
            line += part
        loaded: Loaded = json.loads(line)
        return loaded

    def open(self) -> None:
        self._say(GO)

    def close(self) -> None:
        self._near.close()

    def _say(self, word: bytes) -> None:
        try:
            self._near.sendall(word)
        except OSError:
            raise EOFError from None


def wait_at(descriptor: int, look: Callable[[], Loaded]) -> bool:
    """In the web process: answer with what `look` finds, then hold. False when the supervisor gave up."""
    with socket.socket(fileno=descriptor) as supervisor:
        if not supervisor.recv(1):
            return False
        supervisor.sendall(json.dumps(look()).encode() + b"\n")
        return bool(supervisor.recv(1))
