"""The national payment platform (nền tảng thanh toán của Cổng Dịch vụ công quốc gia): Init, QUERY, GET_BILL and the
list of a day. Each call leaves by `kernel.http`, outside of any transaction."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from tinhso.kernel import http
from tinhso.kernel.moment import today

from ..data.payment_states import AttemptState
from ..data.platform_rules import MessageRules, get_message_rules, get_statement_layout
from ..errors import PaymentPlatformOffError, PlatformRefusedError, StatementUnreadableError

SECONDS = 15.0
MOST_BILL_BYTES = 2 * 2**20
MOST_STATEMENT_BYTES = 20 * 2**20
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Item:
    """One fee or charge of a payment."""

    kind: str
    """fee or charge."""
    code: str
    name: str
    amount_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What Init tells of a payment."""

    reference: str
    amount_vnd: int
    opened_at: dt.datetime
    description: str
    procedure_code: str
    procedure_name: str
    agency_code: str
    agency_name: str
    dossier_code: str
    account_number: str
    account_holder: str
    bank_code: str
    payer_name: str
    payer_number: str
    payer_address: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Answer:
    """What QUERY says of an attempt: `state` None while the platform does not know either."""

    state: AttemptState | None
    is_known: bool
    """False: the platform has no such reference."""
    amount_vnd: int | None
    transaction_code: str
    bank_code: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    reference: str
    transaction_code: str
    amount_vnd: int
    state: AttemptState | None


def is_on() -> bool:
    """Whether this installation is joined to the platform."""
    return bool(settings.PAYMENT_INIT_URL and settings.PAYMENT_SECRET and settings.PAYMENT_PARTNER)


def has_statements() -> bool:
    return bool(settings.PAYMENT_STATEMENT_URL)


def open_page(order: Order) -> str:
    """Init: the address of the page where the payer pays.

    Errors: PaymentPlatformOffError, PlatformRefusedError, and those of `kernel.http`.
    """
    rules = _get_rules()
    message = _make_init(order, rules)
    message["MaXacThuc"] = rules.sign(message, rules.init_signed, settings.PAYMENT_SECRET)
    answer = _post(settings.PAYMENT_INIT_URL, message)
    code = str(answer.get("error_code", UNREADABLE))
    if code != rules.opened_code:
        raise PlatformRefusedError(answer=code[:20])
    url = str(_read_inner(answer.get("message")).get("UrlThanhToan", ""))
    place = urlsplit(url)
    if f"{place.scheme}://{place.netloc}" != settings.PAYMENT_PAGE_ORIGIN:
        raise PlatformRefusedError(answer="UrlThanhToan")
    return url


def ask(reference: str, opened_at: dt.datetime) -> Answer:
    """QUERY: what became of an attempt. Errors as `open_page`."""
    rules = _get_rules()
    said = _post(settings.PAYMENT_QUERY_URL, _make_question("QUERY", reference, opened_at, rules))
    if str(said.get("MaThamChieu", reference)) != reference:
        raise PlatformRefusedError(answer="MaThamChieu")
    is_known = str(said.get("MaLoi")) == rules.paid_code
    return Answer(
        state=_read_state(str(said.get("TrangThaiGD", "")), rules) if is_known else None,
        is_known=is_known,
        amount_vnd=_read_amount(said.get("SoTien")),
        transaction_code=str(said.get("MaGiaoDich") or "")[:100],
        bank_code=str(said.get("MaNganHang") or "")[:50],
    )


def fetch_bill(reference: str, opened_at: dt.datetime) -> bytes:
    """GET_BILL: the platform's own slip of a payment, a PDF. Errors as `open_page`.

    The published answer names an address (UrlBienLai); installations in service also send the PDF itself.
    """
    rules = _get_rules()
    question = _make_question("GET_BILL", reference, opened_at, rules)
    answer = http.call(
        "POST",
        settings.PAYMENT_BILL_URL,
        headers=_make_headers(),
        body=question,
        seconds=SECONDS,
        most_bytes=MOST_BILL_BYTES,
    )
    if answer.content.startswith(b"%PDF-"):
        return answer.content
    url = str(_read_json(answer).get("UrlBienLai", ""))
    if not url:
        raise PlatformRefusedError(answer=str(_read_json(answer).get("MaLoi", UNREADABLE))[:20])
    bill = http.call("GET", url, seconds=SECONDS, most_bytes=MOST_BILL_BYTES)
    if not bill.content.startswith(b"%PDF-"):
        raise PlatformRefusedError(answer=UNREADABLE)
    return bill.content


def fetch_statement(on: dt.date) -> str:
    """The platform's list of a day as it sends it. Errors as `open_page`."""
    if not has_statements():
        raise PaymentPlatformOffError
    answer = http.call(
        "GET",
        f"{settings.PAYMENT_STATEMENT_URL}?ngay={on:%Y%m%d}",
        headers=_make_headers(),
        seconds=60.0,
        most_bytes=MOST_STATEMENT_BYTES,
    )
    if answer.status != 200:
        raise PlatformRefusedError(answer=str(answer.status))
    return answer.text


def read_statement(text: str, on: dt.date) -> list[StatementRow]:
    """The rows of a list in the layout of its day. Raises StatementUnreadableError, naming the line."""
    layout, rules = get_statement_layout(on), get_message_rules(on)
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=layout.delimiter)
    wanted = {layout.reference, layout.transaction, layout.amount, layout.state}
    if missing := sorted(wanted - set(table.fieldnames or ())):
        raise StatementUnreadableError(problem=", ".join(missing))
    rows: dict[str, StatementRow] = {}
    for number, cells in enumerate(table, start=2):
        amount, reference = _read_amount(cells[layout.amount]), (cells[layout.reference] or "").strip()
        if amount is None or not reference or reference in rows:
            raise StatementUnreadableError(problem=f"{number}")
        state = _read_state((cells[layout.state] or "").strip(), rules)
        rows[reference] = StatementRow(reference, (cells[layout.transaction] or "").strip(), amount, state)
    return list(rows.values())


def _make_init(order: Order, rules: MessageRules) -> dict[str, Any]:
    items = [
        {
            "LoaiPhiLePhi": "LePhi" if item.kind == "charge" else "Phi",
            "MaPhiLePhi": item.code,
            "TenPhiLePhi": item.name,
            "SoTien": str(item.amount_vnd),
        }
        for item in order.items
    ]
    return {
        "LoaiBanTin": "INIT",
        "PhienBan": rules.version,
        "MaDoiTac": settings.PAYMENT_PARTNER,
        "MaThamChieu": order.reference,
        "SoTien": str(order.amount_vnd),
        **rules.fixed,
        "ThongTinGiaoDich": order.description,
        "ThoiGianGD": _write_moment(order.opened_at, rules),
        "Ip": settings.PAYMENT_SOURCE_ADDRESS,
        "ThongTinBienLai": {
            "MaDichVu": order.procedure_code,
            "MaDVC": order.procedure_code,
            "TenDVC": order.procedure_name,
            "MaTTHC": order.procedure_code,
            "TenTTHC": order.procedure_name,
            "MaDonVi": order.agency_code,
            "TenDonVi": order.agency_name,
            "MaHoSo": order.dossier_code,
            "TKThuHuong": order.account_number,
            "MaNHThuHuong": order.bank_code,
            "TenTKThuHuong": order.account_holder,
            "NoiDungThanhToan": order.description,
            "HoTenNguoiNop": order.payer_name,
            "SoCMNDNguoiNop": order.payer_number,
            "DiaChiNguoiNop": order.payer_address,
            "Huyen": "",
            "Tinh": settings.PROVINCE_NAME,
            "PhiLePhi": items,
            "DSKhoanNop": [{"NoiDung": item.name, "SoTien": str(item.amount_vnd)} for item in order.items],
        },
    }


def _make_question(kind: str, reference: str, opened_at: dt.datetime, rules: MessageRules) -> dict[str, Any]:
    question = {
        "LoaiBanTin": kind,
        "PhienBan": rules.version,
        "MaDoiTac": settings.PAYMENT_PARTNER,
        "MaThamChieu": reference,
        "ThoiGianGD": _write_moment(opened_at, rules),
    }
    return {**question, "MaXacThuc": rules.sign(question, rules.asked_signed, settings.PAYMENT_SECRET)}


def _get_rules() -> MessageRules:
    if not is_on():
        raise PaymentPlatformOffError
    return get_message_rules(today())


def _post(url: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """Sent once: whether Init may be sent twice under one reference is not known."""
    return _read_json(http.call("POST", url, headers=_make_headers(), body=message, seconds=SECONDS))


def _make_headers() -> dict[str, str]:
    token = settings.PAYMENT_TOKEN
    return {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}


def _read_json(answer: http.Answer) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError as error:
        raise PlatformRefusedError(answer=str(answer.status)) from error
    if not isinstance(said, dict):
        raise PlatformRefusedError(answer=UNREADABLE)
    return said


def _read_inner(text: object) -> dict[str, Any]:
    """The answer to Init carries its content as text once more."""
    try:
        said = json.loads(text) if isinstance(text, str) else text
    except ValueError as error:
        raise PlatformRefusedError(answer=UNREADABLE) from error
    return said if isinstance(said, dict) else {}


def _read_state(code: str, rules: MessageRules) -> AttemptState | None:
    if code in rules.paid_states:
        return AttemptState.PAID
    return AttemptState.FAILED if code in rules.failed_states else None


def _read_amount(said: object) -> int | None:
    """Đồng, as a number or as digits."""
    if isinstance(said, bool):
        return None
    if isinstance(said, int):
        return said
    text = str(said or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def _write_moment(moment: dt.datetime, rules: MessageRules) -> str:
    return timezone.localtime(moment).strftime(rules.moment_format)
