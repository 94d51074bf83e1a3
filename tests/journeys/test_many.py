"""Acts on many at once in a real browser: by key from the worklist, by tick from the leader's pile."""

from __future__ import annotations

import pytest
from conftest import Cast
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tinhso.systems.onestop.models import ProcedureVersion
from tinhso.systems.onestop.tests.conftest import bring_to, certificates, version

from .test_main_job import Walk, browser

__all__ = ["browser", "certificates", "version"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cookies(cast: Cast, version: ProcedureVersion, certificates: None) -> dict[str, str]:
    """Three dossiers just filed and two submitted; sessions made before the browser, whose loop bars the database."""
    for status in ("filed", "filed", "filed", "submitted", "submitted"):
        bring_to(status, cast, version)
    found = {}
    for name in ("officer", "leader"):
        client = Client()
        client.force_login(getattr(cast, name))
        found[name] = client.cookies["sessionid"].value
    return found


def test_rows_are_chosen_and_passed_on_by_key(
    browser: Browser, live_server: LiveServer, cookies: dict[str, str]
) -> None:
    walk = Walk(browser, live_server, cookies["officer"], "desktop")
    page = walk.page
    page.goto("/lam-viec?loc=new")
    bar = page.get_by_role("group", name="Việc với các hồ sơ đã chọn")
    expect(bar).to_be_hidden()

    page.keyboard.press("x")
    expect(bar.get_by_role("status")).to_have_text("1 hồ sơ")
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bar.get_by_role("status")).to_have_text("2 hồ sơ")
    walk.look("many-chosen")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    walk.look("many-keys")
    page.keyboard.press("Escape")
    expect(bar).to_be_visible()
    page.keyboard.press("e")

    expect(page.get_by_text("Đã chuyển 2 hồ sơ.")).to_be_visible()
    expect(page.locator("table.wl input[name=dossier]")).to_have_count(1)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_leader_signs_what_he_ticked(
    browser: Browser, live_server: LiveServer, cookies: dict[str, str], size: str
) -> None:
    walk = Walk(browser, live_server, cookies["leader"], size)
    page = walk.page
    page.goto("/lam-viec/cho-ky")
    sign = page.locator("[data-pile-sign]")
    expect(sign).to_be_hidden()

    page.get_by_role("checkbox").first.check()
    expect(sign).to_have_text("Ký 1 văn bản đã chọn")
    page.get_by_role("button", name="Chọn tất cả").click()
    expect(sign).to_have_text("Ký 2 văn bản đã chọn")
    walk.look("many-to-sign")
    sign.click()

    expect(page.get_by_text("Đã ký 2 văn bản.")).to_be_visible()
    expect(page.get_by_text("Không có văn bản nào chờ ký")).to_be_visible()
