from __future__ import annotations

from django.db import models


class OutboxMessage(models.Model):
    """An event waiting for, or done with, its handlers."""

    id = models.UUIDField(primary_key=True, editable=False)
    event = models.CharField(max_length=100)
    payload = models.JSONField()
    emitted_at = models.DateTimeField(auto_now_add=True)


class Delivery(models.Model):
    """One handler's turn at one event; at least once."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=200)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["message", "handler"], name="jobs_delivery_once")]
