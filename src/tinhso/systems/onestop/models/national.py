"""Records of the national portal as they were imported, and what an official has to settle in them."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from tinhso.kernel.ids import new_id
from tinhso.kernel.ordered_json import OrderedJSONField
from tinhso.kernel.people.models import Account

from ..choices import RecordState
from .procedure import ProcedureVersion

RECORD_STREAM_PREFIX = "onestop.national_record:"


class NationalRecord(models.Model):
    """A published record as it stood on the day of an import; a changed one is a new row, the old one stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    name = models.TextField()
    sector = models.CharField(max_length=200)
    imported_on = models.DateField()
    imported_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    """Digest of the record as published and of the reader's edition: alike, there is nothing to do."""
    is_current = models.BooleanField(default=True)
    told = OrderedJSONField()
    """What was understood (`PublishedProcedure.as_plain`), never changed; answers are in the doubts."""
    source = OrderedJSONField()
    """The record as published."""
    search_text = models.TextField()
    """Code, name, field and agency, folded."""
    state = models.CharField(max_length=10, choices=RecordState.choices)
    open_doubts = models.PositiveIntegerField()
    level = models.CharField(max_length=8)
    """province, commune, or central: nobody of the province resolves it."""
    owner_function = models.CharField(max_length=60, blank=True)
    is_competence_settled = models.BooleanField()
    """Whether the record, or an official, says who resolves it."""
    term_value = models.PositiveIntegerField(null=True)
    """Set by an official where the record gives no one term."""
    term_unit = models.CharField(max_length=12, blank=True)
    version = models.ForeignKey(
        ProcedureVersion, null=True, on_delete=models.PROTECT, related_name="national_records"
    )
    """The version it was published as."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(is_current=True), name="onestop_record_one_current"
            )
        ]
        indexes = [
            models.Index(fields=["state", "code"], condition=Q(is_current=True), name="onestop_record_state"),
            GinIndex(
                OpClass("search_text", name="gin_trgm_ops"),
                condition=Q(is_current=True),
                name="onestop_record_search",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.imported_on}"

    @property
    def stream(self) -> str:
        return f"{RECORD_STREAM_PREFIX}{self.pk}"


class RecordDoubt(models.Model):
    """A field that could not be understood: the reason, the text, and one day an official's answer."""

    record = models.ForeignKey(NationalRecord, on_delete=models.PROTECT, related_name="doubts")
    ordinal = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    """Its place, e.g. `channels[0].fee_vnd`."""
    reason = models.CharField(max_length=40)
    raw = models.TextField()
    likeness = models.CharField(max_length=64)
    """Digest of the kind of field, the reason and the text: alike in other records, it may have one answer."""
    value = models.JSONField(null=True)
    """The answer; null where the text does not say."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "ordinal"], name="onestop_doubt_ordinal"),
        ]
        indexes = [
            models.Index(
                fields=["reason"], condition=Q(settled_at__isnull=True), name="onestop_doubt_reason"
            ),
            models.Index(
                fields=["likeness"], condition=Q(settled_at__isnull=True), name="onestop_doubt_likeness"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"
