from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tinhso.kernel.errors import StaleActionError
from tinhso.kernel.ids import new_id
from tinhso.kernel.jobs.delivery import deliver_all
from tinhso.kernel.jobs.errors import UnknownJobError
from tinhso.kernel.jobs.models import Delivery, JobRun, OutboxMessage
from tinhso.kernel.jobs.runs import run_job
from tinhso.kernel.jobs.schedule import schedule_jobs
from tinhso.kernel.jobs.services import purge_outbox
from tinhso.kernel.registry import SystemManifest

from .parcels import COUNT, FAIL, WEIGH, lose_parcel, make_manifest, send_parcel

Install = Callable[[SystemManifest], None]


def test_seven_in_the_morning_is_seven_in_the_province(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(make_manifest(jobs=(COUNT,)))
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})

    schedule_jobs()

    task = app.periodic_registry.periodic_tasks[("tinhso.run_job", "parcels.count")]
    midnight = dt.datetime(2026, 11, 25, 0, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    seconds = task.croniter.get_next(ret_type=float, start_time=midnight.timestamp())
    assert dt.datetime.fromtimestamp(seconds, dt.UTC) == dt.datetime(2026, 11, 25, 0, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_run_is_remembered(install: Install) -> None:
    install(make_manifest(jobs=(COUNT,)))

    run_job("parcels.count")

    run = JobRun.objects.get()
    assert (run.name, run.last_error) == ("parcels.count", "")
    assert run.finished_at is not None


@pytest.mark.django_db
def test_failing_run_is_remembered_with_its_code(install: Install) -> None:
    install(make_manifest(jobs=(FAIL,)))

    with pytest.raises(StaleActionError):
        run_job("parcels.fail")

    assert JobRun.objects.get().last_error == "kernel.stale_action"


@pytest.mark.django_db
def test_unknown_job_is_refused() -> None:
    with pytest.raises(UnknownJobError) as refusal:
        run_job("parcels.nothing")

    assert refusal.value.code == "jobs.unknown_job"
    assert JobRun.objects.count() == 0


@pytest.mark.django_db
def test_only_old_events_that_are_done_are_purged(install: Install) -> None:
    install(make_manifest(WEIGH))
    send_parcel(parcel_id=new_id())
    deliver_all()
    lose_parcel(parcel_id=new_id())
    OutboxMessage.objects.update(emitted_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    send_parcel(parcel_id=new_id())
    OutboxMessage.objects.filter(deliveries__delivered_at=None).update(
        emitted_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    waiting = Delivery.objects.get(delivered_at=None)

    purged = purge_outbox()

    assert purged == 2
    assert list(OutboxMessage.objects.values_list("pk", flat=True)) == [waiting.message_id]
    assert ProcrastinateJob.objects.count() == 2
