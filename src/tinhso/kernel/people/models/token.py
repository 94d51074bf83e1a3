from __future__ import annotations

import datetime as dt

from django.db import models

from tinhso.kernel.ids import new_id

from .account import Account


class ApiToken(models.Model):
    """A key with which a program acts for an account. Only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 in hex; enough for 256 random bits, which no dictionary holds."""
    valid_until = models.DateField()
    """Last day on which it opens anything."""
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "created_at"])]

    def is_live_on(self, day: dt.date) -> bool:
        return self.revoked_at is None and day <= self.valid_until
