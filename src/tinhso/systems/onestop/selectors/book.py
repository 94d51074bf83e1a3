"""The tracking book (sổ theo dõi hồ sơ): a year's dossiers of one counter, numbered as they were accepted.

It is not a second register: a row is the dossier itself, and its number is its place by the moment of acceptance,
which never changes. Circular 01/2018/TT-VPCP article 10: opened each year, locked at its end.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.clock.calendar import instant
from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import Actor

from ..choices import Action
from ..models import BookClosing, Dossier
from ..models.dossier import STREAM_PREFIX
from ..permissions import VIEW
from .dossiers import find_dossiers

PAGE_SIZE = 50
BATCH = 500


@dataclass(frozen=True, slots=True)
class BookRow:
    """The columns of the form, and the dossier behind them."""

    dossier_id: UUID
    ordinal: int
    code: str
    summary: str
    sets: int
    owner: str
    address: str
    phone: str
    accepted_at: dt.datetime
    due_at: dt.datetime | None
    returned_at: dt.datetime | None
    received_by: str


@dataclass(frozen=True, slots=True)
class BookPage:
    rows: tuple[BookRow, ...]
    next_cursor: str


def find_book_agencies(actor: Actor) -> frozenset[UUID]:
    return actor.agencies_with(VIEW)


def find_book(actor: Actor, agency_id: UUID, year: int) -> QuerySet[Dossier]:
    """In the order of the book, under the actor's rights."""
    start = instant(dt.date(year, 1, 1))
    end = instant(dt.date(year + 1, 1, 1))
    rows = find_dossiers(actor).filter(
        intake_agency_id=agency_id, accepted_at__gte=start, accepted_at__lt=end, filed_at__lt=end
    )
    return rows.select_related("version").defer("version__content").order_by("accepted_at", "pk")


def find_years(actor: Actor, agency_id: UUID) -> list[int]:
    """From the first year with a dossier to this one, newest first."""
    first = (
        find_dossiers(actor)
        .filter(intake_agency_id=agency_id)
        .order_by("filed_at")
        .values_list("filed_at", flat=True)
        .first()
    )
    since = timezone.localtime(first).year if first else today().year
    return list(range(today().year, since - 1, -1))


def read_book_page(actor: Actor, agency_id: UUID, year: int, cursor: str = "") -> BookPage:
    """At most 50 rows behind the cursor, which names the last row and its number."""
    rows = find_book(actor, agency_id, year)
    ordinal = 0
    if last := _read_cursor(rows, cursor):
        dossier, ordinal = last
        rows = rows.filter(
            Q(accepted_at__gt=dossier.accepted_at) | Q(accepted_at=dossier.accepted_at, pk__gt=dossier.pk)
        )
    found = list(rows[: PAGE_SIZE + 1])
    page = as_book_rows(found[:PAGE_SIZE], after=ordinal)
    more = f"{page[-1].ordinal}.{page[-1].dossier_id}" if len(found) > PAGE_SIZE else ""
    return BookPage(tuple(page), more)


def read_whole_book(actor: Actor, agency_id: UUID, year: int) -> Iterator[BookRow]:
    """Every row, fetched by key in batches: a year's book is never held in memory as dossiers."""
    rows = find_book(actor, agency_id, year)
    last: Dossier | None = None
    ordinal = 0
    while True:
        behind = rows
        if last is not None:
            behind = rows.filter(
                Q(accepted_at__gt=last.accepted_at) | Q(accepted_at=last.accepted_at, pk__gt=last.pk)
            )
        batch = list(behind[:BATCH])
        if not batch:
            return
        yield from as_book_rows(batch, after=ordinal)
        last = batch[-1]
        ordinal += len(batch)


def as_book_rows(dossiers: list[Dossier], *, after: int) -> list[BookRow]:
    """One query for who took the results, whatever the number of rows."""
    receivers = _find_receivers(dossier.pk for dossier in dossiers if dossier.returned_at)
    return [
        BookRow(
            dossier_id=dossier.pk,
            ordinal=ordinal,
            code=dossier.code,
            summary=dossier.version.name,
            sets=1,
            owner=dossier.applicant_name,
            address=dossier.applicant_address,
            phone=dossier.applicant_phone,
            accepted_at=dossier.accepted_at,
            due_at=dossier.due_at,
            returned_at=dossier.returned_at,
            received_by=receivers.get(dossier.pk, ""),
        )
        for ordinal, dossier in enumerate(dossiers, start=after + 1)
        if dossier.accepted_at is not None
    ]


def _find_receivers(dossier_ids: Iterable[UUID]) -> dict[UUID, str]:
    streams = [f"{STREAM_PREFIX}{dossier_id}" for dossier_id in dossier_ids]
    entries = AuditEntry.objects.filter(stream__in=streams, action=f"onestop.{Action.HAND_OVER}")
    return {
        UUID(stream.removeprefix(STREAM_PREFIX)): str(detail.get("received_by") or actor_name)
        for stream, detail, actor_name in entries.values_list("stream", "detail", "actor_name")
    }


def digest_rows(rows: Iterable[BookRow]) -> str:
    """SHA-256 over the rows as JSON, one a line, in order."""
    hasher = hashlib.sha256()
    for row in rows:
        hasher.update(json.dumps(asdict(row), default=str, ensure_ascii=False, sort_keys=True).encode())
        hasher.update(b"\n")
    return hasher.hexdigest()


def find_closing(agency_id: UUID, year: int) -> BookClosing | None:
    return BookClosing.objects.filter(agency_id=agency_id, year=year).first()


def may_read_book_file(actor: Actor, closing_id: UUID) -> bool:
    agency_id = BookClosing.objects.filter(pk=closing_id).values_list("agency_id", flat=True).first()
    return agency_id is not None and actor.may(VIEW, agency_id)


def _read_cursor(rows: QuerySet[Dossier], cursor: str) -> tuple[Dossier, int] | None:
    ordinal, _dot, key = cursor.partition(".")
    try:
        dossier = rows.filter(pk=UUID(key)).first()
        return (dossier, int(ordinal)) if dossier else None
    except ValueError:
        return None
