"""The product's main job in a real browser: file, accept, process, sign, download, verify, and one byte changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Cast
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tinhso.systems.onestop.models import ProcedureVersion
from tinhso.systems.onestop.tests.conftest import certificates, version

__all__ = ["certificates", "version"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SHOTS = Path(__file__).resolve().parents[2] / "var" / "journeys"
WIDE = """limit => [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > limit && !e.closest(".tabs"))
    .map(e => e.tagName + "." + e.className).slice(0, 6)"""
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture
def cookies(cast: Cast, version: ProcedureVersion, certificates: None) -> dict[str, str]:
    """A signed-in session for each of the people of the journey. Made before the browser, whose loop bars the database."""
    found = {}
    for name in ("citizen", "officer", "leader"):
        client = Client()
        client.force_login(getattr(cast, name))
        found[name] = client.cookies["sessionid"].value
    return found


@pytest.fixture
def browser(cookies: dict[str, str], browser_path: str) -> Iterator[Browser]:
    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Walk:
    """One person's browser, checked on every page: no error in the console, no rule of access broken."""

    def __init__(self, browser: Browser, server: LiveServer, session: str, size: str) -> None:
        width, height = SIZES[size]
        self.size = size
        self.context = browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, accept_downloads=True
        )
        self.context.set_default_timeout(15_000)
        if session:
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        self.faults: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on(
            "console",
            lambda m: (
                self.faults.append(m.text) if m.type == "error" and "Failed to load" not in m.text else None
            ),
        )
        self.page.on(
            "response", lambda r: self.faults.append(f"{r.status} {r.url}") if r.status >= 404 else None
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def look(self, name: str) -> None:
        """Take the picture, and hold the page against the rules of access and the width of the screen."""
        self.page.screenshot(path=str(SHOTS / f"{name}-{self.size}.png"), full_page=True)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        wide = self.page.evaluate(WIDE, SIZES[self.size][0]) if width > SIZES[self.size][0] else []
        assert wide == [], f"{name} scrolls sideways: {width}"
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []
        assert self.faults == []


@pytest.mark.parametrize("size", SIZES)
def test_from_filing_to_a_stranger_who_verifies(
    browser: Browser, live_server: LiveServer, cookies: dict[str, str], size: str, tmp_path: Path
) -> None:
    citizen = Walk(browser, live_server, cookies["citizen"], size)
    officer = Walk(browser, live_server, cookies["officer"], size)
    leader = Walk(browser, live_server, cookies["leader"], size)

    _file(citizen)
    _process(officer)
    _sign(leader)
    pdf = _download(citizen, tmp_path)
    _verify(Walk(browser, live_server, "", size), pdf, tmp_path)


def _file(walk: Walk) -> None:
    page = walk.page
    page.goto("/")
    walk.look("1-home")
    page.goto("/thu-tuc/1.004873")
    walk.look("2-procedure")
    page.get_by_role("button", name="Nộp trực tuyến").click()
    page.get_by_label("Mục đích").fill("Mua bán nhà đất")
    walk.look("3-form")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    scan = Path(__file__).parent / "can-cuoc.png"
    page.locator("input[type=file]").first.set_input_files(str(scan))
    page.get_by_label("Nơi nộp hồ sơ").select_option(label="Ủy ban nhân dân phường Việt Trì")
    page.get_by_role("button", name="Lưu và kiểm tra lại").click()
    expect(page.get_by_role("heading", name="Kiểm tra trước khi nộp")).to_be_visible()
    walk.look("4-review")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_text("Đã nhận hồ sơ của bạn.")).to_be_visible()
    walk.look("5-filed")


def _process(walk: Walk) -> None:
    page = walk.page
    page.goto("/lam-viec?loc=new")
    walk.look("6-worklist")
    page.locator("table.wl a").first.click()
    page.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    walk.look("7-dossier")
    page.get_by_role("button", name="Nhận bước: Thẩm tra").click()
    page.get_by_role("button", name="Xong, chuyển: Dự thảo").click()
    page.get_by_role("button", name="Nhận bước: Dự thảo").click()
    page.get_by_role("button", name="Lưu dự thảo").click()
    walk.look("8-draft")
    page.get_by_role("button", name="Trình ký").click()
    expect(page.get_by_text("Đã trình ký.")).to_be_visible()


def _sign(walk: Walk) -> None:
    page = walk.page
    page.goto("/lam-viec/cho-ky")
    walk.look("9-signing")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Ký 1 văn bản đã chọn").click()
    expect(page.get_by_text("Đã ký 1 văn bản.")).to_be_visible()


def _download(walk: Walk, folder: Path) -> Path:
    page = walk.page
    page.reload()
    expect(page.get_by_role("heading", name="Kết quả của bạn đã có")).to_be_visible()
    walk.look("10-result")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải bản ký số").click()
    path = folder / "ket-qua.pdf"
    download.value.save_as(path)
    return path


def _verify(walk: Walk, pdf: Path, folder: Path) -> None:
    page = walk.page
    content = pdf.read_bytes()
    assert content.startswith(b"%PDF")
    _drop(page, pdf)
    walk.look("11-genuine")
    expect(page.locator(".verdict.ok")).to_be_visible()

    changed = bytearray(content)
    changed[len(content) // 4] ^= 1
    altered = folder / "da-sua.pdf"
    altered.write_bytes(changed)
    _drop(page, altered)
    expect(page.locator(".verdict.ok")).to_have_count(0)
    walk.look("12-altered")


def _drop(page: Page, pdf: Path) -> None:
    page.goto("/kiem-tra")
    page.locator("input[type=file]").first.set_input_files(str(pdf))
    submit = page.locator("form:has(input[type=file]) button:not([type=button])")
    submit.first.click()
    page.wait_for_load_state()
