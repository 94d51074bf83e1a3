"""The filing figure from the first draft to the printed lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import _pgbench
from _cores import IDLE, OTHERS, Meter, Spent, find_family
from _figure import Figure
from _filing_work import (
    Counter,
    count_accepted,
    count_waiting,
    measure_http,
    open_counters,
    record_dossier,
    tidy_database,
    wait_until_waiting,
    write_drafts,
)
from _product import Site, web, worker
from _replay import Recording, make_keys, replay
from _statements import find_backends
from _stopwatch import read_totals
from _timed_web import DJANGO, NAMES, SERVICES
from tinhso.kernel.jobs.models import Delivery
from tinhso.systems.onestop.models import Dossier

SECONDS = 10.0
WARM_UP_SECONDS = 3.0
DRAFTS = 6_400
CLIENTS = 2
REPLAYS = 800
"""Dossiers of each client in each round."""
ROUNDS = 2
SQL, WEB, LOAD, WORKER = "sql", "web", "load", "worker"


@dataclass
class Replay:
    """The same statements without the product: by pgbench, else by psycopg."""

    recordings: list[Recording]
    program: Path | None
    rates: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """One more round; the database tells whether the statements did what the product does."""
        before, first = count_accepted(), len(self.rates) * REPLAYS
        if self.program:
            self.rates.append(_pgbench.run(self.program, self.recordings, first, REPLAYS))
        else:
            self.rates.append(replay(self.recordings, first, REPLAYS))
        done, wanted = count_accepted() - before, REPLAYS * len(self.recordings)
        if done != wanted:
            raise SystemExit(f"the statements of {wanted} dossiers left {done} accepted")

    @property
    def rate(self) -> float:
        return sum(self.rates) / len(self.rates)

    @property
    def description(self) -> str:
        client = f"pgbench, {len(self.recordings)} clients" if self.program else "psycopg, one connection"
        return f"{client}, the same {len(self.recordings[0].statements)} statements a dossier, dossiers/s"


def run(watched: Path) -> None:
    counters = open_counters(DRAFTS)
    yardstick = prepare_replay(counters[:CLIENTS])
    tidy_database()
    if not find_backends():
        print("PostgreSQL runs on another machine: its time is not among the parts.", file=sys.stderr)
    with web(workers=2, watched=watched) as site:
        measure_http(counters, site.port, WARM_UP_SECONDS)
        delivery, delivered = measure_delivery(site)
        yardstick.measure()
        before = read_totals(watched, NAMES)
        meter = Meter({SQL: find_backends, WEB: lambda: find_family(site.pid), LOAD: lambda: [os.getpid()]})
        rate, count = measure_http(counters, site.port, SECONDS)
        spent, after = meter.stop(), read_totals(watched, NAMES)
        yardstick.measure()

    Figure("filing", rate, "dossiers/s", ">= 60", yardstick.description, yardstick.rate, count).print()
    cores_time = sum(spent.values()) / count
    watches = {name: after[name] - before[name] for name in NAMES}
    for name, seconds in split(spent, watches).items():
        print_part(name, seconds / count, cores_time, count)
    print_part("delivery_by_the_worker", delivery, cores_time, delivered)


def split(spent: Spent, watches: Mapping[str, float]) -> dict[str, float]:
    """Seconds of the cores by what they did; together all they had."""
    return {
        "sql_in_the_server": spent[SQL],
        "services": watches[SERVICES],
        "views_and_middleware": watches[DJANGO] - watches[SERVICES],
        "web_server": spent[WEB] - watches[DJANGO],
        "load_generator": spent[LOAD],
        "other_programs": spent[OTHERS],
        "idle": spent[IDLE],
    }


def print_part(name: str, seconds: float, cores_time: float, rows: int) -> None:
    against = "the cores' time for one dossier, ms"
    Figure(f"filing_time_{name}", seconds * 1000, "ms", None, against, cores_time * 1000, rows).print()


def measure_delivery(site: Site) -> tuple[float, int]:
    """Processor time of the worker and of its SQL for what one dossier emits, and of how many dossiers.

    Its start and the first fifth, which opens what is kept, are not counted.
    """
    per_dossier = Delivery.objects.count() / Dossier.objects.count()
    with worker(site) as pid:
        wait_until_waiting(count_waiting() * 4 // 5)
        dossiers = count_waiting() / per_dossier
        meter = Meter({SQL: find_backends, WORKER: lambda: find_family(pid)})
        wait_until_waiting(0)
        spent = meter.stop()
    return (spent[SQL] + spent[WORKER]) / dossiers, round(dossiers)


def prepare_replay(counters: Sequence[Counter]) -> Replay:
    """What a dossier of each of these counters sends, and the drafts its statements will find."""
    program = _pgbench.find_program()
    if program is None:
        print(
            "No pgbench on this machine (PostgreSQL's server package has it, the npm package has not): "
            "psycopg sends the statements instead.",
            file=sys.stderr,
        )
    recordings = []
    for client, counter in enumerate(counters):
        recording, ids = record_dossier(counter)
        keys = make_keys(client, 0, REPLAYS * ROUNDS)
        write_drafts(counter, [[recording.make_id(own, key) for own in ids] for key in keys])
        recordings.append(recording)
    return Replay(recordings, program)
