from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.dated import Dated, DatedQuerySet
from tinhso.kernel.ids import new_id


class UnitLevel(models.TextChoices):
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class LineageKind(models.TextChoices):
    WHOLE = "whole", _("Toàn bộ")
    PART = "part", _("Một phần")


class AdministrativeUnit(Dated):
    """A territory for as long as it lasts. A code alone never names one: the key is (level, code, valid_from).

    Bi-temporal: `valid_*` is when the unit existed in law, `recorded_at`/`superseded_at` when this
    system believed so. Sources: QĐ 124/2004/QĐ-TTg (until 30/6/2025), QĐ 19/2025/QĐ-TTg.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=5)
    level = models.CharField(max_length=8, choices=UnitLevel.choices)
    kind = models.CharField(max_length=40)
    """The law's word: Tỉnh, Thành phố, Quận, Huyện, Thị xã, Phường, Xã, Thị trấn, Đặc khu."""
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    area_km2 = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True)

    objects = DatedQuerySet["AdministrativeUnit"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"],
                condition=models.Q(superseded_at__isnull=True),
                name="orgs_unit_level_code_from",
            ),
        ]
        indexes = [models.Index(fields=["code", "valid_from"]), models.Index(fields=["parent", "name"])]

    def __str__(self) -> str:
        return self.name


class UnitLineage(models.Model):
    """What became of a unit on a day: it went into `new`, whole or in part."""

    old = models.ForeignKey(AdministrativeUnit, on_delete=models.PROTECT, related_name="became")
    new = models.ForeignKey(AdministrativeUnit, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=5, choices=LineageKind.choices)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="orgs_lineage_once")]
