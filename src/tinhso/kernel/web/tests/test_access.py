from __future__ import annotations

import pytest
from conftest import Cast
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import reverse

from ..access import Access, Who
from . import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tinhso.kernel.web.tests.addresses")]
JSON = {"Accept": "application/json"}


def as_(client: Client, cast: Cast, name: str) -> Client:
    if name != "nobody":
        client.force_login(getattr(cast, name))
    return client


@pytest.mark.parametrize(
    ("name", "status"),
    [("nobody", 302), ("citizen", 403), ("officer", 403), ("auditor", 403), ("leader", 200)],
)
def test_a_permission_opens_the_door(client: Client, cast: Cast, name: str, status: int) -> None:
    assert as_(client, cast, name).get("/_sign").status_code == status


@pytest.mark.parametrize(("name", "status"), [("nobody", 302), ("citizen", 200), ("officer", 200)])
def test_signed_in_is_enough_where_the_view_says_so(
    client: Client, cast: Cast, name: str, status: int
) -> None:
    assert as_(client, cast, name).get("/_mine").status_code == status


def test_nobody_is_led_to_sign_in_and_back(client: Client, cast: Cast) -> None:
    answer = client.get("/_mine?q=1")

    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next=%2F_mine%3Fq%3D1"


def test_a_program_is_told_instead_of_led(client: Client, cast: Cast) -> None:
    answer = client.get("/_mine", headers=JSON)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "kernel.sign_in_required"


def test_htmx_is_sent_to_sign_in_as_a_whole_page(client: Client, cast: Cast) -> None:
    answer = client.get("/_mine", headers={"HX-Request": "true", "HX-Current-URL": "/viec"})

    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next=%2Fviec"


def test_a_refused_permission_says_so(client: Client, cast: Cast) -> None:
    answer = as_(client, cast, "officer").get("/_sign", headers=JSON)

    assert answer.json()["code"] == "kernel.not_permitted"
    assert answer.json()["detail"] == "Vai trò của bạn tại đơn vị này chưa có quyền làm việc này."


def test_the_mark_stays_on_the_view() -> None:
    marks = [getattr(route.callback, "access", None) for route in addresses.marked_foreign]

    assert marks == [Access(Who.SIGNED_IN), Access(Who.ALL)]


def test_routes_of_another_package_get_doors(client: Client, cast: Cast) -> None:
    assert client.get("/_foreign/a").status_code == 302
    assert client.get("/_foreign/b").status_code == 200


@override_settings(MIDDLEWARE=[])
def test_without_an_actor_the_door_stays_shut() -> None:
    with pytest.raises(Exception, match="sign_in_required"):
        addresses.mine(HttpRequest())
