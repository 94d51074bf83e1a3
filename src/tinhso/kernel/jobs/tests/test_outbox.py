from __future__ import annotations

from collections.abc import Callable

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tinhso.kernel.errors import StaleActionError
from tinhso.kernel.ids import new_id
from tinhso.kernel.jobs.models import Delivery, OutboxMessage
from tinhso.kernel.registry import SystemManifest

from .parcels import STAMP, WEIGH, lose_parcel, make_manifest, send_and_refuse, send_parcel

pytestmark = pytest.mark.django_db
Install = Callable[[SystemManifest], None]


def test_event_waits_for_each_of_its_handlers(install: Install) -> None:
    install(make_manifest(WEIGH, STAMP))
    parcel_id = new_id()

    send_parcel(parcel_id=parcel_id, note="gấp")

    message = OutboxMessage.objects.get()
    assert (message.event, message.payload) == (
        "parcels.parcel_sent",
        {"parcel_id": str(parcel_id), "note": "gấp"},
    )
    assert list(Delivery.objects.order_by("pk").values_list("message", "handler", "attempts")) == [
        (message.pk, WEIGH.name, 0),
        (message.pk, STAMP.name, 0),
    ]
    jobs = ProcrastinateJob.objects.order_by("id").values_list("queue_name", "task_name", "args")
    assert list(jobs) == [
        ("outbox", "tinhso.deliver", {"message_id": str(message.pk), "handler": WEIGH.name}),
        ("outbox", "tinhso.deliver", {"message_id": str(message.pk), "handler": STAMP.name}),
    ]


def test_event_nobody_handles_is_kept_and_queues_nothing(install: Install) -> None:
    install(make_manifest(WEIGH))

    lose_parcel(parcel_id=new_id())

    assert OutboxMessage.objects.get().event == "parcels.parcel_lost"
    assert (Delivery.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_refused_use_case_tells_nobody(install: Install) -> None:
    install(make_manifest(WEIGH))

    with pytest.raises(StaleActionError):
        send_and_refuse(parcel_id=new_id())

    assert OutboxMessage.objects.count() == 0
    assert (Delivery.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_event_costs_two_statements(
    install: Install, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    install(make_manifest(WEIGH, STAMP))

    with django_assert_num_queries(4):  # two of them are the savepoint around the service
        send_parcel(parcel_id=new_id())
