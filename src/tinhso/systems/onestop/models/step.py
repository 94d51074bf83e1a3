from __future__ import annotations

from django.db import models

from tinhso.kernel.people.models import Account

from ..choices import StepKind
from .dossier import Dossier


class DossierStep(models.Model):
    """One step of the internal process (quy trình nội bộ) on one dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="steps")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    permission = models.CharField(max_length=80)
    hours = models.DecimalField(max_digits=6, decimal_places=1)
    """Working hours; 8 make a working day."""
    due_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    used_minutes = models.PositiveIntegerField(default=0)
    remark = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["dossier", "ordinal"], name="onestop_step_ordinal")]
