import datetime as dt
from uuid import UUID

import pytest
from conftest import Cast
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from tinhso.kernel.errors import NotFoundError, SignInRequiredError
from tinhso.kernel.moment import now, travel
from tinhso.kernel.notify.channels import add_channel, remove_channel
from tinhso.kernel.notify.errors import ForeignUrlError
from tinhso.kernel.notify.models import Notification
from tinhso.kernel.notify.selectors import count_unread, find_notifications
from tinhso.kernel.notify.services import mark_all_read, mark_read, notify


def tell(cast: Cast, subject: str = "Hồ sơ đã có kết quả", url: str = "/toi") -> UUID:
    return notify(account_id=cast.citizen.pk, subject=subject, body="Mời bạn xem.", url=url)


def test_a_person_is_told_and_nobody_else_knows(cast: Cast) -> None:
    tell(cast)

    counts = {name: count_unread(cast.actor(name)) for name in cast.names}
    assert counts.pop("citizen") == 1
    assert set(counts.values()) == {0}
    assert [n.subject for n in find_notifications(cast.actor("citizen"))] == ["Hồ sơ đã có kết quả"]
    assert find_notifications(cast.actor("other_citizen")) == []


@pytest.mark.parametrize("url", ["https://ke-xau.example/", "//ke-xau.example", "javascript:alert(1)", "toi"])
def test_a_notification_leads_nowhere_but_to_this_site(cast: Cast, url: str) -> None:
    with pytest.raises(ForeignUrlError):
        tell(cast, url=url)

    assert not Notification.objects.exists()


def test_opening_marks_as_read_once_and_says_where_to_go(cast: Cast) -> None:
    notification_id = tell(cast)
    actor = cast.actor("citizen")

    assert mark_read(actor=actor, notification_id=notification_id) == "/toi"
    first = Notification.objects.get().read_at
    mark_read(actor=actor, notification_id=notification_id)

    assert Notification.objects.get().read_at == first
    assert count_unread(actor) == 0


def test_a_stranger_neither_opens_nor_marks(cast: Cast) -> None:
    notification_id = tell(cast)

    with pytest.raises(NotFoundError):
        mark_read(actor=cast.actor("other_citizen"), notification_id=notification_id)
    with pytest.raises(SignInRequiredError):
        mark_all_read(actor=cast.actor("nobody"))
    mark_all_read(actor=cast.actor("other_citizen"))

    assert count_unread(cast.actor("citizen")) == 1


def test_all_are_read_at_once(cast: Cast) -> None:
    for _ in range(3):
        tell(cast)

    mark_all_read(actor=cast.actor("citizen"))

    assert count_unread(cast.actor("citizen")) == 0


def test_pages_are_cut_by_key_newest_first_also_when_told_out_of_order(cast: Cast) -> None:
    at = now()
    for minutes in (3, 1, 2, 2, 5):
        with travel(at + dt.timedelta(minutes=minutes)):
            tell(cast, subject=f"Tin {minutes}")
    actor = cast.actor("citizen")

    told, after = [], None
    while page := find_notifications(actor, after, 2):
        told += [n.subject for n in page]
        after = page[-1].pk

    assert told == ["Tin 5", "Tin 3", "Tin 2", "Tin 2", "Tin 1"]


def test_channels_hear_of_it_after_commit_and_their_failure_is_theirs(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[UUID] = []

    def broken(notification_id: UUID) -> None:
        raise RuntimeError("no mail server")

    channels = (heard.append, broken)
    for channel in channels:
        add_channel(channel)
    try:
        with django_capture_on_commit_callbacks() as callbacks:
            notification_id = tell(cast)
        assert heard == []
        with pytest.raises(RuntimeError):
            callbacks[0]()
    finally:
        for channel in channels:
            remove_channel(channel)

    assert heard == [notification_id]
    assert Notification.objects.count() == 1


def test_the_page_lists_opens_and_marks(cast: Cast, client: Client) -> None:
    notification_id = tell(cast)
    client.force_login(cast.citizen)

    assert "Hồ sơ đã có kết quả" in client.get("/thong-bao").content.decode()
    assert client.get(f"/thong-bao/{notification_id}").status_code == 405
    assert client.post(f"/thong-bao/{notification_id}")["Location"] == "/toi"
    assert client.post("/thong-bao/da-doc")["Location"] == "/thong-bao"


def test_a_long_list_goes_on(cast: Cast, client: Client) -> None:
    for number in range(31):
        tell(cast, subject=f"Tin {number}")
    client.force_login(cast.citizen)

    first = client.get("/thong-bao").context
    second = client.get(f"/thong-bao{first['next_url']}").context

    assert (len(first["notifications"]), len(second["notifications"])) == (30, 1)
    assert second["next_url"] == ""
    assert client.get("/thong-bao?sau=khong-phai-khoa").status_code == 200


def test_somebody_elses_page_is_not_found(cast: Cast, client: Client) -> None:
    notification_id = tell(cast)
    client.force_login(cast.other_citizen)

    assert client.post(f"/thong-bao/{notification_id}").status_code == 404


def test_the_empty_page_says_what_will_be_here(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)

    assert "Chưa có thông báo nào" in client.get("/thong-bao").content.decode()
