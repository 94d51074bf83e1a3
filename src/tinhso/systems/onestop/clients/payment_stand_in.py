"""A stand-in for the national payment platform, in the demo and the tests: pays without money, and can be slow, repeat
itself, lie and be down. What it remembers stands in the cache, so that it needs no tables in a province that is real."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import http
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import now, today

from ..data.platform_rules import MessageRules, get_message_rules, get_statement_layout

CALLBACK_PATH = "/api/v1/onestop/payment-callback"
PAGE_PATH = "/mo-phong/cong-thanh-toan/trang/"
BANK = "NGANHANGMAU"
UNKNOWN, WRONG, FAILED = "01", "97", "99"
STATES = {"open": "3", "paid": "1", "failed": "4"}
ROOM = "payment-stand-in"
MOST_LISTED = 200


class Lie(models.TextChoices):
    """What the stand-in does wrong when it reports a payment."""

    NONE = "none", _("Nói thật")
    SILENT = "silent", _("Không báo gì")
    AMOUNT = "amount", _("Báo sai số tiền, chữ ký đúng")
    SIGNATURE = "signature", _("Báo sai mã xác thực")
    REFERENCE = "reference", _("Báo mã tham chiếu lạ")
    TURNED = "turned", _("Báo thành công rồi báo thất bại")
    STATEMENT = "statement", _("Bảng kê cuối ngày sai")


@dataclass(frozen=True, slots=True)
class Mood:
    """How the stand-in behaves from now on."""

    is_down: bool = False
    holds_results: bool = False
    """The bank is slow: results are told, and asked for, only when they are let go."""
    repeats: int = 1
    lie: str = Lie.NONE


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the stand-in knows of one Init."""

    reference: str
    amount_vnd: int
    description: str
    payee: str
    opened_at: dt.datetime
    state: str = "open"
    """open, paid or failed."""
    is_told: bool = False
    transaction_code: str = ""
    settled_at: dt.datetime | None = None
    answers: tuple[str, ...] = field(default=())
    """What the other side answered to the reports."""


def get_mood() -> Mood:
    found = cache.get(f"{ROOM}:mood")
    return found if isinstance(found, Mood) else Mood()


def set_mood(mood: Mood) -> None:
    cache.set(f"{ROOM}:mood", mood, None)


def find_payment(reference: object) -> Remembered | None:
    found = cache.get(f"{ROOM}:payment:{str(reference)[:60]}")
    return found if isinstance(found, Remembered) else None


def find_payments() -> list[Remembered]:
    """Newest first."""
    found = [find_payment(reference) for reference in cache.get(f"{ROOM}:all") or ()]
    return [payment for payment in found if payment is not None]


def forget_everything() -> None:
    for payment in find_payments():
        cache.delete_many([f"{ROOM}:payment:{payment.reference}", f"{ROOM}:settled:{payment.reference}"])
    cache.delete_many([f"{ROOM}:all", f"{ROOM}:mood"])


def answer_init(message: Mapping[str, Any]) -> dict[str, str]:
    rules = get_message_rules(today())
    if not rules.is_signed(message, rules.init_signed, settings.PAYMENT_SECRET):
        return {"error_code": WRONG, "message": "MaXacThuc"}
    reference = str(message["MaThamChieu"])[:50]
    if find_payment(reference) is None:
        receipt = message["ThongTinBienLai"]
        _keep(
            Remembered(
                reference,
                amount_vnd=int(message["SoTien"]),
                description=str(message["ThongTinGiaoDich"])[:300],
                payee=str(receipt["TenTKThuHuong"])[:200],
                opened_at=now(),
            )
        )
        cache.set(f"{ROOM}:all", (reference, *(cache.get(f"{ROOM}:all") or ()))[:MOST_LISTED], None)
    page = {"UrlThanhToan": f"{settings.PAYMENT_PAGE_ORIGIN}{PAGE_PATH}{reference}"}
    return {"error_code": rules.opened_code, "message": json.dumps(page)}


def answer_query(message: Mapping[str, Any]) -> dict[str, str]:
    rules = get_message_rules(today())
    reference = str(message.get("MaThamChieu", ""))
    payment = find_payment(reference)
    if not rules.is_signed(message, rules.asked_signed, settings.PAYMENT_SECRET):
        return {"MaLoi": WRONG, "MaThamChieu": reference}
    if payment is None:
        return {"MaLoi": UNKNOWN, "MaThamChieu": reference}
    state = payment.state if payment.is_told else "open"
    said = {"LoaiBanTin": "QUERY", "MaLoi": rules.paid_code, "TrangThaiGD": STATES[state]}
    return {**_describe(payment, rules), **said}


def find_billed(message: Mapping[str, Any]) -> Remembered | None:
    """The payment GET_BILL asks the slip of; None where nothing was paid, or the question is not signed."""
    rules = get_message_rules(today())
    payment = find_payment(message.get("MaThamChieu"))
    is_signed = rules.is_signed(message, rules.asked_signed, settings.PAYMENT_SECRET)
    return payment if is_signed and payment is not None and payment.state == "paid" else None


def write_statement(on: dt.date) -> str:
    """The list of a day. A false one leaves out the first payment, changes the second and invents one."""
    layout, rules = get_statement_layout(on), get_message_rules(on)
    settled = [p for p in find_payments() if p.settled_at and timezone.localdate(p.settled_at) == on]
    rows = [
        [
            p.reference,
            p.transaction_code,
            str(p.amount_vnd),
            STATES[p.state],
            _describe(p, rules)["ThoiGianGD"],
        ]
        for p in reversed(settled)
    ]
    if get_mood().lie == Lie.STATEMENT:
        changed = [[row[0], row[1], str(int(row[2]) + 1000), *row[3:]] for row in rows[1:2]]
        rows = [*changed, *rows[2:], [f"LA{on:%Y%m%d}", "GD0", "50000", STATES["paid"], f"{on:%Y%m%d}120000"]]
    out = io.StringIO()
    table = csv.writer(out, delimiter=layout.delimiter)
    table.writerow([layout.reference, layout.transaction, layout.amount, layout.state, layout.moment])
    table.writerows(rows)
    return out.getvalue()


def settle(reference: str, *, is_paid: bool) -> None:
    """The payer pressed a button. Told to the other side at once, unless results are held. Once per payment."""
    payment = find_payment(reference)
    if payment is None or not cache.add(f"{ROOM}:settled:{reference}", True, None):
        return
    told = replace(
        payment,
        state="paid" if is_paid else "failed",
        settled_at=now(),
        transaction_code=f"GD{secrets.token_hex(6).upper()}",
        is_told=not get_mood().holds_results,
    )
    _keep(told)
    if told.is_told:
        report(told)


def let_go() -> int:
    """Tell every result that was held back. Returns how many there were."""
    held = [payment for payment in find_payments() if payment.state != "open" and not payment.is_told]
    for payment in held:
        told = replace(payment, is_told=True)
        _keep(told)
        report(told)
    return len(held)


def report(payment: Remembered) -> None:
    """Send the callbacks, as often and as false as the mood says; keep what was answered."""
    mood = get_mood()
    answers = [
        _send(message)
        for message in make_reports(payment, Lie(mood.lie))
        for _time in range(max(1, mood.repeats))
    ]
    _keep(replace(payment, answers=(*payment.answers, *answers)))


def make_reports(payment: Remembered, lie: Lie = Lie.NONE) -> Iterator[dict[str, str]]:
    """The callbacks of a settled payment, signed."""
    if lie is Lie.SILENT:
        return
    rules = get_message_rules(today())
    code = rules.paid_code if payment.state == "paid" else FAILED
    said = {**_describe(payment, rules), "LoaiBanTin": "CONFIRM", "MaLoi": code}
    if lie is Lie.AMOUNT:
        said["SoTien"] = str(payment.amount_vnd - 1000)
    if lie is Lie.REFERENCE:
        said["MaThamChieu"] = f"TS{secrets.token_hex(16).upper()}"
    yield _sign(said, rules, "another" if lie is Lie.SIGNATURE else settings.PAYMENT_SECRET)
    if lie is Lie.TURNED:
        yield _sign({**said, "MaLoi": FAILED}, rules, settings.PAYMENT_SECRET)


def _sign(message: dict[str, str], rules: MessageRules, secret: str) -> dict[str, str]:
    return {**message, "MaXacThuc": rules.sign(message, rules.callback_signed, secret)}


def _send(message: dict[str, str]) -> str:
    place = urlsplit(settings.PAYMENT_INIT_URL)
    try:
        url = f"{place.scheme}://{place.netloc}{CALLBACK_PATH}"
        said = http.call("POST", url, body=message, seconds=10).json()
    except (TinhSoError, ValueError) as error:
        return str(getattr(error, "code", "unreadable"))
    return str(said.get("MaLoi", ""))


def _keep(payment: Remembered) -> None:
    cache.set(f"{ROOM}:payment:{payment.reference}", payment, None)


def _describe(payment: Remembered, rules: MessageRules) -> dict[str, str]:
    at = timezone.localtime(payment.settled_at or payment.opened_at)
    return {
        "MaDoiTac": settings.PAYMENT_PARTNER,
        "MaThamChieu": payment.reference,
        "SoTien": str(payment.amount_vnd),
        "MaTienTe": rules.fixed["MaTienTe"],
        "MaGiaoDich": payment.transaction_code,
        "MaNganHang": BANK,
        "ThoiGianGD": at.strftime(rules.moment_format),
        "ThongTinGiaoDich": payment.description,
    }
