"""Dossiers filed and accepted a second through HTTP; web server, load and PostgreSQL share the cores.

Each is two posts, the citizen's and the officer's, and two transactions with audit and outbox. The yardstick is
pgbench, sending the very statements of the two posts from two clients, before and after. The further lines say
where the time goes: what one dossier takes of the cores' time, the ratio being the share of it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from _product import product


def main() -> None:
    with product(), tempfile.TemporaryDirectory() as watched:
        from _filing_run import run  # noqa: PLC0415 - needs Django set up

        run(Path(watched))


if __name__ == "__main__":
    main()
