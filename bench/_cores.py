"""Where the time of the cores goes: groups of processes, everything else on the machine, and idling."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
OTHERS, IDLE = "others", "idle"

Spent = dict[str, float]
"""Seconds of processor time by group, with OTHERS and IDLE; together all the cores had."""


class Meter:
    """`groups` name the processes to tell apart; who belongs to one is asked at each reading."""

    def __init__(self, groups: Mapping[str, Callable[[], Iterable[int]]]) -> None:
        self._groups = groups
        self._cores = os.sched_getaffinity(0)
        self.start()

    def start(self) -> None:
        self._before, self._started = self._read(), time.perf_counter()

    def stop(self) -> Spent:
        """Since the start. A process that has ended since counts among OTHERS."""
        now, took = self._read(), time.perf_counter() - self._started
        spent = {name: now[name] - self._before[name] for name in now}
        spent[OTHERS] = took * len(self._cores) - sum(spent.values())
        return spent

    def _read(self) -> Spent:
        read = {name: sum(map(read_processor_time, pids())) for name, pids in self._groups.items()}
        return read | {IDLE: self._read_idle()}

    def _read_idle(self) -> float:
        names = {f"cpu{core}" for core in self._cores}
        lines = (line.split() for line in Path("/proc/stat").read_text().splitlines())
        return sum(int(line[4]) + int(line[5]) for line in lines if line[0] in names) / TICKS


def read_processor_time(pid: int) -> float:
    """Seconds a process has run so far, its threads together; 0 for one that has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        fields = _read_stat(pid)
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


def find_family(pid: int) -> set[int]:
    """A process and all it started that still run."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):
                children.setdefault(int(_read_stat(int(entry.name))[1]), []).append(int(entry.name))
    family, found = set[int](), [pid]
    while found:
        member = found.pop()
        family.add(member)
        found += children.get(member, [])
    return family


def _read_stat(pid: int) -> list[str]:
    """The fields after the name, which may hold blanks: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
