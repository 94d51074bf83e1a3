from __future__ import annotations

from django.db import models

from tinhso.kernel.ids import new_id


class AuditEntry(models.Model):
    """One thing that was done. Append-only: the database refuses update, delete and truncate."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stream = models.CharField(max_length=100)
    """`<system>.<noun>:<record id>`, e.g. `onestop.dossier:0192…`."""
    sequence = models.PositiveIntegerField()
    """1, 2, 3 … within the stream, without gaps."""
    action = models.CharField(max_length=80)
    """`<system>.<past tense>`, e.g. `onestop.dossier_accepted`."""
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    actor_title = models.CharField(max_length=120, blank=True)
    agency_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    state_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the record as this action left it; empty when the action changed no record."""
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "sequence"], name="audit_stream_sequence")]
        indexes = [models.Index(fields=["at"])]


class AuditSeal(models.Model):
    """The Merkle root over one day's entries, signed by the province."""

    day = models.DateField(primary_key=True)
    entry_count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64, blank=True)
    signature = models.BinaryField()
    certificate = models.BinaryField()
    sealed_at = models.DateTimeField()
