from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client, override_settings

from tinhso.kernel.jobs.models import Delivery, OutboxMessage
from tinhso.kernel.moment import now

pytestmark = pytest.mark.django_db

LIKE_PRODUCTION = override_settings(ALLOWED_HOSTS=["dichvucong.example.vn"], SECURE_SSL_REDIRECT=True)


def have_worker(*, silent_for_s: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [silent_for_s],
        )


def keep_waiting(seconds: float, *, attempts: int = 0) -> None:
    message = OutboxMessage.objects.create(id=uuid.uuid4(), event="onestop.dossier_received", payload={})
    emitted_at = now() - dt.timedelta(seconds=seconds)
    OutboxMessage.objects.filter(pk=message.pk).update(emitted_at=emitted_at)
    Delivery.objects.create(message=message, handler="somebody", attempts=attempts)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@LIKE_PRODUCTION
def test_a_load_balancer_asks_by_address_and_without_tls(client: Client, path: str) -> None:
    answer = client.get(path, headers={"host": "10.0.0.11:8000"})

    assert answer.status_code == 200


@LIKE_PRODUCTION
def test_nobody_else_gets_in_by_address(client: Client) -> None:
    answer = client.get("/", headers={"host": "10.0.0.11:8000"})

    assert answer.status_code == 400


def test_a_web_process_without_a_worker_is_ready_and_says_so(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.json() == {"database": "ok", "worker": "none", "workers": 0, "worker_lag_s": 0.0}
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_lag_is_what_no_worker_has_tried_yet(client: Client) -> None:
    have_worker()
    keep_waiting(3600, attempts=4)
    keep_waiting(7)

    answer = client.get("/readyz").json()

    assert (answer["worker"], answer["workers"]) == ("ok", 1)
    assert 7 <= answer["worker_lag_s"] < 60


def test_a_worker_that_is_a_minute_behind_is_late(client: Client) -> None:
    have_worker()
    keep_waiting(61)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["worker"]) == (200, "late")


def test_a_worker_that_went_silent_does_not_count(client: Client) -> None:
    have_worker(silent_for_s=31)

    assert client.get("/readyz").json()["worker"] == "none"
