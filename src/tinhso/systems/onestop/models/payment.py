from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account
from tinhso.kernel.privacy import personal

from ..data.payment_states import UNPAID, AttemptState, Means, PaymentState, RefundState, Verdict
from .dossier import Dossier

PAYMENT_STREAM_PREFIX = "onestop.payment:"


def as_plain(value: object) -> object:
    """As the digest of a state takes it."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)


class Payment(models.Model):
    """A sum asked of the applicant for one dossier. A dossier may have several: fee and charge, a later extra."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="payments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    """Whose fee it is (tổ chức thu phí, lệ phí): the receipt bears its name."""
    state = models.CharField(max_length=16, choices=PaymentState.choices, default=PaymentState.DUE)
    amount_vnd = models.PositiveBigIntegerField()
    lines = models.JSONField(default=list)
    """What the sum is made of: code, name, name_en, kind (fee or charge) and amount_vnd of each."""
    steps = models.JSONField(default=list)
    """The way to the sum as it was reckoned (`FeeStep` as plain values); rules that change later change nothing here."""
    counts = models.JSONField(default=dict)
    """Units an officer counted, by fee code."""
    groups = models.JSONField(default=list)
    """Exemptions that were granted, by code."""
    reason = models.CharField(max_length=500, blank=True)

    payer_name = personal(models.CharField(max_length=150))
    payer_number = personal(models.CharField(max_length=35, blank=True))
    payer_address = personal(models.CharField(max_length=250, blank=True))

    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    means = models.CharField(max_length=8, choices=Means.choices, blank=True)
    voucher = models.CharField(max_length=100, blank=True)
    """Number of the paper receipt or of the transfer, where the money did not come through the platform."""
    collected_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    overpaid_vnd = models.PositiveBigIntegerField(default=0)
    """Money that came although nothing was owed any more; to be given back."""
    refunded_vnd = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="onestop_payment_of_something"),
            models.CheckConstraint(
                condition=Q(refunded_vnd__lte=F("amount_vnd") + F("overpaid_vnd")),
                name="onestop_payment_refund_within",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True, means="") | (Q(paid_at__isnull=False) & ~Q(means="")),
                name="onestop_payment_paid_by_some_means",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-asked_at", "-id"], name="onestop_payment_list"),
            models.Index(
                fields=["agency", "-paid_at", "-id"],
                condition=Q(paid_at__isnull=False),
                name="onestop_payment_paid",
            ),
            models.Index(fields=["dossier", "state"], name="onestop_payment_dossier"),
        ]

    @property
    def stream(self) -> str:
        return f"{PAYMENT_STREAM_PREFIX}{self.pk}"

    @property
    def is_unpaid(self) -> bool:
        return self.state in UNPAID

    @property
    def concerns_payer(self) -> bool:
        """Called off with nothing paid on it, it is no more the applicant's business."""
        return self.state != PaymentState.CANCELLED or self.overpaid_vnd > 0

    @property
    def received_vnd(self) -> int:
        return (self.amount_vnd if self.paid_at else 0) + self.overpaid_vnd

    @property
    def returnable_vnd(self) -> int:
        """What can still be given back."""
        return self.received_vnd - self.refunded_vnd

    def describe(self) -> dict[str, Any]:
        """The record as its last action left it, its attempts and refunds with it; its digest is in the history."""
        own = {f.attname: as_plain(getattr(self, f.attname)) for f in self._meta.concrete_fields}
        attempts = [attempt.describe() for attempt in self.attempts.order_by("pk")]
        return {**own, "attempts": attempts, "refunds": [r.describe() for r in self.refunds.order_by("pk")]}


class PaymentAttempt(models.Model):
    """One go at paying through the platform, under a reference of its own (MaThamChieu)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="attempts")
    reference = models.CharField(max_length=50, unique=True)
    """Not to be guessed, and without a word about the dossier or the person."""
    state = models.CharField(max_length=8, choices=AttemptState.choices, default=AttemptState.OPEN)
    amount_vnd = models.PositiveBigIntegerField()
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    page_url = models.CharField(max_length=1000, blank=True)
    """Empty until the platform has answered where to pay."""
    settled_at = models.DateTimeField(null=True)
    transaction_code = models.CharField(max_length=100, blank=True)
    """MaGiaoDich of the platform."""
    bank_code = models.CharField(max_length=50, blank=True)
    failure = models.CharField(max_length=100, blank=True)
    ask_at = models.DateTimeField(null=True)
    """When the platform is asked next what became of it; null: no longer."""
    asked_count = models.PositiveSmallIntegerField(default=0)
    bill_file_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], condition=Q(state="open"), name="onestop_attempt_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="onestop_attempt_ask"),
            models.Index(fields=["settled_at"], condition=Q(state="paid"), name="onestop_attempt_paid"),
        ]

    def describe(self) -> dict[str, Any]:
        names = ("reference", "state", "amount_vnd", "opened_at", "settled_at", "transaction_code")
        return {name: as_plain(getattr(self, name)) for name in names}


class PlatformMessage(models.Model):
    """What the platform said to us unasked, believed or not. The same words again only count up."""

    attempt = models.ForeignKey(PaymentAttempt, null=True, on_delete=models.PROTECT, related_name="messages")
    """Null: it named a reference we never gave."""
    digest = models.CharField(max_length=64, unique=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    content = models.JSONField()
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["first_at", "pk"]


class Refund(models.Model):
    """Giving money back: asked for by one officer, decided by another, done by transfer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_vnd = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=RefundState.choices, default=RefundState.REQUESTED)
    account_holder = personal(models.CharField(max_length=150, blank=True))
    account_number = personal(models.CharField(max_length=40, blank=True))
    bank_name = personal(models.CharField(max_length=150, blank=True))
    requested_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True)
    voucher = models.CharField(max_length=100, blank=True)
    """Number of the transfer that gave the money back."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="onestop_refund_of_something"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="onestop_refund_four_eyes",
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(state__in=("requested", "approved")),
                name="onestop_refund_one_under_way",
            ),
        ]

    def describe(self) -> dict[str, Any]:
        names = (
            "amount_vnd",
            "state",
            "requested_by_id",
            "decided_by_id",
            "decided_at",
            "finished_at",
            "voucher",
        )
        return {name: as_plain(getattr(self, name)) for name in names}
