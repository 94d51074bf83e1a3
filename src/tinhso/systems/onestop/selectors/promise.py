"""How well the province keeps its word: counted from the dossiers themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils import timezone

from tinhso.kernel.moment import now, today

from ..choices import OPEN_STATUSES
from ..models import Dossier, ProcedureVersion
from .procedures import find_in_force


@dataclass(frozen=True, slots=True)
class Promise:
    """Figures of the running month. `on_time` and `counted` are the parts of the share."""

    on_time: int
    counted: int
    overdue_now: int
    decided: int
    since: dt.datetime

    @property
    def share(self) -> float | None:
        """Per cent of dossiers decided in time or still within their term; None when there are none."""
        return 100 * self.on_time / self.counted if self.counted else None


def read_promise() -> Promise:
    """Indicator 2.1 of QĐ 766/QĐ-TTg for this month: (done in time + still in time) / (done + in process)."""
    moment = now()
    since = timezone.localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    decided = Q(decided_at__gte=since)
    running = Q(status__in=OPEN_STATUSES, due_at__isnull=False)
    counts = Dossier.objects.filter(decided | running).aggregate(
        decided=Count("pk", filter=decided),
        in_time=Count("pk", filter=decided & Q(decided_at__lte=F("due_at"))),
        running=Count("pk", filter=running),
        overdue=Count("pk", filter=running & Q(due_at__lt=moment)),
    )
    return Promise(
        on_time=counts["in_time"] + counts["running"] - counts["overdue"],
        counted=counts["decided"] + counts["running"],
        overdue_now=counts["overdue"],
        decided=counts["decided"],
        since=since,
    )


def find_most_used(limit: int, *, at_counter: UUID | None = None) -> list[ProcedureVersion]:
    """Procedures most filed in the last thirty days, in the province or at one counter, in the version of today."""
    since = now() - dt.timedelta(days=30)
    rows = Dossier.objects.filter(filed_at__gte=since)
    codes = (
        (rows.filter(intake_agency_id=at_counter) if at_counter else rows)
        .values("version__procedure")
        .annotate(filed=Count("pk"))
        .order_by("-filed", "version__procedure")
        .values_list("version__procedure", flat=True)[:limit]
    )
    order = {pk: place for place, pk in enumerate(codes)}
    versions = find_in_force(today()).filter(procedure__in=order)
    return sorted(versions, key=lambda version: order[version.procedure_id])
