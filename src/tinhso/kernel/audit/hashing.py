"""What is hashed and how: pure, so that a receipt is checked far from the database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

GENESIS = "0" * 64
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
SQL_MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
"""`MOMENT` as PostgreSQL's to_char writes it."""


@dataclass(frozen=True, slots=True)
class EntryBody:
    """What one entry says, in the text form that is hashed."""

    id: str
    stream: str
    action: str
    at: str
    actor_id: str
    actor_name: str
    actor_title: str
    agency_id: str
    detail: Mapping[str, Any]
    state_digest: str

    def digest(self) -> str:
        return hashlib.sha256(dump({name: getattr(self, name) for name in BODY_FIELDS})).hexdigest()


BODY_FIELDS = tuple(field.name for field in fields(EntryBody))


def chain_hash(previous_hash: str, sequence: int, recorded_at: str, body_digest: str) -> str:
    """The entry's hash. The database computes the same in `journal.record`, in one statement."""
    return hashlib.sha256(f"{previous_hash}\n{sequence}\n{recorded_at}\n{body_digest}".encode()).hexdigest()


def digest(state: Mapping[str, Any]) -> str:
    """SHA-256 of a record's state; equal before the row is written and after it is read back."""
    return hashlib.sha256(canonical(state)).hexdigest()


def canonical(value: Mapping[str, Any]) -> bytes:
    """One text for one meaning: sorted keys, no spaces, UTF-8, instants in UTC."""
    return dump(plain(value))


def dump(value: Any) -> bytes:
    return ENCODER.encode(value).encode()


def text_moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime(MOMENT)


def plain(value: Any) -> Any:
    """JSON values only, in the form they have after a round trip through a jsonb column."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(plain, value))
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str | Promise | UUID):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return _plain_number(value)
    if isinstance(value, dt.datetime):
        return text_moment(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the history; hand over plain values")


def _plain_number(value: float | Decimal) -> int | float | str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, float):
        if not math.isfinite(value):
            raise TypeError("a number in the history is finite")
        if value.is_integer():
            return int(value)  # jsonb gives 1e22 back as a whole number, and -0.0 as 0
    return value
