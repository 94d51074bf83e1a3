"""A National Portal that is not there: it takes what a real one would take, and can be told to misbehave."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

MESSAGES = frozenset({"DongBoHoSo", "DongBoTienTrinh"})


@dataclass
class SimulatedPortal:
    """What it has been told, by the portal's code of the dossier; a repeated telling is taken once."""

    keeps: bool = True
    """False: it answers and forgets, for a stand-in that runs for months."""
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    progress: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """What it gives by path, for the papers of dossiers it hands over."""
    told: list[tuple[str, str]] = field(default_factory=list)
    """Message and code of everything it took, in the order it came."""
    is_down: bool = False
    seconds: float = 0.0
    """How slow it is."""
    refused: dict[str, str] = field(default_factory=dict)
    """Code of a dossier it will not take, and why."""
    lies: bool = False
    """It answers well about another dossier."""
    forgets_to_answer: int = 0
    """So many messages it takes and then drops the line."""

    def answer(self, message: str, body: bytes) -> tuple[int, bytes]:
        """Status and body."""
        if self.seconds:
            time.sleep(self.seconds)
        if self.is_down:
            return 503, b"down"
        if message not in MESSAGES:
            return 404, b"{}"
        content = json.loads(body)
        code = str(content.get("MaHoSo", ""))
        if code in self.refused:
            return 200, _say("12", code, self.refused[code])
        if self.keeps:
            self._take(message, code, content)
        if self.forgets_to_answer:
            self.forgets_to_answer -= 1
            return 504, b""
        return 200, _say("0", "H00.00-000000-0000" if self.lies else code, "")

    def _take(self, message: str, code: str, content: dict[str, Any]) -> None:
        self.told.append((message, code))
        if message == "DongBoHoSo":
            self.states[code] = content
            return
        known = self.progress.setdefault(code, [])
        known += [entry for entry in content["TienTrinh"] if entry not in known]


def _say(error_code: str, code: str, message: str) -> bytes:
    return json.dumps({"error_code": error_code, "message": message, "MaHoSo": code}).encode()
