from __future__ import annotations

from django.db import models

from tinhso.kernel.ids import new_id


class AuditEntry(models.Model):
    """One thing that was done. Append-only: the database refuses update, delete and truncate."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stream = models.CharField(max_length=100, db_collation="C")
    """`<system>.<noun>:<record id>`, e.g. `onestop.dossier:0192…`.

    Compared byte by byte: the order of a day's leaves must not change with the server's ICU version.
    """
    sequence = models.PositiveIntegerField()
    """1, 2, 3 … within the stream, without gaps."""
    action = models.CharField(max_length=80)
    """`<system>.<past tense>`, e.g. `onestop.dossier_accepted`."""
    at = models.DateTimeField()
    """When it happened, as the use case says."""
    recorded_at = models.DateTimeField()
    """When it was written, by the database's clock. Seals go by this."""
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    actor_title = models.CharField(max_length=120, blank=True)
    agency_id = models.UUIDField(null=True)
    """The agency whose business it was; auditors see by it."""
    detail = models.JSONField(default=dict)
    state_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the record as this action left it; empty when the action changed no record."""
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "sequence"], name="audit_stream_sequence")]
        indexes = [
            models.Index(fields=["recorded_at", "id"], name="audit_by_time"),
            models.Index(fields=["agency_id", "recorded_at", "id"], name="audit_by_agency"),
            models.Index(fields=["actor_id", "recorded_at", "id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.sequence}"


class AuditSeal(models.Model):
    """The Merkle root (RFC 6962) over one day's entries, chained to the seal before and signed."""

    day = models.DateField(primary_key=True)
    entry_count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64)
    """SHA-256 of the content signed the day before; zeros for the first seal."""
    sealed_at = models.DateTimeField()
    signature = models.BinaryField()
    certificate = models.BinaryField()
    """DER."""

    def __str__(self) -> str:
        return self.day.isoformat()
