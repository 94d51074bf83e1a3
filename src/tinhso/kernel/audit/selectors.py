"""The history as an auditor may read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.rights import AgencyRule, Gate

from .journal import find_entries
from .models import AuditEntry, AuditSeal
from .permissions import VIEW_HISTORY
from .sealing import get_bounds, get_day

HISTORY = Gate(AuditEntry, (AgencyRule(VIEW_HISTORY, lambda agency_ids: Q(agency_id__in=agency_ids)),))
MOST_PEOPLE = 50
"""People whose name holds the words looked for; more words, fewer people."""


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    stream: str = ""
    """A stream, or the beginning of one, such as `onestop.dossier`."""
    person: str = ""
    """Words of the name of whoever acted, with or without accents, or his user name."""
    from_on: dt.date | None = None
    to_on: dt.date | None = None


def find_history(actor: Actor, wanted: HistoryFilter) -> QuerySet[AuditEntry]:
    """What was done in the agencies where the actor may view the history, newest first."""
    rows = HISTORY.rows(actor)
    if wanted.stream:
        rows = rows.filter(stream__startswith=wanted.stream)
    if wanted.person:
        rows = rows.filter(actor_id__in=_find_people(wanted.person))
    if wanted.from_on:
        rows = rows.filter(recorded_at__gte=get_bounds(wanted.from_on)[0])
    if wanted.to_on:
        rows = rows.filter(recorded_at__lt=get_bounds(wanted.to_on)[1])
    return rows.order_by("-recorded_at", "-pk")


def get_stream(actor: Actor, stream: str) -> list[AuditEntry]:
    """All of a stream, oldest first, for whoever may see any of it. Errors: NotFoundError."""
    if not HISTORY.rows(actor).filter(stream=stream).exists():
        raise NotFoundError
    return list(find_entries(stream))


def find_seals() -> QuerySet[AuditSeal]:
    return AuditSeal.objects.order_by("-day")


def find_sealed_days(entries: Iterable[AuditEntry]) -> set[dt.date]:
    """Of the days the entries were recorded on, those that are sealed."""
    return set(AuditSeal.objects.filter(day__in=set(map(get_day, entries))).values_list("day", flat=True))


def _find_people(words: str) -> list[UUID]:
    named = Account.objects.filter(Q(full_name__folded_words=words) | Q(username=words))
    return list(named.values_list("pk", flat=True)[:MOST_PEOPLE])
