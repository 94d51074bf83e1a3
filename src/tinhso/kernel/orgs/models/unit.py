from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.dated import Dated, DatedQuerySet, never_twice
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import today
from tinhso.kernel.search.lookups import FoldedTrigramIndex


class UnitLevel(models.TextChoices):
    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


KIND_WORDS = {
    "Tỉnh": _("Tỉnh"),
    "Thành phố": _("Thành phố"),
    "Quận": _("Quận"),
    "Huyện": _("Huyện"),
    "Thị xã": _("Thị xã"),
    "Phường": _("Phường"),
    "Xã": _("Xã"),
    "Thị trấn": _("Thị trấn"),
    "Đặc khu": _("Đặc khu"),
}


class LineageKind(models.TextChoices):
    WHOLE = "whole", _("toàn bộ")
    PART = "part", _("một phần")


class UnitQuerySet(DatedQuerySet["AdministrativeUnit"]):
    def believed(self, at: dt.datetime | None = None) -> Self:
        """What this system holds true now, or held true at an earlier instant."""
        if at is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at)

    def as_of(self, day: dt.date) -> Self:
        return super().as_of(day).believed()

    def by_name(self) -> Self:
        """The order lists are paged in; `id` tells two of one name apart."""
        return self.order_by("name", "id")


class AdministrativeUnit(Dated):
    """A territory for as long as it lasts. A code alone never names one: the key is (level, code, valid_from).

    Bi-temporal: `valid_*` is when the unit existed in law, `recorded_at`/`superseded_at` when this system
    believed so. A correction keeps the unit's id, so whoever points at it sees the corrected row, and lays
    the earlier belief aside as a superseded row of its own. Sources: QĐ 124/2004/QĐ-TTg (until 30/6/2025),
    QĐ 19/2025/QĐ-TTg.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Plain ASCII: compared by bytes, for Vietnamese rules make the guard's index a third slower to build.
    code = models.CharField(max_length=5, db_collation="C")
    level = models.CharField(max_length=8, choices=UnitLevel.choices, db_collation="C")
    kind = models.CharField(max_length=40)
    """The law's word: Tỉnh, Thành phố, Quận, Huyện, Thị xã, Phường, Xã, Thị trấn, Đặc khu."""
    name = models.CharField(max_length=120)
    full_name = models.CharField(max_length=300, blank=True)
    """With the units above it when it began: Phường Đống Đa, Thành phố Vĩnh Yên, Tỉnh Vĩnh Phúc."""
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children", db_index=False
    )
    area_km2 = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    legal_basis = models.CharField(max_length=120, blank=True)
    is_start_known = models.BooleanField(default=True)
    """False: the source lists the unit as it was on its last day and is silent on when it began."""
    is_shipped = models.BooleanField(default=False)
    """Comes from the product's own files, which alone correct it."""
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)
    belief_about = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="earlier_beliefs"
    )
    """Set on an earlier belief: the unit it was about."""

    objects = UnitQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            never_twice(
                "level", "code", name="orgs_unit_one_meaning_a_day", condition=Q(superseded_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(belief_about__isnull=True) | Q(superseded_at__isnull=False),
                name="orgs_unit_belief_superseded",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "valid_from"]),
            models.Index(fields=["parent", "name"]),
            FoldedTrigramIndex("full_name", name="orgs_unit_full_name_folded"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_word(self) -> str:
        return str(KIND_WORDS.get(self.kind, self.kind))

    @property
    def where(self) -> str:
        """The units above it: Thành phố Vĩnh Yên, Tỉnh Vĩnh Phúc."""
        return self.full_name.removeprefix(f"{self.name}, ")

    @property
    def last_day(self) -> dt.date:
        """The last day it existed, or today while it lasts: a day on which it can be looked at."""
        return self.valid_to or max(self.valid_from, today())

    @property
    def proper_name(self) -> str:
        """Without the law's word: Việt Trì. A numbered ward keeps it: Phường 5."""
        bare = self.name.removeprefix(self.kind).strip()
        return self.name if bare.isdigit() else bare


class UnitLineage(models.Model):
    """What became of a unit on a day: it went into `new`, whole or in part."""

    old = models.ForeignKey(AdministrativeUnit, on_delete=models.PROTECT, related_name="became")
    new = models.ForeignKey(AdministrativeUnit, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=5, choices=LineageKind.choices)
    on = models.DateField()
    """The first day of the new unit."""
    is_default = models.BooleanField(default=False)
    """Of several parts, the one to take for an old address of which nothing more is known."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="orgs_lineage_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="orgs_lineage_two_units"),
            models.UniqueConstraint(
                fields=["old", "on"], condition=Q(is_default=True), name="orgs_lineage_one_default"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id} ({self.kind})"
