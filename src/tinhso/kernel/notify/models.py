from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tinhso.kernel.ids import new_id
from tinhso.kernel.privacy import personal


class Notification(models.Model):
    """One thing a person was told inside the site."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    subject = personal(models.CharField(max_length=200))
    body = personal(models.TextField(blank=True))
    url = models.CharField(max_length=300, blank=True)
    """A path on this site; empty when there is nothing to open."""
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-created_at", "-id"], name="notify_by_account"),
            models.Index(fields=["account"], condition=Q(read_at__isnull=True), name="notify_unread"),
        ]
