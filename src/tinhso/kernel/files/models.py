from __future__ import annotations

from django.db import models

from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now


class StoredFile(models.Model):
    """A file kept for a record. The bytes are content-addressed: equal files share one object."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_kind = models.CharField(max_length=60)
    """Names the file gate in the registry, e.g. `onestop.dossier`."""
    owner_id = models.UUIDField()
    name = models.CharField(max_length=200)
    """As the sender called it, made safe. People put their names into it: for the gate's readers only."""
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(default=now)
    created_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"])]

    def __str__(self) -> str:
        return str(self.pk)
