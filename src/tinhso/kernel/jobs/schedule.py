"""Periodic jobs by the province's clock."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicTask

from .outbox import PERIODIC_QUEUE
from .runs import find_jobs
from .tasks import rescue_stalled_jobs, run_periodic_job


class LocalPeriodicTask(PeriodicTask[Any, Any, Any]):
    """procrastinate reads cron lines in UTC; a job at 07:00 here means 07:00 in the province."""

    @cached_property
    def croniter(self) -> Any:
        line = super().croniter
        line.set_current(dt.datetime.now(ZoneInfo(settings.TIME_ZONE)))
        return line


def schedule_jobs() -> int:
    """Hand every manifest's jobs to this process's worker. Returns how many there are."""
    tasks = app.periodic_registry.periodic_tasks
    tasks[(rescue_stalled_jobs.name, "")] = LocalPeriodicTask(
        task=rescue_stalled_jobs, cron="* * * * *", periodic_id="", configure_kwargs={"queue": PERIODIC_QUEUE}
    )
    for job in find_jobs():
        tasks[(run_periodic_job.name, job.name)] = LocalPeriodicTask(
            task=run_periodic_job,
            cron=job.cron,
            periodic_id=job.name,
            configure_kwargs={
                "queue": PERIODIC_QUEUE,
                "lock": job.name,
                "queueing_lock": job.name,
                "task_kwargs": {"name": job.name},
            },
        )
    return len(find_jobs())
