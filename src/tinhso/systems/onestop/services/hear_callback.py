from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F

from tinhso.kernel.moment import now, today
from tinhso.kernel.services import service

from ..data.payment_states import Report, Verdict
from ..data.platform_rules import MessageRules, get_message_rules
from ..models import PaymentAttempt, PlatformMessage
from .settle_attempt import apply_report, lock_attempt

KEPT = (
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
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of a callback, and what the platform is told."""

    verdict: Verdict
    reference: str
    answer_code: str


@service
def hear_callback(*, message: Mapping[str, str]) -> Heard:
    """Judge a message that claims to come from the platform, keep it whatever the verdict, act on it once.

    Believed only when it is signed, names our partner code, a reference we gave and the very amount we asked.
    What contradicts what we know is not believed either: the platform itself is asked soon after.
    """
    rules, moment = get_message_rules(today()), now()
    reference = message.get("MaThamChieu", "")
    found = lock_attempt(reference)
    attempt = found[0] if found else None
    verdict = _judge(message, attempt, rules)
    if verdict is None and found is not None:
        is_paid = message.get("MaLoi") == rules.paid_code
        verdict = apply_report(
            *found,
            Report.CALLBACK_PAID if is_paid else Report.CALLBACK_FAILED,
            moment,
            transaction_code=message.get("MaGiaoDich", "")[:100],
            bank_code=message.get("MaNganHang", "")[:50],
        )
    verdict = verdict or Verdict.UNKNOWN_REFERENCE
    if attempt is not None and verdict in {Verdict.CONTRADICTION, Verdict.WRONG_AMOUNT}:
        PaymentAttempt.objects.filter(pk=attempt.pk).update(ask_at=moment)
    _keep(message, attempt, verdict)
    return Heard(verdict, reference, rules.answer_codes[verdict])


def _judge(message: Mapping[str, str], attempt: PaymentAttempt | None, rules: MessageRules) -> Verdict | None:
    """Why a message is not believed, the signature first: who cannot sign learns nothing. None: nothing against it."""
    if not rules.is_signed(message, rules.callback_signed, settings.PAYMENT_SECRET):
        return Verdict.WRONG_SIGNATURE
    if (
        message.get("MaDoiTac") != settings.PAYMENT_PARTNER
        or message.get("MaTienTe") != rules.fixed["MaTienTe"]
    ):
        return Verdict.WRONG_PARTNER
    if attempt is None:
        return Verdict.UNKNOWN_REFERENCE
    return None if message.get("SoTien") == str(attempt.amount_vnd) else Verdict.WRONG_AMOUNT


def _keep(message: Mapping[str, str], attempt: PaymentAttempt | None, verdict: Verdict) -> None:
    """One row a message, however often it comes. Unsigned words about no reference of ours are pooled by the hour:
    anybody may send them, and they shall not fill the table."""
    moment = now()
    is_noise = verdict is Verdict.WRONG_SIGNATURE and attempt is None
    content = {} if is_noise else {name: message.get(name, "") for name in KEPT}
    text = f"noise {moment:%Y%m%d%H}" if is_noise else json.dumps([content, message.get("MaXacThuc", "")])
    digest = hashlib.sha256(text.encode()).hexdigest()
    rows = PlatformMessage.objects.filter(digest=digest)
    if rows.update(times=F("times") + 1, last_at=moment):
        return
    PlatformMessage.objects.bulk_create(
        [
            PlatformMessage(
                attempt=attempt,
                digest=digest,
                verdict=verdict,
                content=content,
                first_at=moment,
                last_at=moment,
            )
        ],
        ignore_conflicts=True,
    )
