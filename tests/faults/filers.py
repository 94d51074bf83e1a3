"""Programs that file through the API, and send again what was not answered, as the API tells them to."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .conftest import Province

PAUSE = 0.05
"""Seconds before a request is sent again."""
LATER = {"kernel.database_away": 503, "kernel.server_full": 507}
"""What asks to try again later, by code and status."""
STANDSTILL_SECONDS = 120
"""A job that was under way when PostgreSQL died is taken up again within two minutes."""
API = "/api/v1/onestop/dossiers"
UNANSWERED = (OSError, http.client.HTTPException)


Seen = TypeVar("Seen")


@dataclass
class Answers:
    """What the product said: the only thing a filer can know."""

    filed: dict[str, str] = field(default_factory=dict)
    """Idempotency key and code."""
    accepted: set[str] = field(default_factory=set)
    """Codes."""
    put_off: Counter[str] = field(default_factory=Counter)
    """Codes of the refusals that ask to try again later."""
    faults: list[str] = field(default_factory=list)
    """Whatever else it answered."""


class Caller:
    """One connection to the site, opened again when it breaks."""

    def __init__(self, port: int, token: str, answers: Answers) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.answers = answers

    def post(self, path: str, body: dict[str, Any], key: str, expected: int) -> dict[str, Any] | None:
        """Sent until it is answered. None when the answer is neither the expected one nor to try again later."""
        while True:
            try:
                status, said = self._send(path, json.dumps(body).encode(), key)
            except UNANSWERED:
                self.connection.close()
                time.sleep(PAUSE)
                continue
            if status == expected:
                return said
            if LATER.get(said.get("code", "")) != status:
                self.answers.faults.append(f"{path} answered {status} {said}")
                return None
            self.answers.put_off[said["code"]] += 1
            time.sleep(PAUSE)

    def _send(self, path: str, body: bytes, key: str) -> tuple[int, dict[str, Any]]:
        self.connection.request("POST", path, body, {**self.head, "Idempotency-Key": key})
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())


@dataclass
class Filer:
    """Files at one counter, one dossier after the other; some are accepted there at once."""

    counter: dict[str, str]
    filing: dict[str, Any]
    keys: list[str]
    accept_every: int
    answers: Answers

    def work(self, port: int) -> None:
        citizen = Caller(port, self.counter["citizen"], self.answers)
        officer = Caller(port, self.counter["officer"], self.answers)
        with closing(citizen.connection), closing(officer.connection):
            for nth, key in enumerate(self.keys):
                line = citizen.post(API, self.filing, key, 201)
                if line is None or not (nth % self.accept_every or self._accept(officer, line, key)):
                    return
                self.answers.filed[key] = line["code"]

    def _accept(self, officer: Caller, line: dict[str, Any], key: str) -> bool:
        fresh = officer.post(f"{API}/{line['id']}/accept", {"revision": 1}, f"accept-{key}", 200)
        if fresh is not None:
            self.answers.accepted.add(fresh["code"])
        return fresh is not None


def start_filing(
    province: Province, port: int, *, filers: int, count: int, accept_every: int
) -> tuple[Answers, list[threading.Thread]]:
    answers, threads = Answers(), []
    for number in range(filers):
        counter = province.counters[number % len(province.counters)]
        filing = {
            "version_id": province.version_id,
            "agency_id": counter["agency_id"],
            "values": {"purpose": "Mua bán nhà đất"},
            "papers": [{"paper_code": "id", "copies": 1}],
        }
        keys = [f"filer-{number}-{nth:05d}" for nth in range(count // filers)]
        filer = Filer(counter, filing, keys, accept_every, answers)
        threads.append(threading.Thread(target=filer.work, args=[port], daemon=True))
    for thread in threads:
        thread.start()
    return answers, threads


def wait_for_filings(answers: Answers, count: int) -> None:
    wait_while_it_moves(
        lambda: (len(answers.filed), len(answers.faults)), lambda seen: seen[0] >= count or seen[1] > 0
    )
    assert answers.faults == []


def wait_while_it_moves(look: Callable[[], Seen], is_enough: Callable[[Seen], bool]) -> None:
    """However slow the machine is; only a standstill is a failure."""
    seen, moved_at = look(), time.monotonic()
    while not is_enough(seen):
        time.sleep(0.05)
        before, seen = seen, look()
        if seen != before:
            moved_at = time.monotonic()
        assert time.monotonic() - moved_at < STANDSTILL_SECONDS, f"no step forward from {seen}"
