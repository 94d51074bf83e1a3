"""The state of deliveries and periodic jobs, for whoever runs the place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateWorker

from tinhso.kernel.moment import now, today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.formats import duration

from .models import Delivery, JobRun
from .runs import find_jobs

HEARTBEAT = dt.timedelta(seconds=30)
PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueState:
    waiting_count: int
    failing_count: int
    delivered_today_count: int
    oldest_waiting_at: dt.datetime | None
    worker_count: int
    """Workers that sent a heartbeat in the last 30 seconds."""

    @property
    def oldest_words(self) -> str:
        if self.oldest_waiting_at is None:
            return ""
        return _("Lâu nhất: %(age)s") % {"age": duration(now() - self.oldest_waiting_at)}


@dataclass(frozen=True, slots=True)
class WorkerState:
    count: int
    """Workers that sent a heartbeat in the last 30 seconds."""
    lag_s: float
    """How long the oldest event that no worker has tried yet has been waiting; 0 when none waits."""


@dataclass(frozen=True, slots=True)
class JobState:
    name: str
    cron: str
    last_run: JobRun | None

    @property
    def is_failing(self) -> bool:
        return self.last_run is not None and bool(self.last_run.last_error)

    @property
    def is_running(self) -> bool:
        return self.last_run is not None and self.last_run.finished_at is None


def get_queue_state() -> QueueState:
    waiting = Delivery.objects.filter(delivered_at=None)
    oldest = waiting.order_by("pk").values_list("message__emitted_at", flat=True).first()
    return QueueState(
        waiting_count=waiting.count(),
        failing_count=waiting.exclude(failed_at=None).count(),
        delivered_today_count=Delivery.objects.filter(delivered_at__date=today()).count(),
        oldest_waiting_at=oldest,
        worker_count=_count_workers(),
    )


def get_worker_state() -> WorkerState:
    """Cheap enough to be asked every second."""
    untried = Delivery.objects.filter(delivered_at=None, attempts=0).order_by("pk")
    emitted_at = untried.values_list("message__emitted_at", flat=True).first()
    lag = now() - emitted_at if emitted_at else dt.timedelta()
    return WorkerState(count=_count_workers(), lag_s=max(0.0, lag.total_seconds()))


def _count_workers() -> int:
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=now() - HEARTBEAT).count()


def find_failing_deliveries(after: int = 0) -> QuerySet[Delivery]:
    """Oldest first; `after` is the key of the last one already seen."""
    return (
        Delivery.objects.filter(delivered_at=None, pk__gt=after)
        .exclude(failed_at=None)
        .select_related("message")
        .order_by("pk")
    )


def count_failing(actor: Actor) -> int:
    return Delivery.objects.filter(delivered_at=None).exclude(failed_at=None).count()


def find_job_states() -> list[JobState]:
    runs = JobRun.objects.in_bulk()
    return [JobState(name=job.name, cron=job.cron, last_run=runs.get(job.name)) for job in find_jobs()]
