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

        times = measure(fill(DOSSIERS, OPEN_HERE), REQUESTS)
    page, sql = find_p95(times.page), find_p95(times.statements)
    against = "p95 of the page's statements through psycopg alone, ms"
    Figure("worklist_100k", page, "ms", "<= 60", against, sql, DOSSIERS).print()
    for name, spent in (("python", statistics.fmean(times.python)), ("sql_in_the_server", times.sql)):
        Figure(f"worklist_100k_time_{name}", spent, "ms", None, "the page's p95, ms", page, REQUESTS).print()


def find_p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
