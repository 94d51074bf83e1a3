from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import cast as cast_type

import pytest
from conftest import Cast
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tinhso.kernel.registry import registry

from ..shell import Shell

pytestmark = pytest.mark.django_db
BUILT = Path(__file__).resolve().parents[1] / "static" / "built"
PAGES = ("/bo-phan-giao-dien", "/tro-nang", "/du-lieu-ca-nhan")


class Page(HTMLParser):
    """What the content policy forbids, and where the page points to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.icons: set[str] = set()
        self.own: set[str] = set()
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").startswith("javascript:"):
                self.forbidden.append(f"{tag} {name}")
            if name == "id" and value:
                self.ids.append(value)
            if tag == "use" and name == "href" and value:
                self.icons.add(value.partition("#")[2])
            if tag == "a" and name == "href" and value and value.startswith("/"):
                self.own.add(value.partition("#")[0])
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.forbidden.append(tag)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_keeps_the_content_policy_and_has_no_dead_link(
    client: Client, address: str, language: str
) -> None:
    client.cookies["django_language"] = language

    answer = client.get(address)
    page = Page(answer.content.decode())

    assert "style-src 'self'" in answer["Content-Security-Policy"]
    assert page.forbidden == []
    assert len(page.ids) == len(set(page.ids))
    assert {own: client.get(own).status_code for own in page.own if client.get(own).status_code >= 400} == {}


def test_every_drawing_a_page_uses_is_in_the_sprite(client: Client) -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (BUILT / "icons.svg").read_text()))

    page = Page(client.get("/bo-phan-giao-dien").content.decode())

    assert {f"st-{code}" for code in range(1, 11)} | {"ts-mark", "ts-seal"} <= page.icons
    assert page.icons - sprite == set()


def test_every_icon_the_registry_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (BUILT / "icons.svg").read_text()))

    named = {item.icon for manifest in registry.manifests for item in manifest.menu}

    assert named - sprite == set()


def test_every_menu_entry_leads_somewhere() -> None:
    names = [item.url_name for manifest in registry.manifests for item in manifest.menu]
    names += [i.url_name for m in registry.manifests for i in (*m.citizen_menu, *m.open_pages)]

    assert all(reverse(name) for name in names)


def test_the_kit_exists_for_the_demo_only(client: Client, settings: LazySettings) -> None:
    settings.IS_DEMO = False

    assert client.get("/bo-phan-giao-dien").status_code == 404
    assert "Bản trình diễn" not in client.get("/tro-nang").content.decode()


def test_the_demo_says_so_on_every_page_and_hides_from_search_engines(client: Client) -> None:
    assert all("Bản trình diễn. Dữ liệu minh họa" in client.get(page).content.decode() for page in PAGES)
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_a_real_province_may_be_found(client: Client, settings: LazySettings) -> None:
    settings.IS_DEMO = False

    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /api/\n"


def test_the_phone_may_keep_the_site_on_its_first_screen(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    assert answer.json()["icons"][0]["src"] == "/static/built/favicon.svg"


def test_the_desk_shows_only_what_the_person_may_do(client: Client, cast: Cast) -> None:
    entries = {
        name: {entry.url for group in shell_of(client, cast, name).desk_menu for entry in group.entries}
        for name in ("officer", "citizen")
    }

    allowed = {
        reverse(item.url_name)
        for manifest in registry.manifests
        for item in manifest.menu
        if cast.actor("officer").may(item.permission)
    }
    assert entries == {"officer": allowed, "citizen": set()}


def test_an_english_page_names_the_province_in_english(client: Client, english: None) -> None:
    client.cookies["django_language"] = "en"

    page = client.get("/du-lieu-ca-nhan").content.decode()

    assert "<span>Phú Thọ province</span>" in page
    assert "People’s Committee of Phú Thọ province" in page


def shell_of(client: Client, cast: Cast, name: str) -> Shell:
    client.force_login(getattr(cast, name))
    return cast_type(Shell, client.get("/tro-nang").context["shell"])
