"""Server time of the worklist among 100,000 dossiers, for an officer of a ward with 8,000 open ones."""

from __future__ import annotations

import statistics

from _product import Figure, product

DOSSIERS = 100_000
OPEN_HERE = 8_000
REQUESTS = 60


def main() -> None:
    with product():
        from _worklist_work import fill, measure_page, measure_sql  # noqa: PLC0415 - needs Django set up

        client = fill(DOSSIERS, OPEN_HERE)
        measure_page(client)
        # In turn, so that both meet the same machine.
        times = [(measure_page(client), measure_sql(client)) for _ in range(REQUESTS)]
    page, sql = (statistics.quantiles(column, n=20)[-1] for column in zip(*times, strict=True))
    Figure("worklist_100k", page, "ms", "<= 60", "p95 of the page's own SQL, ms", sql, DOSSIERS).print()


if __name__ == "__main__":
    main()
