from __future__ import annotations

from django.db import models

from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency


class BookClosing(models.Model):
    """A year's tracking book of one counter, locked: what it held that day, signed by the agency."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    row_count = models.PositiveIntegerField()
    rows_digest = models.CharField(max_length=64)
    """SHA-256 over the rows in order: a later change of what the book says shows against it."""
    file_id = models.UUIDField()
    file_sha256 = models.CharField(max_length=64)
    check_code = models.CharField(max_length=20)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="onestop_book_closed_once")]
