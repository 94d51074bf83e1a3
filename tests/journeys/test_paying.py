"""Paying a fee in a real browser: the citizen pays in the stand-in and comes back, the officer and the accountant see it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from conftest import Cast
from django.test import Client, override_settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tinhso.kernel.people.models import Account
from tinhso.systems.onestop.clients import payment_stand_in as stand_in
from tinhso.systems.onestop.models import FeeCollector, ProcedureVersion
from tinhso.systems.onestop.tests.conftest import certificates, version
from tinhso.systems.onestop.tests.paying import charge, owe, register

from .test_main_job import SIZES, Walk, browser

__all__ = ["browser", "certificates", "version"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def collector(cast: Cast, version: ProcedureVersion, certificates: None) -> FeeCollector:
    charge(version)
    found = register(cast)
    owe(cast, version, "paying")
    return found


@pytest.fixture
def cookies(cast: Cast, collector: FeeCollector) -> dict[str, str]:
    """Signed-in sessions, made before the browser, whose loop bars the database."""
    cast.accountant()
    people = {
        "citizen": cast.citizen,
        "officer": cast.officer,
        "leader": cast.leader,
        "accountant": Account.objects.get(username="ngoclan"),
    }
    found = {}
    for name, account in people.items():
        client = Client()
        client.force_login(account)
        found[name] = client.cookies["sessionid"].value
    return found


@pytest.fixture
def platform(live_server: LiveServer, cookies: dict[str, str]) -> Iterator[None]:
    root = f"{live_server.url}/mo-phong/cong-thanh-toan"
    stand_in.forget_everything()
    with override_settings(
        PAYMENT_INIT_URL=f"{root}/init",
        PAYMENT_QUERY_URL=f"{root}/query",
        PAYMENT_BILL_URL=f"{root}/bill",
        PAYMENT_STATEMENT_URL=f"{root}/bang-ke",
        PAYMENT_PAGE_ORIGIN=live_server.url,
        ALLOWED_INTERNAL_HOSTS=(urlsplit(live_server.url).netloc,),
    ):
        yield


@pytest.mark.parametrize("size", SIZES)
def test_a_fee_from_the_button_to_the_receipt_and_back(
    platform: None, browser: Browser, live_server: LiveServer, cookies: dict[str, str], size: str
) -> None:
    _pay(Walk(browser, live_server, cookies["citizen"], size))
    _see_it_at_the_desk(Walk(browser, live_server, cookies["officer"], size))
    accountant = Walk(browser, live_server, cookies["accountant"], size)
    _keep_accounts(accountant)
    _propose_refund(accountant)
    _approve(Walk(browser, live_server, cookies["leader"], size))


def _pay(walk: Walk) -> None:
    page = walk.page
    page.goto("/ho-so")
    page.get_by_role("link", name="Cấp Giấy xác nhận tình trạng hôn nhân").click()
    walk.look("pay-1-dossier")
    page.get_by_role("link", name="Xem và thanh toán").click()
    walk.look("pay-2-due")
    page.get_by_role("button", name="Thanh toán").click()
    walk.look("pay-3-stand-in")
    page.get_by_role("button", name="Trả tiền").click()
    expect(page.get_by_role("heading", name="Đã nộp 16.000")).to_be_visible()
    expect(page.get_by_text("00000001")).to_be_visible()
    walk.look("pay-4-paid")


def _see_it_at_the_desk(walk: Walk) -> None:
    page = walk.page
    page.goto("/lam-viec/khoan-thu")
    walk.look("pay-5-list")
    page.locator("table.wl a").first.click()
    expect(page.get_by_text("Tin và ghi nhận")).to_be_visible()
    walk.look("pay-6-payment")
    page.goto("/lam-viec?loc=new")
    page.locator("table.wl a").first.click()
    walk.look("pay-7-dossier")


def _keep_accounts(walk: Walk) -> None:
    page = walk.page
    page.goto("/lam-viec/bien-lai")
    page.get_by_role("button", name="Lập bảng hôm nay").click()
    walk.look("pay-8-receipts")
    page.goto("/lam-viec/bien-lai/don-vi-thu")
    walk.look("pay-9-collector")
    page.goto("/lam-viec/doi-soat")
    walk.look("pay-10-reconciliation")
    page.goto("/mo-phong/cong-thanh-toan/")
    page.get_by_label("Nói dối thế nào").select_option(label="Bảng kê cuối ngày sai")
    page.get_by_role("button", name="Áp dụng").click()
    walk.look("pay-13-panel")
    page.goto("/lam-viec/doi-soat")
    page.get_by_label("Ngày", exact=True).select_option(index=1)
    page.get_by_role("button", name="Chạy đối soát", exact=True).click()
    expect(page.get_by_role("heading", name="Ta có, cổng không có")).to_be_visible()
    walk.look("pay-11-differences")


def _propose_refund(walk: Walk) -> None:
    page = walk.page
    page.goto("/lam-viec/khoan-thu")
    page.locator("table.wl a").first.click()
    page.get_by_text("Đề nghị hoàn phí").click()
    page.get_by_label("Lý do người nộp sẽ đọc").fill("Nộp nhầm thủ tục.")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Chờ duyệt hoàn")).to_be_visible()


def _approve(walk: Walk) -> None:
    page = walk.page
    page.goto("/lam-viec/khoan-thu?loc=refunds")
    page.locator("table.wl a").first.click()
    walk.look("pay-12-refund")
    page.get_by_role("button", name="Duyệt hoàn").click()
    expect(page.get_by_text("Đã duyệt, chờ chuyển tiền")).to_be_visible()
