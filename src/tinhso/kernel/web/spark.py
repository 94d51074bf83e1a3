"""The small trend line of a stat tile, in the units of its own box (240 by 40)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 240, 40
INSET_X, INSET_Y = 2, 3


@dataclass(frozen=True, slots=True)
class Spark:
    line: str
    """points of the polyline"""
    area: str
    band_top: str = ""
    band_height: str = ""


def draw_spark(values: Sequence[float], band: tuple[float, float] | None = None) -> Spark | None:
    """None for fewer than two values: one point is no trend. `band` is the target, lowest and highest."""
    if len(values) < 2:
        return None
    reach: list[float] = [*values, *(band or ())]
    low, high = min(reach), max(reach)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * INSET_X) / (len(values) - 1)

    def at(value: float) -> float:
        return INSET_Y + (high - value) / span * (HEIGHT - 2 * INSET_Y)

    points = " ".join(f"{INSET_X + i * step:.1f},{at(value):.1f}" for i, value in enumerate(values))
    area = f"{INSET_X},{HEIGHT} {points} {WIDTH - INSET_X},{HEIGHT}"
    if band is None:
        return Spark(points, area)
    top, bottom = at(max(band)), at(min(band))
    return Spark(points, area, f"{top:.1f}", f"{bottom - top:.1f}")
