"""What may become of a sum asked of an applicant, of one go at paying it, and of giving it back: tables, no code paths."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaymentState(models.TextChoices):
    """A sum asked of the applicant. The words are those of the provincial systems joined to the platform."""

    DUE = "due", _("Chưa thanh toán")
    PENDING = "pending", _("Chờ thanh toán")
    PAID = "paid", _("Đã thanh toán")
    CANCELLED = "cancelled", _("Đã hủy")
    PARTLY_REFUNDED = "partly_refunded", _("Đã hoàn một phần")
    REFUNDED = "refunded", _("Đã hoàn phí")


class PaymentEvent(StrEnum):
    """What happens to a payment; also the action its history tells of."""

    ASK = "payment_asked"
    OPEN = "payment_opened"
    LAPSE = "payment_lapsed"
    PAY = "payment_made"
    OVERPAY = "payment_overpaid"
    NUMBER_RECEIPT = "fee_receipt_numbered"
    CANCEL = "payment_cancelled"
    REFUND_PART = "payment_partly_refunded"
    REFUND_WHOLE = "payment_refunded"


UNPAID = (PaymentState.DUE, PaymentState.PENDING)
SETTLED = (PaymentState.PAID, PaymentState.PARTLY_REFUNDED, PaymentState.REFUNDED)

_S, _E = PaymentState, PaymentEvent

PAYMENT_MOVES: Mapping[tuple[PaymentState, PaymentEvent], PaymentState] = {
    (_S.DUE, _E.OPEN): _S.PENDING,
    (_S.DUE, _E.PAY): _S.PAID,
    (_S.DUE, _E.CANCEL): _S.CANCELLED,
    (_S.PENDING, _E.LAPSE): _S.DUE,
    (_S.PENDING, _E.PAY): _S.PAID,
    (_S.PENDING, _E.CANCEL): _S.CANCELLED,
    (_S.PAID, _E.OVERPAY): _S.PAID,
    (_S.PAID, _E.REFUND_PART): _S.PARTLY_REFUNDED,
    (_S.PAID, _E.REFUND_WHOLE): _S.REFUNDED,
    (_S.PARTLY_REFUNDED, _E.OVERPAY): _S.PARTLY_REFUNDED,
    (_S.PARTLY_REFUNDED, _E.REFUND_PART): _S.PARTLY_REFUNDED,
    (_S.PARTLY_REFUNDED, _E.REFUND_WHOLE): _S.REFUNDED,
    (_S.REFUNDED, _E.OVERPAY): _S.PARTLY_REFUNDED,
    (_S.CANCELLED, _E.OVERPAY): _S.CANCELLED,
    (_S.CANCELLED, _E.REFUND_PART): _S.CANCELLED,
    (_S.CANCELLED, _E.REFUND_WHOLE): _S.REFUNDED,
}
"""A pair that is not here does not happen. Money that comes for a sum already settled or called off is real and
is kept as overpaid, to be given back."""


class AttemptState(models.TextChoices):
    """One go at the platform, under one reference of its own (MaThamChieu)."""

    OPEN = "open", _("Đang chờ kết quả")
    PAID = "paid", _("Thành công")
    FAILED = "failed", _("Không thành công")
    EXPIRED = "expired", _("Quá giờ")


class Report(StrEnum):
    """What we learn about an attempt. A callback comes to us; an answer is the platform's reply to our question."""

    CALLBACK_PAID = "callback_paid"
    CALLBACK_FAILED = "callback_failed"
    ANSWER_PAID = "answer_paid"
    ANSWER_FAILED = "answer_failed"
    TIME_OUT = "time_out"


class Verdict(models.TextChoices):
    """What we make of a message of the platform."""

    ACCEPTED = "accepted", _("Tin và ghi nhận")
    REPEATED = "repeated", _("Nhắc lại điều đã biết")
    CONTRADICTION = "contradiction", _("Trái với điều đã biết, chờ hỏi lại cổng")
    WRONG_SIGNATURE = "wrong_signature", _("Sai mã xác thực")
    UNKNOWN_REFERENCE = "unknown_reference", _("Không có mã tham chiếu này")
    WRONG_AMOUNT = "wrong_amount", _("Sai số tiền")
    WRONG_PARTNER = "wrong_partner", _("Sai mã đối tác hoặc loại tiền")


BELIEVED = (Verdict.ACCEPTED, Verdict.REPEATED)

_A, _R, _V = AttemptState, Report, Verdict

ATTEMPT_MOVES: Mapping[tuple[AttemptState, Report], AttemptState | Verdict] = {
    (_A.OPEN, _R.CALLBACK_PAID): _A.PAID,
    (_A.OPEN, _R.CALLBACK_FAILED): _A.FAILED,
    (_A.OPEN, _R.ANSWER_PAID): _A.PAID,
    (_A.OPEN, _R.ANSWER_FAILED): _A.FAILED,
    (_A.OPEN, _R.TIME_OUT): _A.EXPIRED,
    (_A.PAID, _R.CALLBACK_PAID): _V.REPEATED,
    (_A.PAID, _R.CALLBACK_FAILED): _V.CONTRADICTION,
    (_A.PAID, _R.ANSWER_PAID): _V.REPEATED,
    (_A.PAID, _R.ANSWER_FAILED): _V.CONTRADICTION,
    (_A.PAID, _R.TIME_OUT): _V.REPEATED,
    (_A.FAILED, _R.CALLBACK_PAID): _V.CONTRADICTION,
    (_A.FAILED, _R.CALLBACK_FAILED): _V.REPEATED,
    (_A.FAILED, _R.ANSWER_PAID): _A.PAID,
    (_A.FAILED, _R.ANSWER_FAILED): _V.REPEATED,
    (_A.FAILED, _R.TIME_OUT): _V.REPEATED,
    (_A.EXPIRED, _R.CALLBACK_PAID): _A.PAID,
    (_A.EXPIRED, _R.CALLBACK_FAILED): _A.FAILED,
    (_A.EXPIRED, _R.ANSWER_PAID): _A.PAID,
    (_A.EXPIRED, _R.ANSWER_FAILED): _A.FAILED,
    (_A.EXPIRED, _R.TIME_OUT): _V.REPEATED,
}
"""Every pair is here. Late good news is believed (EXPIRED). News against what is known is not, until the platform
says so itself when asked; and what is paid is never made unpaid by a message: only a refund gives money back."""


class Means(models.TextChoices):
    """Hình thức nộp."""

    ONLINE = "online", _("Trực tuyến")
    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản")


class RefundState(models.TextChoices):
    REQUESTED = "requested", _("Chờ duyệt hoàn")
    APPROVED = "approved", _("Đã duyệt, chờ chuyển tiền")
    REFUSED = "refused", _("Không duyệt")
    DONE = "done", _("Đã hoàn")


class RefundEvent(StrEnum):
    REQUEST = "refund_requested"
    APPROVE = "refund_approved"
    REFUSE = "refund_refused"
    FINISH = "refund_finished"


REFUND_MOVES: Mapping[tuple[RefundState, RefundEvent], RefundState] = {
    (RefundState.REQUESTED, RefundEvent.APPROVE): RefundState.APPROVED,
    (RefundState.REQUESTED, RefundEvent.REFUSE): RefundState.REFUSED,
    (RefundState.APPROVED, RefundEvent.FINISH): RefundState.DONE,
}


class DifferenceKind(models.TextChoices):
    """What our book and the platform's list of a day do not agree on."""

    MISSING_HERE = "missing_here", _("Cổng có, ta không có")
    MISSING_THERE = "missing_there", _("Ta có, cổng không có")
    AMOUNT = "amount", _("Lệch số tiền")
    STATE = "state", _("Lệch trạng thái")
