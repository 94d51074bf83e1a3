"""The web room in a real browser: rules of WCAG 2.1 A and AA, the content policy, the keyboard, the phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Cast
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[5] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WIDE, PHONE = (1440, 900), (390, 844)
KIT = "/bo-phan-giao-dien"
PAGES = (KIT, "/tro-nang", "/du-lieu-ca-nhan", "/khong-co-trang-nay")


@pytest.fixture
def browser(browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_context(
    browser: Browser, server: LiveServer, size: tuple[int, int], **cookies: str
) -> BrowserContext:
    is_phone = size == PHONE
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": size[0], "height": size[1]},
        is_mobile=is_phone,
        has_touch=is_phone,
    )
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": n, "value": v, "url": server.url} for n, v in cookies.items()])
    return context


def find_violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_the_room_is_usable_by_all(
    live_server: LiveServer, browser: Browser, size: tuple[int, int], language: str
) -> None:
    context = open_context(browser, live_server, size, django_language=language)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert find_violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") == size[0], address

    assert complaints == []


def test_a_thumb_finds_every_target_on_a_phone(live_server: LiveServer, browser: Browser) -> None:
    page = open_context(browser, live_server, PHONE).new_page()
    page.goto("/tro-nang")

    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
        .filter(e => e.checkVisibility() && !e.closest('p, .ts-skip'))
        .map(e => [e.textContent.trim(), Math.round(e.getBoundingClientRect().height)])
        .filter(([, height]) => height && height < 44)"""
    )

    assert small == []


def test_the_first_tab_skips_to_the_content(live_server: LiveServer, browser: Browser) -> None:
    page = open_context(browser, live_server, WIDE).new_page()
    page.goto("/tro-nang")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Đến nội dung chính")
    page.keyboard.press("Enter")

    expect(page.locator(":focus")).to_have_attribute("id", "main")


def test_the_language_is_switched_on_the_spot(live_server: LiveServer, browser: Browser) -> None:
    page = open_context(browser, live_server, WIDE).new_page()
    page.goto("/tro-nang")

    page.get_by_role("button", name="EN, English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility")
    assert page.url.endswith("/tro-nang")


def test_the_phones_menu_works_where_no_script_runs(live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/tro-nang")

    page.locator("details.ts-menu > summary").click()

    expect(page.locator("details.ts-menu .ts-drop-b")).to_be_visible()


def test_a_form_goes_once_however_often_it_is_pressed(live_server: LiveServer, browser: Browser) -> None:
    page = open_context(browser, live_server, WIDE).new_page()
    page.goto("/tro-nang")
    sent: list[str] = []
    page.route("**/ngon-ngu", lambda route: sent.append(route.request.post_data or ""))

    page.get_by_role("button", name="EN, English").evaluate(
        "button => { for (let press = 0; press < 3; press++) setTimeout(() => button.click(), press * 100); }"
    )
    page.wait_for_timeout(600)

    assert len(sent) == 1
    assert "language=en" in sent[0]


def make_the_language_form_stale(route: Route) -> None:
    answer = route.fetch()
    html = answer.text().replace('<form class="ts-lang"', '<form hx-post="/ngon-ngu" class="ts-lang"')
    html = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r'\1"stale"', html)
    route.fulfill(response=answer, body=html)


def test_a_refusal_of_htmx_is_told_in_the_corner_and_the_page_stays(
    live_server: LiveServer, browser: Browser
) -> None:
    page = open_context(browser, live_server, WIDE).new_page()
    page.route("**/tro-nang", make_the_language_form_stale)
    page.goto("/tro-nang")

    page.get_by_role("button", name="EN, English").click()

    expect(page.locator("#toasts [data-toast]")).to_contain_text("Tải lại trang rồi gửi lại")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trợ năng")
    page.locator("#toasts [data-dismiss]").click()
    expect(page.locator("#toasts [data-toast]")).to_have_count(0)


def test_rows_are_walked_and_chosen_by_key(live_server: LiveServer, browser: Browser) -> None:
    page = open_context(browser, live_server, WIDE).new_page()
    page.goto(KIT)
    rows = page.locator("table.wl tbody tr")
    expect(rows.nth(3)).to_have_class("cur")

    page.keyboard.press("j")
    expect(rows.nth(4)).to_be_focused()
    page.keyboard.press("x")
    expect(rows.nth(4).get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("table.wl input:checked")).to_have_count(0)

    page.locator("#id_name").focus()
    page.keyboard.type("jx")
    expect(page.locator("table.wl input:checked")).to_have_count(0)


def test_chosen_files_are_named_before_the_form_goes(
    live_server: LiveServer, browser: Browser, tmp_path: Path
) -> None:
    paper = tmp_path / "Bản án ly hôn.pdf"
    paper.write_bytes(b"%PDF-1.7")
    page = open_context(browser, live_server, WIDE).new_page()
    page.goto(KIT)

    page.locator("#drop-kit").set_input_files(paper)

    expect(page.locator("[data-drop] .files li")).to_have_text(["Bản án ly hôn.pdf"])


@pytest.fixture
def session_key(cast: Cast, client: Client) -> str:
    """Made before the browser starts: Django refuses the database while Playwright's loop runs."""
    client.force_login(cast.officer)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_palette_opens_by_key_and_leads_away(
    session_key: str, live_server: LiveServer, browser: Browser
) -> None:
    page = open_context(browser, live_server, WIDE, sessionid=session_key).new_page()
    page.goto("/tim-nhanh")

    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    assert find_violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.locator("h1").click()
    page.keyboard.press("/")
    expect(dialog).to_be_visible()
    place = dialog.locator("a[role=option]").first
    address = place.get_attribute("href")
    while place.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
def test_the_desk_is_usable_by_all(
    session_key: str, live_server: LiveServer, browser: Browser, size: tuple[int, int]
) -> None:
    page = open_context(browser, live_server, size, sessionid=session_key).new_page()
    page.goto("/tim-nhanh?q=a")
    page.wait_for_load_state("networkidle")

    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    page.locator("summary.me, .mbar summary[aria-label]").locator("visible=true").first.click()
    assert find_violations(page) == []
