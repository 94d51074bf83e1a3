from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from tinhso.kernel.audit.journal import record
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.services import service

from ..choices import RUNNING_STATUSES, Action
from ..models import Dossier
from ..selectors.clocks import compute_due

BATCH = 200


def reckon_dues(*, agency_id: UUID | None, from_on: dt.date, to_on: dt.date | None) -> None:
    """Reckon again when running dossiers are due, after the working calendar changed on some days.

    `agency_id` None: the whole province; `to_on` None: no end. In batches of their own transactions;
    harmless when repeated.
    """
    for batch in _find_batches(agency_id, from_on, to_on):
        reckon_batch(dossier_ids=batch)


@service
def reckon_batch(*, dossier_ids: list[UUID]) -> None:
    """Dossiers whose due time moves get the new one, with an entry of their history that says so."""
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("version").defer("version__content")
    for dossier in rows.filter(pk__in=dossier_ids, status__in=RUNNING_STATUSES).order_by("pk"):
        old_due, new_due = dossier.due_at, compute_due(dossier)
        if new_due == old_due:
            continue
        dossier.due_at = new_due
        dossier.revision += 1
        dossier.save(update_fields=["due_at", "revision"])
        record(
            stream=dossier.stream,
            action=f"onestop.{Action.RECKON_DUE}",
            actor=SYSTEM,
            detail={
                "status": dossier.status,
                "old_due_at": old_due.isoformat() if old_due else None,
                "new_due_at": new_due.isoformat() if new_due else None,
            },
            state=dossier.state(),
            at=now(),
            agency_id=dossier.handling_agency_id,
        )


def _find_batches(agency_id: UUID | None, from_on: dt.date, to_on: dt.date | None) -> Iterator[list[UUID]]:
    """Running dossiers whose way from acceptance to due crosses the days, cut by key."""
    rows = Dossier.objects.filter(status__in=RUNNING_STATUSES, due_at__gte=_start_of(from_on))
    if to_on is not None:
        rows = rows.filter(accepted_at__lt=_start_of(to_on + dt.timedelta(days=1)))
    if agency_id is not None:
        rows = rows.filter(resolving_agency_id=agency_id)
    last: UUID | None = None
    while True:
        page = rows.filter(pk__gt=last) if last else rows
        batch = list(page.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1]


def _start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
