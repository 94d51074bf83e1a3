"""One signed Merkle root a day over everything that was recorded that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from tinhso.kernel.moment import find_travelled, now
from tinhso.kernel.services import service
from tinhso.kernel.signing.services import sign_bytes

from .hashing import GENESIS
from .merkle import GrowingTree
from .models import AuditEntry, AuditSeal
from .seals import SealContent
from .trust import CREDENTIAL

# An entry takes its instant from the database's clock as it is written. So once no transaction that began
# on the day has written (it has an id) or is writing, the day can gain no entry.
OLDEST_WRITER = """
SELECT min(xact_start) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
  AND (backend_xid IS NOT NULL OR state = 'active')
"""

HASHES = """
SELECT hash FROM audit_auditentry WHERE recorded_at >= %s AND recorded_at < %s ORDER BY stream, sequence
"""


@dataclass(frozen=True, slots=True)
class SealedDay:
    day: dt.date
    entry_count: int


def seal_complete_days() -> Iterator[SealedDay]:
    """Seal, oldest first, every past day not yet sealed; days without entries too, so none can be lost.

    Stops at a day some transaction is still writing to; the next run takes it up.
    """
    today = _get_clock().astimezone(get_zone()).date()
    day = _find_first_unsealed()
    written_since = _find_oldest_writer()
    while day is not None and day < today:
        if written_since is not None and written_since < get_bounds(day)[1]:
            return
        yield _seal(day)
        day += dt.timedelta(days=1)


def seal_until_now() -> None:
    for _day in seal_complete_days():
        pass


def get_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def get_bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The first instant of the day and the first of the next."""
    start = dt.datetime.combine(day, dt.time.min, get_zone())
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, get_zone())
    return start, end


def find_day_hashes(day: dt.date) -> Iterator[str]:
    """The hashes of the day's entries, in the order of the leaves."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(HASHES, get_bounds(day))
        for (value,) in cursor:
            yield value


def get_day(entry: AuditEntry) -> dt.date:
    """The day whose seal covers the entry."""
    return entry.recorded_at.astimezone(get_zone()).date()


@service
def add_seal(*, content: SealContent, signature: bytes, certificate: bytes) -> None:
    AuditSeal.objects.create(
        day=content.day,
        entry_count=content.entry_count,
        root=content.root,
        previous_digest=content.previous_digest,
        sealed_at=content.sealed_at,
        signature=signature,
        certificate=certificate,
    )


def _seal(day: dt.date) -> SealedDay:
    count, root = _compute_root(day)
    before = AuditSeal.objects.order_by("-day").first()
    content = SealContent(
        day=day,
        entry_count=count,
        root=root,
        previous_digest=SealContent.of(before).digest() if before else GENESIS,
        sealed_at=now(),
    )
    signature, certificate = sign_bytes(content.as_bytes(), CREDENTIAL)
    add_seal(content=content, signature=signature, certificate=certificate)
    return SealedDay(day=day, entry_count=count)


def _compute_root(day: dt.date) -> tuple[int, str]:
    tree = GrowingTree()
    for leaf in find_day_hashes(day):
        tree.add(leaf.encode())
    return tree.count, tree.root().hex()


def _find_first_unsealed() -> dt.date | None:
    last = AuditSeal.objects.order_by("-day").values_list("day", flat=True).first()
    if last is not None:
        return last + dt.timedelta(days=1)
    first = AuditEntry.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    return first.astimezone(get_zone()).date() if first else None


def _find_oldest_writer() -> dt.datetime | None:
    """When the oldest open transaction that writes began; whatever begins later writes to later days."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_WRITER)
        began: dt.datetime | None = cursor.fetchone()[0]
    return began


def _get_clock() -> dt.datetime:
    if (travelled := find_travelled()) is not None:
        return travelled
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: dt.datetime = cursor.fetchone()[0]
    return moment
