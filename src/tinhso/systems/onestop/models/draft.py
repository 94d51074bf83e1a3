from __future__ import annotations

from django.db import models

from tinhso.kernel.ids import new_id
from tinhso.kernel.people.models import Account
from tinhso.kernel.privacy import personal

from .procedure import ProcedureVersion


class FilingDraft(models.Model):
    """A form somebody has begun; resumed on any device. Becomes a dossier once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    agency_id = models.UUIDField(null=True)
    values = personal(models.JSONField(default=dict))
    papers = models.JSONField(default=dict)
    """Paper code to the ids of the files attached for it."""
    idempotency_key = models.CharField(max_length=64)
    updated_at = models.DateTimeField()
    dossier_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "updated_at"])]
