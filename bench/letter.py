"""Milliseconds for one letter: set by typst, signature fields added, PDF/A-2b, each with its own values."""

from __future__ import annotations

import itertools

from _figure import Figure
from _signing import measure_rate, set_up, take_one_core

SECONDS = 5.0
GOAL_MS = 15


def main() -> None:
    take_one_core()
    with set_up():
        from tinhso.kernel.letters.rendering import render_letter  # noqa: PLC0415 - needs Django set up
        from tinhso.kernel.letters.tests.sample import make_values  # noqa: PLC0415

        numbers = itertools.count(1)
        rate, count = measure_rate(
            lambda: render_letter("letters/document", make_values(number=f"{next(numbers)}/UBND-XNTTHN")),
            SECONDS,
        )
    Figure("letter", 1000 / rate, "ms", f"<= {GOAL_MS}", "the goal, ms", GOAL_MS, count).print()


if __name__ == "__main__":
    main()
