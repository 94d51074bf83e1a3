from __future__ import annotations

from django.db import models


class OutboxMessage(models.Model):
    """An event waiting for, or done with, its handlers."""

    id = models.UUIDField(primary_key=True, editable=False)
    event = models.CharField(max_length=100)
    payload = models.JSONField()
    emitted_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"


class Delivery(models.Model):
    """One handler's turn at one event, written with the event; at least once."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=200)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    """Why the last attempt failed, without personal data: the error's code or class, and the place."""
    failed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["message", "handler"], name="jobs_delivery_once")]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(delivered_at__isnull=True), name="jobs_delivery_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.message_id}"


class JobRun(models.Model):
    """How a periodic job went the last time."""

    name = models.CharField(max_length=100, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name
