from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job as QueuedJob

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.ids import new_id
from tinhso.kernel.jobs.delivery import deliver, deliver_all, delivering_here
from tinhso.kernel.jobs.models import Delivery, OutboxMessage
from tinhso.kernel.jobs.tasks import Backoff
from tinhso.kernel.registry import SystemManifest

from .parcels import STAMP, TELEPHONE, WEIGH, in_transaction, make_manifest, send_parcel

pytestmark = pytest.mark.django_db
Install = Callable[[SystemManifest], None]


def test_delivering_twice_calls_the_handler_once(install: Install) -> None:
    install(make_manifest(WEIGH))
    send_parcel(parcel_id=new_id())
    message_id = OutboxMessage.objects.get().pk

    first, second = deliver(message_id, WEIGH.name), deliver(message_id, WEIGH.name)

    assert (first, second) == (True, False)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["parcels.weighed"]
    delivery = Delivery.objects.get()
    assert (delivery.attempts, delivery.last_error) == (1, "")
    assert delivery.delivered_at is not None


def test_failing_handler_leaves_nothing_but_the_reason(install: Install) -> None:
    install(make_manifest(STAMP))
    send_parcel(parcel_id=new_id(), note="025091000417")

    with pytest.raises(ValueError, match="no stamp for"):
        deliver(OutboxMessage.objects.get().pk, STAMP.name)

    delivery = Delivery.objects.get()
    assert (delivery.attempts, delivery.delivered_at) == (1, None)
    assert delivery.last_error.startswith("ValueError (kernel/jobs/tests/parcels.py:")
    assert "025091000417" not in delivery.last_error
    assert AuditEntry.objects.count() == 0


def test_one_failing_handler_does_not_hold_up_another(install: Install) -> None:
    install(make_manifest(STAMP, WEIGH))
    send_parcel(parcel_id=new_id(), note="gấp")
    message_id = OutboxMessage.objects.get().pk

    with pytest.raises(ValueError, match="gấp"):
        deliver(message_id, STAMP.name)
    deliver(message_id, WEIGH.name)

    assert dict(Delivery.objects.values_list("handler", "attempts")) == {STAMP.name: 1, WEIGH.name: 1}
    assert Delivery.objects.get(delivered_at=None).handler == STAMP.name


@pytest.mark.django_db(transaction=True)
def test_handler_that_calls_out_holds_no_transaction(install: Install) -> None:
    install(make_manifest(WEIGH, TELEPHONE))
    in_transaction.clear()
    send_parcel(parcel_id=new_id())

    done = deliver_all()

    assert (done, in_transaction) == (2, [False])
    assert Delivery.objects.filter(delivered_at=None).count() == 0


def test_delivering_here_leaves_workers_only_what_calls_out(install: Install) -> None:
    install(make_manifest(WEIGH, TELEPHONE))
    in_transaction.clear()

    with delivering_here():
        send_parcel(parcel_id=new_id())
        assert AuditEntry.objects.count() == 0

    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["parcels.weighed"]
    assert Delivery.objects.get(delivered_at=None).handler == TELEPHONE.name
    assert [job.args["handler"] for job in ProcrastinateJob.objects.all()] == [TELEPHONE.name]
    assert in_transaction == []


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 2), (1, 4), (10, 2048), (11, 3600), (29, 3600), (30, None)]
)
def test_attempts_come_further_and_further_apart(attempts: int, seconds: int | None) -> None:
    job = QueuedJob(
        queue="outbox", lock=None, queueing_lock=None, task_name="tinhso.deliver", attempts=attempts
    )

    decision = Backoff().get_retry_decision(exception=ValueError(), job=job)

    waited = None
    if decision is not None and decision.retry_at is not None:
        waited = round((decision.retry_at - dt.datetime.now(dt.UTC)).total_seconds())
    assert waited == seconds
