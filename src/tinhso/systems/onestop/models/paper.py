from __future__ import annotations

from django.db import models

from .dossier import Dossier


class DossierPaper(models.Model):
    """One component of a dossier as it was handed in."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers")
    paper_code = models.CharField(max_length=60)
    name = models.CharField(max_length=400)
    file_id = models.UUIDField(null=True)
    """Null: handed in on paper and not scanned yet."""
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    is_digitised = models.BooleanField(default=False)
    is_reused = models.BooleanField(default=False)
    is_from_personal_store = models.BooleanField(default=False)
    is_supplement = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True)
    """When an officer confirmed having looked at it."""

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["dossier", "paper_code"])]
