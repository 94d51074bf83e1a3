"""The statements of one dossier, word for word, with its ids and numbers as variables."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from _statements import send

ANY_ID = re.compile(r"\b[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}\b")
KEY = ":key"
FIRST_KEY = 10_000_000
"""Every key has eight digits, so that it fits into an id as it is."""


@dataclass(frozen=True)
class Recording:
    """What one dossier sent to the server, and what another of the same people did."""

    own: Sequence[str]
    other: Sequence[str]
    code: str
    """The dossier's, which ends with its serial number."""

    @cached_property
    def statements(self) -> list[str]:
        """Ready for any number of dossiers, each by a key of its own in place of :key."""
        return [self._make_general(statement) for statement in self.own]

    def make_id(self, own: UUID, key: int) -> UUID:
        """What stands for one of the dossier's ids under a key."""
        return UUID(self._patterns[own].replace(KEY, str(key)))

    @cached_property
    def _patterns(self) -> dict[UUID, str]:
        """An id that the other dossier's statements know is not the dossier's own."""
        standing = set(_find_ids(self.other))
        own = dict.fromkeys(found for found in _find_ids(self.own) if found not in standing)
        return {found: f"{place:08x}-0000-7000-8000-0000{KEY}" for place, found in enumerate(own)}

    def _make_general(self, statement: str) -> str:
        for own, pattern in self._patterns.items():
            statement = statement.replace(str(own), pattern).replace(own.hex, pattern.replace("-", ""))
        return statement.replace(self.code, f"{self.code.rpartition('-')[0]}-{KEY}")


def make_keys(client: int, first: int, count: int) -> range:
    """The keys of one client's dossiers from number `first` + 1 on."""
    start = FIRST_KEY * (client + 1) + first + 1
    return range(start, start + count)


def replay(recordings: Sequence[Recording], first: int, count: int) -> float:
    """Dossiers a second by psycopg on one connection, `count` of each recording in turn."""
    started = time.perf_counter()
    for number in range(first, first + count):
        for client, recording in enumerate(recordings):
            (key,) = make_keys(client, number, 1)
            send(statement.replace(KEY, str(key)) for statement in recording.statements)
    return count * len(recordings) / (time.perf_counter() - started)


def _find_ids(statements: Iterable[str]) -> Iterator[UUID]:
    for statement in statements:
        for match in ANY_ID.finditer(statement):
            yield UUID(match[0])
