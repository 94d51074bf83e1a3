"""Seconds to bring in a national catalogue of 2.360 procedures, to bring it in again, and ms to find in it.

The published file does not belong to the product: TINHSO_BENCH_RECORDS names it, without it records are made.
"""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.db import connection
from django.test import Client

from _figure import Figure
from _national import make_lines
from _product import product

COUNT = 2360
GOAL_S, GOAL_SEARCH_MS = 20, 100
QUERIES = ("giay phep", "cap lai", "khai sinh", "van tai duong bo", "chung chi hanh nghe", "1.0001")
ROUNDS = 10


def main() -> None:
    with TemporaryDirectory() as folder:
        path = Path(os.environ.get("TINHSO_BENCH_RECORDS") or _write(Path(folder) / "records.jsonl"))
        with product():
            bare = _time_bare(path)
            first, again = _time_import(path), _time_import(path)
            rows = _count("onestop_nationalrecord")
            against = "json.loads of each line and COPY into one jsonb column, s"
            Figure("procedure_import", first, "s", f"<= {GOAL_S}", against, bare, rows).print()
            Figure("procedure_import_again", again, "s", None, "the first import, s", first, rows).print()
            search, sql = _time_search()
            goal = f"<= {GOAL_SEARCH_MS}"
            against = "count of the same matches in SQL alone, ms"
            found = _count("onestop_procedure")
            Figure("procedure_search", search, "ms", goal, against, sql, found).print()


def _write(path: Path) -> Path:
    path.write_text("\n".join(make_lines(COUNT)), encoding="utf-8")
    return path


def _time_import(path: Path) -> float:
    started = time.perf_counter()
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        call_command("procedures", "import", str(path), stdout=nowhere)
    return time.perf_counter() - started


def _time_bare(path: Path) -> float:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (content jsonb)")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for line in _read(path):
                copy.write_row([json.dumps(json.loads(line), ensure_ascii=False)])
        cursor.execute("DROP TABLE bare")
    return time.perf_counter() - started


def _read(path: Path) -> Iterator[str]:
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        yield from lines


def _time_search() -> tuple[float, float]:
    """The page of the public list, the whole of it, and the bare match."""
    client, pages, bare = Client(), [], []
    for _ in range(ROUNDS):
        for query in QUERIES:
            started = time.perf_counter()
            client.get("/thu-tuc", {"q": query})
            pages.append(time.perf_counter() - started)
            started = time.perf_counter()
            with connection.cursor() as cursor:
                words = " AND ".join(["search_text LIKE %s"] * len(query.split()))
                cursor.execute(
                    f"SELECT count(*) FROM onestop_procedure WHERE {words}",  # noqa: S608 - placeholders only
                    [f"%{word}%" for word in query.split()],
                )
            bare.append(time.perf_counter() - started)
    return median(pages) * 1000, median(bare) * 1000


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a constant of this file
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
