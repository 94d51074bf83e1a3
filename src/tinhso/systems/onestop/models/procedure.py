from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from tinhso.kernel.dated import Dated, DatedQuerySet, never_twice
from tinhso.kernel.ids import new_id
from tinhso.kernel.ordered_json import OrderedJSONField


class Procedure(models.Model):
    """An administrative procedure by its national code; what it says is in its dated versions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    level = models.CharField(max_length=8)
    """Administrative level that resolves it: province or commune; central: none of the province's."""
    life_events = models.JSONField(default=list)
    """Codes of the moments of life it belongs to."""
    keywords = models.JSONField(default=list)
    """The needs in people's own words: "sinh con", "giấy độc thân"."""
    search_text = models.TextField(default="")
    """Name, keywords and field, folded: what a search without accents runs on."""

    class Meta:
        indexes = [GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="onestop_procedure_search")]

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(Dated):
    """What a procedure says for a time. An accepted dossier keeps the version it was accepted under."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=600)
    name_en = models.CharField(max_length=600, blank=True)
    sector = models.CharField(max_length=200)
    sector_en = models.CharField(max_length=200, blank=True)
    content = OrderedJSONField()
    """The version whole (`VersionFile.as_json`): term, fees, papers, results, steps, form."""
    is_filed_here = models.BooleanField(default=True)
    """As the content says it, to find by."""
    revision = models.PositiveIntegerField(default=1)
    """Counts the changes of the content while no dossier stood on it; what is read once is kept by it."""

    objects = DatedQuerySet["ProcedureVersion"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            never_twice("procedure", name="onestop_version_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.valid_from}"
