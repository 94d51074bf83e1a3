"""Processor time that threads spend inside a function, told between processes through a folder."""

from __future__ import annotations

import functools
import json
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


class Stopwatch:
    """Each process, forked ones too, keeps its totals in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._totals: dict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                self._add(name, time.thread_time() - started)

        return timed

    def _add(self, name: str, seconds: float) -> None:
        with self._lock:
            self._totals[name] += seconds
            (self._folder / str(os.getpid())).write_text(json.dumps(self._totals))


def read_totals(folder: Path, names: Iterable[str]) -> dict[str, float]:
    """Seconds by name, all processes together; read while none of them works."""
    kept = [json.loads(file.read_text()) for file in folder.iterdir()]
    return {name: sum(totals.get(name, 0.0) for totals in kept) for name in names}
