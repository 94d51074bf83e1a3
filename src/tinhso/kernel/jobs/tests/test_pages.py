from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Cast
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.ids import new_id
from tinhso.kernel.jobs.delivery import deliver
from tinhso.kernel.jobs.models import Delivery, OutboxMessage
from tinhso.kernel.people.models import Account, Role, RoleAssignment
from tinhso.kernel.registry import SystemManifest

from .parcels import FAIL, STAMP, WEIGH, make_manifest, send_parcel

pytestmark = pytest.mark.django_db
Install = Callable[[SystemManifest], None]


@pytest.fixture
def operator(cast: Cast) -> Account:
    account = Account.objects.create_user("vanhanh", kind="official", full_name="Trịnh Văn Hành")
    RoleAssignment.objects.create(
        account=account,
        role=Role.objects.get(code="jobs.operator"),
        agency=cast.ward,
        title="Quản trị mạng",
        valid_from=cast.ward.valid_from,
    )
    return account


@pytest.fixture
def failing(install: Install) -> Delivery:
    install(make_manifest(STAMP, WEIGH, jobs=(FAIL,)))
    send_parcel(parcel_id=new_id(), note="gấp")
    with pytest.raises(ValueError, match="gấp"):
        deliver(OutboxMessage.objects.get().pk, STAMP.name)
    return Delivery.objects.get(handler=STAMP.name)


def test_operator_sees_what_waits_and_why_it_failed(
    client: Client, operator: Account, failing: Delivery
) -> None:
    client.force_login(operator)

    response = client.get(reverse("jobs:queue"))

    state = response.context["state"]
    assert (state.waiting_count, state.failing_count, state.delivered_today_count) == (2, 1, 0)
    assert state.worker_count == 0
    page = response.content.decode()
    assert failing.last_error in page
    assert "Không có tiến trình chạy nền nào đang sống." in page
    assert "gấp" not in page
    assert "parcels.fail" in page


def test_replay_queues_the_delivery_and_is_recorded(
    client: Client, operator: Account, failing: Delivery
) -> None:
    client.force_login(operator)
    before = ProcrastinateJob.objects.count()

    response = client.post(reverse("jobs:replay", args=[failing.pk]))

    assert response["Location"] == reverse("jobs:queue")
    job = ProcrastinateJob.objects.latest("id")
    assert ProcrastinateJob.objects.count() == before + 1
    assert job.args == {"message_id": str(failing.message_id), "handler": STAMP.name}
    entry = AuditEntry.objects.get(action="jobs.delivery_replayed")
    assert (entry.actor_name, entry.detail["reason"]) == ("Trịnh Văn Hành", failing.last_error)


def test_what_was_delivered_is_not_sent_again(client: Client, operator: Account, failing: Delivery) -> None:
    client.force_login(operator)
    delivered = Delivery.objects.get(handler=WEIGH.name)
    deliver(delivered.message_id, WEIGH.name)
    before = ProcrastinateJob.objects.count()

    response = client.post(reverse("jobs:replay", args=[delivered.pk]))

    assert (response.status_code, ProcrastinateJob.objects.count()) == (404, before)


def test_job_runs_now(client: Client, operator: Account, failing: Delivery) -> None:
    client.force_login(operator)

    client.post(reverse("jobs:rerun", args=["parcels.fail"]))
    unknown = client.post(reverse("jobs:rerun", args=["parcels.nothing"]))

    assert ProcrastinateJob.objects.latest("id").args["name"] == "parcels.fail"
    assert unknown.status_code == 404


@pytest.mark.parametrize("name", ["citizen", "officer", "leader", "auditor"])
def test_others_do_not_run_the_place(name: str, client: Client, cast: Cast, failing: Delivery) -> None:
    client.force_login(getattr(cast, name))
    before = ProcrastinateJob.objects.count()

    answers = [
        client.get(reverse("jobs:queue")),
        client.post(reverse("jobs:replay", args=[failing.pk])),
        client.post(reverse("jobs:rerun", args=["parcels.fail"])),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert ProcrastinateJob.objects.count() == before
