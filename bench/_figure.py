"""One measured figure, printed as one line of JSON."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    goal: str | None
    """None: told to explain another figure."""
    against: str
    yardstick: float
    rows: int
    """How many it was measured over: dossiers, letters, starts."""

    def print(self) -> None:
        line = {
            "name": self.name,
            "value": round(self.value, 2),
            "unit": self.unit,
            "goal": self.goal,
            "ratio": round(self.value / self.yardstick, 4),
            "against": f"{self.against}: {self.yardstick:.2f}",
            "rows": self.rows,
            "cores": len(os.sched_getaffinity(0)),
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)
