"""Server time of the worklist among 100,000 dossiers, for an officer of a ward with 8,000 open ones."""

from __future__ import annotations

import statistics

from _figure import Figure
from _product import product

DOSSIERS = 100_000
OPEN_HERE = 8_000
REQUESTS = 100


def main() -> None:
    with product():
        from _worklist_work import fill, measure  # noqa: PLC0415 - needs Django set up

        times = list(measure(fill(DOSSIERS, OPEN_HERE), REQUESTS))
    page, sql = (statistics.quantiles(column, n=20)[-1] for column in zip(*times, strict=True))
    against = "p95 of the page's statements through psycopg alone, ms"
    Figure("worklist_100k", page, "ms", "<= 60", against, sql, DOSSIERS).print()


if __name__ == "__main__":
    main()
