"""How the national payment platform speaks, by date: what no published text fixes is a parameter here, never a constant
in a service. Version 1.0.6 is what provincial systems in service speak; `unsure` names what nobody has confirmed."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from .payment_states import Verdict

PORTAL_OPENED_ON = dt.date(2019, 12, 9)
"""The National Public Service Portal, whose platform this is."""


@dataclass(frozen=True, slots=True)
class MessageRules:
    version: str
    valid_from: dt.date
    valid_to: dt.date | None
    basis: str
    init_signed: tuple[str, ...]
    asked_signed: tuple[str, ...]
    """What QUERY and GET_BILL sign."""
    callback_signed: tuple[str, ...]
    fixed: Mapping[str, str]
    """Members of Init that are always the same."""
    answer_codes: Mapping[Verdict, str]
    """MaLoi of what we answer to a callback. The platform's own list is not known to us: ours are words."""
    digest: str = "sha256"
    separator: str = "|"
    moment_format: str = "%Y%m%d%H%M%S"
    paid_code: str = "00"
    """MaLoi of a callback or an answer that tells of success."""
    opened_code: str = "0"
    """error_code of the answer to Init that gives the address of the page."""
    paid_states: tuple[str, ...] = ("1",)
    pending_states: tuple[str, ...] = ("3",)
    failed_states: tuple[str, ...] = ("4",)
    """TrangThaiGD of an answer to QUERY."""
    attempt_minutes: int = 30
    """How long an attempt may stay open before a new one is allowed."""
    unsure: tuple[str, ...] = field(default=())

    def sign(self, message: Mapping[str, object], signed: tuple[str, ...], secret: str) -> str:
        """MaXacThuc: the digest, in small hexadecimal letters, of the named members and the secret."""
        parts = [str(message.get(name, "")) for name in signed]
        text = self.separator.join([*parts, secret])
        return hashlib.new(self.digest, text.encode()).hexdigest()

    def is_signed(self, message: Mapping[str, object], signed: tuple[str, ...], secret: str) -> bool:
        """Whether MaXacThuc is right. Compared in constant time; never without a secret."""
        said = str(message.get("MaXacThuc", ""))
        return bool(secret) and hmac.compare_digest(
            said.casefold().encode(), self.sign(message, signed, secret).encode()
        )


MESSAGE_RULES: tuple[MessageRules, ...] = (
    MessageRules(
        version="1.0.6",
        valid_from=PORTAL_OPENED_ON,
        valid_to=None,
        basis="Bản tin 1.0.6 của nền tảng thanh toán trên Cổng Dịch vụ công quốc gia",
        init_signed=(
            "LoaiBanTin",
            "PhienBan",
            "MaDoiTac",
            "MaThamChieu",
            "SoTien",
            "LoaiHinhThanhToan",
            "MaKenhThanhToan",
            "MaThietBi",
            "NgonNgu",
            "MaTienTe",
            "MaNganHang",
            "ThongTinGiaoDich",
            "ThoiGianGD",
            "Ip",
        ),
        asked_signed=("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"),
        callback_signed=(
            "LoaiBanTin",
            "MaLoi",
            "MaDoiTac",
            "MaThamChieu",
            "SoTien",
            "MaTienTe",
            "MaGiaoDich",
            "MaNganHang",
            "ThoiGianGD",
            "ThongTinGiaoDich",
        ),
        fixed={
            "LoaiHinhThanhToan": "PAY",
            "MaKenhThanhToan": "1",
            "MaThietBi": "1",
            "NgonNgu": "vi-VN",
            "MaTienTe": "VND",
            "MaNganHang": "PAYMENT",
        },
        answer_codes={
            Verdict.ACCEPTED: "00",
            Verdict.REPEATED: "00",
            Verdict.CONTRADICTION: "TRAI_KET_QUA",
            Verdict.WRONG_SIGNATURE: "SAI_MA_XAC_THUC",
            Verdict.UNKNOWN_REFERENCE: "KHONG_CO_MA_THAM_CHIEU",
            Verdict.WRONG_AMOUNT: "SAI_SO_TIEN",
            Verdict.WRONG_PARTNER: "SAI_DOI_TAC",
        },
        unsure=(
            "Cách tính mã xác thực lấy từ phần mềm đang dùng, chưa có văn bản công bố.",
            "Bảng mã lỗi của cổng chưa công bố: mã trả lời ở đây là của tỉnh.",
            "Thời gian sống của một giao dịch chưa công bố.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class StatementLayout:
    """The platform's list of a day, as a file. No layout is published: this one is the province's until one is."""

    valid_from: dt.date
    valid_to: dt.date | None
    delimiter: str
    reference: str
    transaction: str
    amount: str
    state: str
    moment: str
    is_sure: bool = False


STATEMENT_LAYOUTS: tuple[StatementLayout, ...] = (
    StatementLayout(
        valid_from=PORTAL_OPENED_ON,
        valid_to=None,
        delimiter=";",
        reference="MaThamChieu",
        transaction="MaGiaoDich",
        amount="SoTien",
        state="TrangThaiGD",
        moment="ThoiGianGD",
    ),
)


def get_message_rules(on: dt.date) -> MessageRules:
    """Raises LookupError on a day before the platform."""
    return _get(MESSAGE_RULES, on)


def get_statement_layout(on: dt.date) -> StatementLayout:
    return _get(STATEMENT_LAYOUTS, on)


Ruled = TypeVar("Ruled", MessageRules, StatementLayout)


def _get(rules: tuple[Ruled, ...], on: dt.date) -> Ruled:
    for rule in rules:
        if rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
            return rule
    raise LookupError(f"the payment platform has no rules on {on}")
