"""Payments as the audit checks them: the present rows against the last word of their history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.audit.journal import digest
from tinhso.kernel.registry import RecordedAction

from ..data.payment_states import PaymentEvent, RefundEvent
from ..models import Payment

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label = str | _StrPromise

WORDS: Mapping[str, Label] = {
    PaymentEvent.ASK: _("Ghi khoản phải nộp"),
    PaymentEvent.OPEN: _("Mở trang thanh toán"),
    PaymentEvent.LAPSE: _("Lần thanh toán không thành"),
    PaymentEvent.PAY: _("Nhận tiền"),
    PaymentEvent.OVERPAY: _("Nhận tiền thừa, cần hoàn"),
    PaymentEvent.NUMBER_RECEIPT: _("Cấp số biên lai"),
    PaymentEvent.CANCEL: _("Hủy khoản phải nộp"),
    PaymentEvent.REFUND_PART: _("Hoàn một phần"),
    PaymentEvent.REFUND_WHOLE: _("Hoàn toàn bộ"),
    RefundEvent.REQUEST: _("Đề nghị hoàn phí"),
    RefundEvent.APPROVE: _("Duyệt hoàn phí"),
    RefundEvent.REFUSE: _("Không duyệt hoàn phí"),
}
RECORDED_ACTIONS = (
    *(RecordedAction(f"onestop.{event}", words) for event, words in WORDS.items()),
    RecordedAction("onestop.collector_registered", _("Khai báo đơn vị thu")),
)


def find_payment_digests(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    for payment in Payment.objects.filter(pk__in=list(ids)):
        yield str(payment.pk), digest(payment.describe())


def find_payment_ids() -> Iterator[str]:
    for pk in Payment.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000):
        yield str(pk)
