from __future__ import annotations

import pytest
from conftest import Cast
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
COOKIE = "django_language"


def test_vietnamese_comes_first_whatever_the_phone_speaks(client: Client) -> None:
    answer = client.get("/tro-nang", headers={"Accept-Language": "en-US,en"})

    assert answer["Content-Language"] == "vi"
    assert '<html lang="vi">' in answer.content.decode()


def test_the_switch_keeps_the_page_and_the_choice(client: Client, english: None) -> None:
    answer = client.post("/ngon-ngu", {"language": "en", "next": "/tro-nang"})

    assert (answer.status_code, answer["Location"]) == (302, "/tro-nang")
    page = client.get("/tro-nang")
    assert page["Content-Language"] == "en"
    assert "<h1>Accessibility</h1>" in page.content.decode()


def test_the_account_remembers_for_the_next_device(client: Client, cast: Cast) -> None:
    client.force_login(cast.citizen)

    client.post("/ngon-ngu", {"language": "en", "next": "/"})

    cast.citizen.refresh_from_db()
    assert cast.citizen.language == "en"


def test_a_new_device_asks_the_account_once(client: Client, cast: Cast) -> None:
    cast.citizen.language = "en"
    cast.citizen.save()
    client.force_login(cast.citizen)

    answer = client.get("/tro-nang")

    assert answer["Content-Language"] == "en"
    assert answer.cookies[COOKIE].value == "en"
    assert COOKIE not in client.get("/tro-nang").cookies


def test_the_language_of_the_account_costs_no_query_of_its_own(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.citizen)

    for _time in ("without the cookie", "with it"):
        with django_assert_num_queries(3):
            client.get("/tro-nang")


@pytest.mark.parametrize("back", ["https://khac.example/", "//khac.example/", "javascript:alert(1)"])
def test_the_switch_leads_nowhere_else(client: Client, back: str) -> None:
    assert client.post("/ngon-ngu", {"language": "en", "next": back})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client, cast: Cast) -> None:
    client.force_login(cast.citizen)

    answer = client.post("/ngon-ngu", {"language": "fr", "next": "/"})

    assert answer.cookies[COOKIE].value == "vi"
    cast.citizen.refresh_from_db()
    assert cast.citizen.language == "vi"
