"""Writing and reading the signed history."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import require_service

from .models import AuditEntry

GENESIS = "0" * 64


def record(
    *,
    stream: str,
    action: str,
    actor: Actor,
    detail: Mapping[str, Any] | None = None,
    state: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> AuditEntry:
    """Append one entry to a stream, inside the transaction of the use case.

    The caller holds the lock on the record the stream tells of, so entries of one stream never race.
    `state` is the record as the action leaves it; its digest lets `tinhso audit verify` find a row
    that was altered behind the product's back.
    """
    require_service("record")
    last = (
        AuditEntry.objects.filter(stream=stream).order_by("-sequence").values_list("sequence", "hash").first()
    )
    sequence, previous_hash = last or (0, GENESIS)
    entry = AuditEntry(
        stream=stream,
        sequence=sequence + 1,
        action=action,
        at=at or timezone.now(),
        actor_id=actor.account_id,
        actor_name=actor.name,
        actor_title=actor.title,
        agency_id=actor.agency_id,
        detail=dict(detail or {}),
        state_digest=digest(state) if state is not None else "",
        previous_hash=previous_hash,
    )
    entry.hash = hash_entry(entry)
    entry.save(force_insert=True)
    return entry


def digest(state: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(state)).hexdigest()


def hash_entry(entry: AuditEntry) -> str:
    """SHA-256 over the canonical JSON of the entry, the hash of the one before included."""
    body = {
        "id": str(entry.pk),
        "stream": entry.stream,
        "sequence": entry.sequence,
        "action": entry.action,
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor_id": str(entry.actor_id or ""),
        "actor_name": entry.actor_name,
        "actor_title": entry.actor_title,
        "agency_id": str(entry.agency_id or ""),
        "detail": entry.detail,
        "state_digest": entry.state_digest,
        "previous_hash": entry.previous_hash,
    }
    return hashlib.sha256(canonical(body)).hexdigest()


def canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def find_entries(stream: str) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(stream=stream).order_by("sequence")
