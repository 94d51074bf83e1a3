from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.ids import new_id
from tinhso.kernel.jobs.models import Delivery
from tinhso.kernel.jobs.outbox import defer_rescue
from tinhso.kernel.registry import Handler, SystemManifest

from .parcels import ParcelSent, make_manifest, send_parcel

Install = Callable[[SystemManifest], None]

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


def on_sent_work(event: ParcelSent) -> None:
    raise NotImplementedError("the other process does the work")


on_sent_work.__module__ = "__main__"


@pytest.fixture
def start_worker(tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    def start(*arguments: str, seconds: float) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DATABASE_URL": _get_url(connection.settings_dict),
            "BEGUN": str(tmp_path / "begun"),
            "SECONDS": str(seconds),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "tinhso.kernel.jobs.tests.slow_worker", *arguments], env=environment
        )

    return start


def test_work_of_a_killed_worker_is_done_by_the_next(
    install: Install, start_worker: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    install(make_manifest(Handler(ParcelSent, on_sent_work)))
    send_parcel(parcel_id=new_id())

    worker = start_worker(seconds=60)
    _wait_for((tmp_path / "begun").exists)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert ProcrastinateJob.objects.get(task_name="tinhso.deliver").status == "doing"
    assert AuditEntry.objects.count() == 0
    _age_heartbeats()
    defer_rescue()
    for _ in range(2):  # the first returns the job to the queue, at the latest the second runs it
        assert start_worker("--once", seconds=0).wait(timeout=30) == 0

    assert Delivery.objects.get().delivered_at is not None
    assert AuditEntry.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="tinhso.deliver").count() == 0


def test_worker_told_to_stop_finishes_its_job(
    install: Install, start_worker: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    install(make_manifest(Handler(ParcelSent, on_sent_work)))
    send_parcel(parcel_id=new_id())

    worker = start_worker(seconds=2)
    _wait_for((tmp_path / "begun").exists)
    worker.terminate()

    assert worker.wait(timeout=30) == 0
    assert Delivery.objects.get().delivered_at is not None
    assert AuditEntry.objects.count() == 1


def test_worker_outlives_a_cut_connection(
    install: Install, start_worker: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    install(make_manifest(Handler(ParcelSent, on_sent_work)))
    send_parcel(parcel_id=new_id())
    worker = start_worker(seconds=0)
    _wait_for(lambda: Delivery.objects.filter(delivered_at=None).count() == 0)

    _cut_connections()
    send_parcel(parcel_id=new_id())

    _wait_for(lambda: Delivery.objects.filter(delivered_at=None).count() == 0)
    worker.terminate()
    assert worker.wait(timeout=30) == 0


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "nothing happened in 30 seconds"
        time.sleep(0.05)


def _age_heartbeats() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")


def _cut_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _get_url(settings: dict[str, Any]) -> str:
    password = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
    port = f"&port={settings['PORT']}" if settings["PORT"] else ""
    return f"postgresql://{settings['USER']}{password}@/{settings['NAME']}?host={settings['HOST']}{port}"


@pytest.fixture(autouse=True)
def _empty_queue() -> Any:
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
