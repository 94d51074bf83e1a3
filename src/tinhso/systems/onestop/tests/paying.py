"""What tests of payments share: a procedure that costs something, its collector, and the platform's signed words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from conftest import Cast
from django.conf import settings

from tinhso.kernel.moment import now, today

from ..clients.payment_stand_in import BANK
from ..data.payment_states import AttemptState
from ..data.platform_rules import get_message_rules
from ..data.procedure_file import Fee
from ..models import Dossier, FeeCollector, Payment, PaymentAttempt, ProcedureVersion
from ..services.hear_callback import Heard, hear_callback
from ..services.pay_online import begin_attempt, keep_page
from .conftest import file_one
from .sample import make_content

FEE = Fee(
    "copy", "Lệ phí bản sao", "Copies", per="dossier", amount_vnd=16_000, basis="Thông tư 281/2016/TT-BTC"
)
TAX_CODE = "2600123456"


def charge(version: ProcedureVersion, *fees: Fee) -> ProcedureVersion:
    """The same procedure, but it costs something."""
    version.content = make_content(fees=fees or (FEE,)).as_json()
    version.revision += 1
    version.save()
    return version


def register(cast: Cast, **changes: Any) -> FeeCollector:
    given = {
        "agency": cast.ward,
        "valid_from": dt.date(2026, 7, 1),
        "tax_code": TAX_CODE,
        "series": "AA",
        "account_number": "3511.0.1234567",
        "account_holder": cast.ward.name,
        "bank_code": "KBNN",
    }
    return FeeCollector.objects.create(**{**given, **changes})


def owe(cast: Cast, version: ProcedureVersion, key: str = "owing") -> Payment:
    """A filed dossier with its fee still to be paid."""
    dossier = file_one(cast, version, key)
    return dossier.payments.get()


def open_attempt(cast: Cast, payment: Payment) -> PaymentAttempt:
    attempt = begin_attempt(actor=cast.actor("citizen"), payment_id=payment.pk)
    keep_page(attempt_id=attempt.pk, page_url="https://pay.example/1")
    return attempt


def word(attempt: PaymentAttempt, **changes: str) -> dict[str, str]:
    """A callback that tells of success, signed; `changes` before signing, `MaXacThuc` after."""
    rules = get_message_rules(today())
    said = {
        "LoaiBanTin": "CONFIRM",
        "MaLoi": rules.paid_code,
        "MaDoiTac": settings.PAYMENT_PARTNER,
        "MaThamChieu": attempt.reference,
        "SoTien": str(attempt.amount_vnd),
        "MaTienTe": "VND",
        "MaGiaoDich": "GD0001",
        "MaNganHang": BANK,
        "ThoiGianGD": f"{now():%Y%m%d%H%M%S}",
        "ThongTinGiaoDich": "THANH TOAN HO SO",
        **{name: value for name, value in changes.items() if name != "MaXacThuc"},
    }
    signature = rules.sign(said, rules.callback_signed, settings.PAYMENT_SECRET)
    return {**said, "MaXacThuc": changes.get("MaXacThuc", signature)}


def hear(attempt: PaymentAttempt, **changes: str) -> Heard:
    return hear_callback(message=word(attempt, **changes))


def pay(cast: Cast, payment: Payment) -> PaymentAttempt:
    """Paid online, by the platform's own word."""
    attempt = open_attempt(cast, payment)
    hear(attempt)
    attempt.refresh_from_db()
    payment.refresh_from_db()
    assert attempt.state == AttemptState.PAID
    return attempt


def fresh(row: Any) -> Any:
    row.refresh_from_db()
    return row


__all__ = ["Dossier", "charge", "fresh", "hear", "open_attempt", "owe", "pay", "register", "word"]
