"""Writing and reading the signed history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import find_travelled, now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import require_service

from .hashing import GENESIS, SQL_MOMENT, EntryBody, canonical, digest, plain, text_moment
from .models import AuditEntry

__all__ = ["canonical", "digest", "find_entries", "record"]

# One statement finds the end of the stream, links to it and appends: 60 filings a second on two cores
# leave no room for a question and an answer each time.
APPEND = f"""
WITH last AS (
    SELECT sequence, hash FROM audit_auditentry WHERE stream = %(stream)s ORDER BY sequence DESC LIMIT 1
), link AS MATERIALIZED (
    SELECT coalesce(last.sequence, 0) + 1 AS sequence,
           coalesce(last.hash, '{GENESIS}') AS previous_hash,
           coalesce(%(recorded_at)s::timestamptz, clock_timestamp()) AS recorded_at
    FROM (SELECT 1) AS one LEFT JOIN last ON true
)
INSERT INTO audit_auditentry (id, stream, sequence, action, at, recorded_at, actor_id, actor_name,
    actor_title, agency_id, detail, state_digest, previous_hash, hash)
SELECT %(id)s, %(stream)s, sequence, %(action)s, %(at)s::timestamptz, recorded_at, %(actor_id)s::uuid,
    %(actor_name)s, %(actor_title)s, %(agency_id)s::uuid, %(detail)s::jsonb, %(state_digest)s, previous_hash,
    encode(sha256(convert_to(concat_ws(chr(10), previous_hash, sequence,
        to_char(recorded_at AT TIME ZONE 'UTC', '{SQL_MOMENT}'), %(body_digest)s), 'UTF8')), 'hex')
FROM link
RETURNING sequence, recorded_at, previous_hash, hash
"""  # noqa: S608 (constants of this package only)


def record(
    *,
    stream: str,
    action: str,
    actor: Actor,
    detail: Mapping[str, Any] | None = None,
    state: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
    agency_id: UUID | None = None,
) -> AuditEntry:
    """Append one entry to a stream, inside the transaction of the use case.

    The caller holds the lock on the record the stream tells of, so entries of one stream never race.
    `state` is the record as the action leaves it; its digest lets `tinhso audit verify` find a row
    that was altered behind the product's back. `agency_id` is the agency whose business it is, when
    that is not the actor's own (a citizen acts for none).
    """
    require_service("record")
    entry = AuditEntry(
        id=new_id(),
        stream=stream,
        action=action,
        at=at or now(),
        actor_id=actor.account_id,
        actor_name=actor.name,
        actor_title=actor.title,
        agency_id=agency_id or actor.agency_id,
        detail=plain(detail or {}),
        state_digest=digest(state) if state is not None else "",
    )
    _append(entry)
    return entry


def find_entries(stream: str) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(stream=stream).order_by("sequence")


def get_body(entry: AuditEntry) -> EntryBody:
    return EntryBody(
        id=str(entry.pk),
        stream=entry.stream,
        action=entry.action,
        at=text_moment(entry.at),
        actor_id=str(entry.actor_id or ""),
        actor_name=entry.actor_name,
        actor_title=entry.actor_title,
        agency_id=str(entry.agency_id or ""),
        detail=entry.detail,
        state_digest=entry.state_digest,
    )


def _append(entry: AuditEntry) -> None:
    body = get_body(entry)
    values: dict[str, Any] = {
        "id": entry.pk,
        "stream": entry.stream,
        "action": entry.action,
        "at": entry.at,
        "recorded_at": find_travelled(),
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "actor_title": entry.actor_title,
        "agency_id": entry.agency_id,
        "detail": canonical(entry.detail).decode(),
        "state_digest": entry.state_digest,
        "body_digest": body.digest(),
    }
    with connection.cursor() as cursor:
        cursor.execute(APPEND, values)
        entry.sequence, entry.recorded_at, entry.previous_hash, entry.hash = cursor.fetchone()
    entry._state.adding = False
    entry._state.db = connection.alias
