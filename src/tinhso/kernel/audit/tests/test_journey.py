"""The pages of auditors and operators, the check of a receipt and the API's docs, in a real browser."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Cast
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tinhso.kernel.audit.demo import create_seal_credential
from tinhso.kernel.audit.journal import record
from tinhso.kernel.audit.receipt import make_receipt
from tinhso.kernel.audit.sealing import seal_until_now
from tinhso.kernel.ids import new_id
from tinhso.kernel.jobs.delivery import deliver
from tinhso.kernel.jobs.models import Delivery
from tinhso.kernel.jobs.tests.parcels import FAIL, STAMP, WEIGH, make_manifest, send_parcel
from tinhso.kernel.moment import travel
from tinhso.kernel.people.models import Account, Role, RoleAssignment
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.registry import SystemManifest
from tinhso.kernel.services import service

from .ledger import DAY_FIVE, DAY_ONE, DAY_TWO

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[5] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SIZES = [(1440, 900), (390, 844)]


@service
def _note(*, account: Account, number: int, step: str) -> None:
    record(
        stream=f"onestop.dossier:{number:04}-7000-8000-0192f5a3",
        action="onestop.step_finished",
        actor=get_actor(account),
        detail={
            "status": 4,
            "step": step,
            "applicant_name": "Trần Văn Dũng",
            "remark": "Đủ giấy tờ, chuyển bước",
        },
        state={"step": step},
    )


@pytest.fixture
def receipt(cast: Cast, install: Callable[[SystemManifest], None], tmp_path: Path) -> Path:
    """A ward with two days of history, both sealed, and an event that is stuck. The receipt of one dossier."""
    install(make_manifest(STAMP, WEIGH, jobs=(FAIL,)))
    create_seal_credential()
    for day in (DAY_ONE, DAY_TWO):
        with travel(day):
            for number in range(1, 6):
                _note(account=cast.officer, number=number, step="Thẩm tra hồ sơ")
                _note(account=cast.leader, number=number, step="Ký kết quả")
    with travel(DAY_FIVE):
        seal_until_now()
        made = make_receipt("onestop.dossier:0001-7000-8000-0192f5a3")
    RoleAssignment.objects.create(
        account=cast.auditor,
        role=Role.objects.get(code="jobs.operator"),
        agency=cast.ward,
        title="Quản trị mạng",
        valid_from=cast.ward.valid_from,
    )
    send_parcel(parcel_id=new_id(), note="gấp")
    stuck = Delivery.objects.get(handler=STAMP.name)
    with pytest.raises(ValueError, match="gấp"):
        deliver(stuck.message_id, stuck.handler)
    file = tmp_path / "bien-nhan.json"
    file.write_text(json.dumps(made))
    return file


@pytest.fixture
def cookie(cast: Cast, receipt: Path) -> str:
    """The auditor's session. Made before the browser, whose loop bars the database."""
    client = Client()
    client.force_login(cast.auditor)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def browser(cookie: str, browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _open(browser: Browser, server: LiveServer, cookie: str, size: tuple[int, int]) -> Page:
    context = browser.new_context(base_url=server.url, viewport={"width": size[0], "height": size[1]})
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    return context.new_page()


def _look(page: Page, name: str, size: tuple[int, int], *, is_ours: bool = True) -> None:
    page.wait_for_load_state("networkidle")
    if folder := os.environ.get("TINHSO_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}-{size[0]}.png", full_page=True)
    if not is_ours:
        return
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [f"{v['id']}: {n['html'][:120]}" for v in found["violations"] for n in v["nodes"]] == [], name
    assert page.evaluate("document.documentElement.scrollWidth") == size[0], name


@pytest.mark.parametrize("size", SIZES, ids=["1440", "390"])
def test_pages_of_the_history_and_of_the_queue(
    live_server: LiveServer, browser: Browser, cookie: str, receipt: Path, size: tuple[int, int]
) -> None:
    page = _open(browser, live_server, cookie, size)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto("/nhat-ky")
    expect(page.locator(".history tbody tr")).to_have_count(20)
    expect(page.get_by_text("Ký kết quả").first).to_be_visible()
    expect(page.get_by_text("Trần Văn Dũng")).to_have_count(0)
    _look(page, "history", size)
    page.goto("/nhat-ky/niem-phong")
    _look(page, "seals", size)
    page.goto("/nhat-ky/chuoi/onestop.dossier:0001-7000-8000-0192f5a3")
    expect(page.locator(".history tbody tr")).to_have_count(4)
    _look(page, "stream", size)
    page.goto("/van-hanh")
    _look(page, "queue", size)
    page.get_by_role("button", name="Gửi lại parcels.parcel_sent").click()
    expect(page.get_by_text("Đã xếp vào hàng để gửi lại ngay.")).to_be_visible()
    page.goto("/kiem-tra-lich-su")
    _look(page, "check", size)
    page.set_input_files("input[type=file]", receipt)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_role("heading", name="Biên nhận đúng.")).to_be_visible()
    _look(page, "checked", size)

    assert complaints == []


def test_docs_of_the_api_draw_under_the_content_policy(
    live_server: LiveServer, browser: Browser, cookie: str
) -> None:
    page = _open(browser, live_server, cookie, SIZES[0])
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: complaints.append(request.url) if live_server.url not in request.url else None,
    )

    page.goto("/api/docs")
    page.get_by_text("/api/v1/orgs/units/by-code").click()

    _look(page, "docs", SIZES[0], is_ours=False)
    expect(page.get_by_role("button", name="Try it out")).to_be_visible()
    assert [line for line in complaints if not line.startswith("data:")] == []
