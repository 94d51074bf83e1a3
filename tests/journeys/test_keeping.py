"""A form in a real browser keeps itself while somebody types: through a dropped line, a reload, on another device."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tinhso.systems.onestop.tests.conftest import certificates, version

from .test_main_job import Walk, browser, cookies

__all__ = ["browser", "certificates", "cookies", "version"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FAILED = re.compile(r"\bfailed\b")
KEPT_ADDRESS = "**/luu"


def test_nothing_typed_is_lost_and_another_device_goes_on(
    browser: Browser, live_server: LiveServer, cookies: dict[str, str]
) -> None:
    laptop = Walk(browser, live_server, cookies["citizen"], "desktop")
    page = laptop.page
    page.goto("/thu-tuc/1.004873")
    page.get_by_role("button", name="Nộp trực tuyến").click()
    purpose, sign = page.get_by_label("Mục đích"), page.locator(".saved")

    laptop.context.set_offline(True)
    purpose.fill("Mua nhà")
    expect(sign).to_have_class(FAILED)
    expect(sign).to_have_text("Chưa gửi được, còn trên máy này")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    laptop.look("keeping-offline")
    expect(purpose).to_have_value("Mua nhà")

    laptop.context.set_offline(False)
    expect(sign).not_to_have_class(FAILED)
    expect(sign).to_have_text(re.compile(r"Đã lưu lúc \d\d:\d\d"))

    page.route(KEPT_ADDRESS, lambda route: route.abort())
    purpose.fill("Mua nhà ở Việt Trì")
    expect(sign).to_have_class(FAILED)
    page.unroute(KEPT_ADDRESS)
    with page.expect_response(lambda answer: answer.url.endswith("/luu") and answer.ok):
        page.reload()
        expect(purpose).to_have_value("Mua nhà ở Việt Trì")

    phone = Walk(browser, live_server, cookies["citizen"], "phone")
    phone.page.goto("/ho-so")
    expect(phone.page.locator(".mine a").first).to_be_visible()
    phone.page.goto(page.url)
    expect(phone.page.get_by_label("Mục đích")).to_have_value("Mua nhà ở Việt Trì")
    phone.look("keeping-resumed")


def test_a_file_is_sent_as_soon_as_it_is_chosen(
    browser: Browser, live_server: LiveServer, cookies: dict[str, str]
) -> None:
    walk = Walk(browser, live_server, cookies["citizen"], "phone")
    page = walk.page
    page.goto("/thu-tuc/1.004873")
    page.get_by_role("button", name="Nộp trực tuyến").last.click()
    page.get_by_label("Mục đích").fill("Mua nhà")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    zone = page.locator("[data-drop]").first

    zone.locator("input[type=file]").set_input_files(
        {"name": "giay-to.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00"}
    )
    expect(zone.locator(".files .bad")).to_contain_text("giay-to.exe")
    zone.locator("input[type=file]").set_input_files(
        {"name": "can-cuoc.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    expect(zone.locator(".files .bad")).to_have_count(2)

    page.reload()
    expect(page.locator(".files li")).to_have_count(0)
