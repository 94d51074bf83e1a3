"""Walks the whole history once and tells exactly what was altered, cut out or forged."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction

from tinhso.kernel.registry import AuditedRows, registry

from .findings import Finding, FindingKind
from .hashing import GENESIS, SQL_MOMENT, EntryBody, chain_hash
from .merkle import GrowingTree
from .models import AuditEntry, AuditSeal
from .seals import SealContent, get_fingerprint, get_signer_name, is_signed_by
from .trust import ProvinceTrust

BATCH = 500
FETCH = 2_000
"""Entries brought from the database at a time."""

ENTRIES = f"""
SELECT stream, sequence, id::text, action, to_char(at AT TIME ZONE 'UTC', '{SQL_MOMENT}'),
       to_char(recorded_at AT TIME ZONE 'UTC', '{SQL_MOMENT}'), (recorded_at AT TIME ZONE %s)::date,
       coalesce(actor_id::text, ''), actor_name, actor_title, coalesce(agency_id::text, ''),
       detail::text, state_digest, previous_hash, hash
FROM audit_auditentry ORDER BY stream, sequence
"""  # noqa: S608 (constants of this package only)


@dataclass(slots=True)
class Row:
    """An entry as the database gives it, its instants and ids already in the text form that is hashed."""

    stream: str
    sequence: int
    id: str
    action: str
    at: str
    recorded_at: str
    day: dt.date
    actor_id: str
    actor_name: str
    actor_title: str
    agency_id: str
    detail: str
    state_digest: str
    previous_hash: str
    hash: str

    def compute_hash(self) -> str:
        body = EntryBody(
            id=self.id,
            stream=self.stream,
            action=self.action,
            at=self.at,
            actor_id=self.actor_id,
            actor_name=self.actor_name,
            actor_title=self.actor_title,
            agency_id=self.agency_id,
            detail=json.loads(self.detail),
            state_digest=self.state_digest,
        )
        return chain_hash(self.previous_hash, self.sequence, self.recorded_at, body.digest())


@dataclass(slots=True)
class Verification:
    """One pass; `findings()` is read to its end, then the counts are true."""

    entry_count: int = 0
    stream_count: int = 0
    record_count: int = 0
    seal_count: int = 0
    unsealed_count: int = 0
    signers: dict[str, str] = field(default_factory=dict)
    """Fingerprint and name of every certificate that signed a seal."""
    _trees: dict[dt.date, GrowingTree] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        with _one_snapshot():
            yield from self._check_entries()
            for rows in find_audited_rows():
                yield from self._check_histories(rows)
            yield from self._check_seals()

    def _check_entries(self) -> Iterator[Finding]:
        watched = {_get_prefix(rows): rows for rows in find_audited_rows()}
        waiting: dict[str, dict[str, str]] = {prefix: {} for prefix in watched}
        for stream, rows in itertools.groupby(_find_rows(), key=lambda row: row.stream):
            self.stream_count += 1
            state_digest = yield from self._check_stream(rows)
            prefix, _, record_id = stream.partition(":")
            if state_digest and prefix in watched:
                waiting[prefix][record_id] = state_digest
                if len(waiting[prefix]) == BATCH:
                    yield from self._check_records(watched[prefix], waiting[prefix])
                    waiting[prefix] = {}
        for prefix, digests in waiting.items():
            yield from self._check_records(watched[prefix], digests)

    def _check_stream(self, rows: Iterable[Row]) -> Generator[Finding, None, str]:
        """Returns the digest of the record as the last action that changed it left it."""
        sequence, previous_hash, state_digest = 0, GENESIS, ""
        for row in rows:
            self.entry_count += 1
            self._trees.setdefault(row.day, GrowingTree()).add(row.hash.encode())
            if row.sequence != sequence + 1:
                yield Finding(FindingKind.ENTRIES_MISSING, stream=row.stream, sequence=row.sequence)
            elif row.previous_hash != previous_hash:
                yield Finding(FindingKind.CHAIN_BROKEN, stream=row.stream, sequence=row.sequence)
            if row.compute_hash() != row.hash:
                yield Finding(FindingKind.ENTRY_ALTERED, stream=row.stream, sequence=row.sequence)
            sequence, previous_hash = row.sequence, row.hash
            state_digest = row.state_digest or state_digest
        return state_digest

    def _check_records(self, rows: AuditedRows, expected: dict[str, str]) -> Iterator[Finding]:
        self.record_count += len(expected)
        present = dict(rows.digests(list(expected)))
        for record_id, state_digest in expected.items():
            stream = f"{_get_prefix(rows)}:{record_id}"
            if record_id not in present:
                yield Finding(FindingKind.RECORD_MISSING, stream=stream)
            elif present[record_id] != state_digest:
                yield Finding(FindingKind.RECORD_ALTERED, stream=stream)

    def _check_histories(self, rows: AuditedRows) -> Iterator[Finding]:
        ids = iter(rows.ids())
        while batch := list(itertools.islice(ids, BATCH)):
            streams = [f"{_get_prefix(rows)}:{record_id}" for record_id in batch]
            begun = set(
                AuditEntry.objects.filter(stream__in=streams).values_list("stream", flat=True).distinct()
            )
            for stream in streams:
                if stream not in begun:
                    yield Finding(FindingKind.HISTORY_MISSING, stream=stream)

    def _check_seals(self) -> Iterator[Finding]:
        before: SealContent | None = None
        is_trusted = ProvinceTrust()
        for seal in AuditSeal.objects.order_by("day").iterator():
            content = SealContent.of(seal)
            self.seal_count += 1
            yield from self._check_order(before, content)
            yield from self._check_signature(content, seal, is_trusted)
            tree = self._trees.pop(content.day, None) or GrowingTree()
            if (tree.count, tree.root().hex()) != (content.entry_count, content.root):
                yield Finding(FindingKind.DAY_CHANGED, day=content.day)
            before = content
        for day, tree in sorted(self._trees.items()):
            if before is not None and day < before.day:
                yield Finding(FindingKind.SEAL_MISSING, day=day)
            else:
                self.unsealed_count += tree.count

    def _check_signature(
        self, content: SealContent, seal: AuditSeal, is_trusted: ProvinceTrust
    ) -> Iterator[Finding]:
        certificate = bytes(seal.certificate)
        if not is_signed_by(content.as_bytes(), bytes(seal.signature), certificate):
            yield Finding(FindingKind.SEAL_ALTERED, day=content.day)
            return
        self.signers[get_fingerprint(certificate)] = get_signer_name(certificate)
        if not is_trusted(certificate, content.sealed_at):
            yield Finding(FindingKind.SEAL_UNTRUSTED, day=content.day)

    def _check_order(self, before: SealContent | None, content: SealContent) -> Iterator[Finding]:
        if before is None:
            if content.previous_digest != GENESIS:
                yield Finding(FindingKind.SEAL_CHAIN_BROKEN, day=content.day)
            return
        day = before.day + dt.timedelta(days=1)
        if day == content.day and content.previous_digest != before.digest():
            yield Finding(FindingKind.SEAL_CHAIN_BROKEN, day=content.day)
        while day < content.day:
            if day not in self._trees:
                yield Finding(FindingKind.SEAL_MISSING, day=day)
            day += dt.timedelta(days=1)


def find_audited_rows() -> list[AuditedRows]:
    return [rows for manifest in registry.manifests for rows in manifest.audited_rows]


def _get_prefix(rows: AuditedRows) -> str:
    return rows.stream_prefix.rstrip(":")


def _find_rows() -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.cursor.itersize = FETCH
        cursor.execute(ENTRIES, [settings.TIME_ZONE])
        for values in cursor:
            yield Row(*values)


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """Everything is read as of one instant, while the province goes on working."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
