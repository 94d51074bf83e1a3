from __future__ import annotations

from django.db import models

from tinhso.kernel.ids import new_id
from tinhso.kernel.people.models import Account
from tinhso.kernel.privacy import personal

from .dossier import Dossier


class ResultDocument(models.Model):
    """A result of a dossier: drafted, then signed once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="results")
    result_code = models.CharField(max_length=40, blank=True)
    """KQ.* of the national list, where known."""
    name = models.CharField(max_length=400)
    body = personal(models.TextField())
    """Paragraphs of the drafted text, parted by an empty line."""
    drafted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    remark = models.CharField(max_length=1000, blank=True)
    """What the leader wrote when sending it back."""
    number = models.PositiveIntegerField(null=True)
    symbol = models.CharField(max_length=60, blank=True)
    signed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    signer_title = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)
    file_id = models.UUIDField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    check_code = models.CharField(max_length=20, blank=True)
    """What the QR on the page opens at the public verify page."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "result_code"], name="onestop_result_once")]

    @property
    def notation(self) -> str:
        """Number and symbol as Decree 30/2020 prints them: below ten with a leading zero."""
        return f"{self.number:02d}/{self.symbol}" if self.number else ""
