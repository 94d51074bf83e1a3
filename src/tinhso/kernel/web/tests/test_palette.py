from __future__ import annotations

import pytest
from conftest import Cast
from django.test import Client
from django.urls import reverse

from tinhso.kernel.registry import registry

pytestmark = pytest.mark.django_db
FRAGMENT = {"X-Fragment": "true"}


def find(client: Client, query: str) -> str:
    return client.get("/tim-nhanh", {"q": query}, headers=FRAGMENT).content.decode()


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.officer)
    return client


def test_places_are_found_without_accents_and_the_found_part_is_marked(desk: Client, cast: Cast) -> None:
    item = next(i for m in registry.manifests for i in m.menu if cast.actor("officer").may(i.permission))
    first_word = str(item.label).split()[0]

    html = find(desk, first_word.lower())

    assert f'href="{reverse(item.url_name)}"' in html
    assert f"<mark>{first_word}</mark>" in html


def test_what_the_person_may_not_do_is_not_found(desk: Client, cast: Cast) -> None:
    hidden = [
        reverse(item.url_name)
        for manifest in registry.manifests
        for item in manifest.menu
        if not cast.actor("officer").may(item.permission)
    ]

    html = find(desk, "")

    assert hidden
    assert all(f'href="{url}"' not in html for url in hidden)


def test_nothing_found_says_what_to_try(desk: Client) -> None:
    html = find(desk, "zzz <b>")

    assert "Không thấy “zzz &lt;b&gt;”." in html


def test_without_a_script_it_is_a_page_of_its_own(desk: Client) -> None:
    page = desk.get("/tim-nhanh", {"q": "ho"}).content.decode()

    assert page.startswith("<!doctype html>")
    assert '<input class="form-control" id="palette-q" name="q" type="search" value="ho">' in page


def test_nobody_finds_nothing(client: Client) -> None:
    assert client.get("/tim-nhanh", {"q": "ho"}).status_code == 302
