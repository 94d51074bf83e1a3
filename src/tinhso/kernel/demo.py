"""How a system says what its demo province is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """What every part is made from: the same seed and present give the same province."""

    seed: int
    until: dt.datetime
    """The present of the province; nothing in it happens later."""
    progress: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoPart:
    """A piece of the demo, made in one transaction: whole or not at all."""

    name: str
    make: Callable[[DemoOrder], None]


DemoStages = tuple[tuple[DemoPart, ...], ...]
"""Stages follow each other. The parts of one stage need nothing of each other and are made side by side."""
