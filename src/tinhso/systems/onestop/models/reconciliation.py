from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhso.kernel.ids import new_id
from tinhso.kernel.people.models import Account

from ..data.payment_states import DifferenceKind
from .payment import PaymentAttempt


class ReconciledDay(models.Model):
    """Our book of one day held against the platform's. Run again, it says what is so by then."""

    on = models.DateField(unique=True)
    run_at = models.DateTimeField()
    run_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """Null: the nightly job."""
    source = models.CharField(max_length=10)
    """fetched from the platform, or uploaded by an officer."""
    our_count = models.PositiveIntegerField()
    our_vnd = models.PositiveBigIntegerField()
    their_count = models.PositiveIntegerField()
    their_vnd = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["-on"]


class Difference(models.Model):
    """One thing the two books do not agree on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.ForeignKey(ReconciledDay, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=14, choices=DifferenceKind.choices)
    reference = models.CharField(max_length=100)
    attempt = models.ForeignKey(PaymentAttempt, null=True, on_delete=models.PROTECT, related_name="+")
    our_vnd = models.PositiveBigIntegerField(null=True)
    their_vnd = models.PositiveBigIntegerField(null=True)
    our_state = models.CharField(max_length=10, blank=True)
    their_state = models.CharField(max_length=10, blank=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """Null with `settled_at`: gone by itself at a later run."""
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["kind", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "reference"], name="onestop_difference_once")
        ]
        indexes = [
            models.Index(fields=["day"], condition=Q(settled_at__isnull=True), name="onestop_difference_open")
        ]
