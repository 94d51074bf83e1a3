"""Dossiers filed and accepted a second through HTTP; web server, load and PostgreSQL share the cores.

Each is two posts, the citizen's and the officer's, and two transactions with audit and outbox.
"""

from __future__ import annotations

from _product import Figure, product, web

SECONDS = 10.0
SECONDS_OF_SERVICES = 5.0
WARM_UP_SECONDS = 2.0
DRAFTS = 4_000


def main() -> None:
    with product():
        from _filing_work import measure_http, measure_services, prepare  # noqa: PLC0415 - needs Django set up

        counters = prepare(DRAFTS)
        with web(workers=2) as site:
            measure_http(counters, site.port, WARM_UP_SECONDS)
            rate, count = measure_http(counters, site.port, SECONDS)
        alone = measure_services(counters, SECONDS_OF_SERVICES)
    against = "the same two services called by one process without HTTP, dossiers/s"
    Figure("filing", rate, "dossiers/s", ">= 60", against, alone, count).print()


if __name__ == "__main__":
    main()
