"""The door in a real browser: a passkey of a pretended device, the pages for all, the policy, the phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Cast
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tinhso.kernel.notify.services import notify
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.services import delegate_role, issue_token

from .makers import give, in_days

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[5] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WIDE, PHONE = (1440, 900), (390, 844)
PASSWORD = "mat-khau-thu"


@pytest.fixture
def sessions(cast: Cast) -> dict[str, str]:
    """Something on every page, and a session cookie by name. Made before the browser, whose loop bars the database."""
    give(cast.leader, "people.administrator", cast.ward)
    Account.objects.filter(pk=cast.citizen.pk).update(is_demo=True)
    leader = get_actor(cast.leader)
    role = cast.leader.assignments.get(role__code="onestop.leader")
    delegate_role(
        actor=leader, assignment_id=role.pk, to_account_id=cast.officer.pk, reason="Đi công tác",
        valid_from=in_days(0), valid_to=in_days(3))  # fmt: skip
    issue_token(actor=leader, name="Kế toán", valid_until=in_days(3))
    cookies = {"": ""}
    for account in (cast.leader, cast.citizen):
        notify(account_id=account.pk, subject="Hồ sơ đã có kết quả", body="Mời bạn xem.", url="/toi")
        client = Client()
        client.force_login(account)
        cookies[account.kind] = client.cookies["sessionid"].value
    return cookies


@pytest.fixture
def browser(sessions: dict[str, str], browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_context(browser: Browser, server: LiveServer, size: tuple[int, int] = WIDE) -> BrowserContext:
    context = browser.new_context(
        base_url=server.url, viewport={"width": size[0], "height": size[1]}, has_touch=size == PHONE
    )
    context.set_default_timeout(10_000)
    return context


def enter(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_load_state()


def pretend_device(page: Page) -> None:
    """A platform authenticator with a finger on it, as browsers offer for tests."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_an_official_adds_a_passkey_and_enters_by_it(
    cast: Cast, live_server: LiveServer, browser: Browser
) -> None:
    page = open_context(browser, live_server).new_page()
    pretend_device(page)
    enter(page, "thuha")

    page.goto("/toi/bao-mat/khoa/them")
    page.get_by_label("Mật khẩu đang dùng").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tên khóa").fill("Máy bàn Một cửa")
    page.get_by_role("button", name="Tạo khóa trên máy này").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    page.goto("/toi/bao-mat")
    expect(page.get_by_text("Máy bàn Một cửa")).to_be_visible()

    page.goto("/dang-xuat")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    page.goto("/dang-nhap?next=/toi")
    page.get_by_role("button", name="Dùng khóa truy cập của máy này").click()
    expect(page.get_by_role("heading", name="Tài khoản của tôi")).to_be_visible()

    # And with the password, the same key is the second step.
    page.goto("/dang-xuat")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    enter(page, "thuha")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(lambda address: "/dang-nhap" not in address)
    page.goto("/toi")
    expect(page.get_by_role("heading", name="Tài khoản của tôi")).to_be_visible()


def test_without_a_key_the_page_says_what_to_do(
    cast: Cast, live_server: LiveServer, browser: Browser
) -> None:
    page = open_context(browser, live_server).new_page()
    page.goto("/dang-nhap")
    page.evaluate(
        "() => { navigator.credentials.get = async () => { throw new DOMException('', 'NotAllowedError') } }"
    )

    page.get_by_role("button", name="Dùng khóa truy cập của máy này").click()

    expect(page.get_by_role("alert")).to_have_text("Bạn đã dừng, hoặc đã hết giờ chờ. Bấm lại để thử.")


def test_a_password_can_be_shown(cast: Cast, live_server: LiveServer, browser: Browser) -> None:
    page = open_context(browser, live_server).new_page()
    page.goto("/dang-nhap")
    field = page.get_by_label("Mật khẩu", exact=True)

    page.get_by_role("button", name="Hiện").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hiện").click()
    expect(field).to_have_attribute("type", "password")


def test_a_citizen_enters_by_the_demo_identity(cast: Cast, live_server: LiveServer, browser: Browser) -> None:
    page = open_context(browser, live_server, PHONE).new_page()

    page.goto("/toi")
    page.get_by_role("button", name="Đăng nhập bằng VNeID").click()
    expect(page.get_by_text("Đây không phải VNeID")).to_be_visible()
    page.get_by_role("button", name=cast.citizen.full_name).click()

    expect(page.get_by_role("heading", name="Tài khoản của tôi")).to_be_visible()
    expect(page.get_by_text("025 091 ••• 417")).to_be_visible()


def find_violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


OPEN = ("/dang-nhap", "/dang-nhap/tai-khoan-khoa", "/dinh-danh/dang-nhap")
OF_OFFICIALS = (
    "/toi",
    "/toi/uy-quyen",
    "/toi/uy-quyen/them",
    "/toi/khoa-chuong-trinh",
    "/toi/bao-mat",
    "/toi/mat-khau",
    "/toi/xac-nhan",
    "/can-bo",
    "/can-bo/them",
    "/thong-bao",
    "/dang-xuat",
)
OF_CITIZENS = ("/toi", "/toi/khoa-chuong-trinh", "/thong-bao")


PAGES = {"": OPEN, "official": OF_OFFICIALS, "citizen": OF_CITIZENS}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_the_room_is_usable_by_all(
    live_server: LiveServer,
    browser: Browser,
    sessions: dict[str, str],
    size: tuple[int, int],
    *,
    who: str,
    cast: Cast,
) -> None:
    context = open_context(browser, live_server, size)
    if who:
        context.add_cookies([{"name": "sessionid", "value": sessions[who], "url": live_server.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    official = f"/can-bo/{cast.officer.pk}"
    for address in (*PAGES[who], official) if who == "official" else PAGES[who]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert find_violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") == size[0], address

    assert complaints == []
