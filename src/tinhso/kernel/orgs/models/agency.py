from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.dated import Dated, DatedQuerySet, never_twice
from tinhso.kernel.ids import new_id
from tinhso.kernel.search.lookups import FoldedTrigramIndex

from .unit import AdministrativeUnit


class AgencyLevel(models.TextChoices):
    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class IdentifierScheme(models.TextChoices):
    TT01_2018 = "tt01_2018", "000.00.01.H62"
    """Four groups, right to left; used in dossier codes of TT 01/2018/TT-VPCP."""
    QD20_2020 = "qd20_2020", "H62.01"
    """QĐ 20/2020/QĐ-TTg, from 15/9/2020: at most 35 characters, levels left to right."""


class Agency(Dated):
    """A body of the state for as long as it lasts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    abbreviation = models.CharField(max_length=30, blank=True)
    """As in the symbol of its documents, e.g. UBND, SKHCN (Decree 30/2020, annex III)."""
    level = models.CharField(max_length=8, choices=AgencyLevel.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    predecessors = models.ManyToManyField(
        "self",
        through="AgencySuccession",
        through_fields=("new", "old"),
        symmetrical=False,
        related_name="successors",
    )
    unit = models.ForeignKey(AdministrativeUnit, null=True, on_delete=models.PROTECT, related_name="agencies")
    is_one_stop = models.BooleanField(default=False)
    """Runs a counter: Trung tâm Phục vụ hành chính công or Bộ phận Một cửa."""
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    objects = DatedQuerySet["Agency"].as_manager()

    class Meta(Dated.Meta):
        verbose_name_plural = "agencies"
        indexes = [FoldedTrigramIndex("name", name="orgs_agency_name_folded")]

    def __str__(self) -> str:
        return self.name


class AgencySuccession(models.Model):
    """Who took over from whom: several old bodies may become one, one may be shared out among several."""

    old = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="succeeded_by")
    new = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="succeeds")
    on = models.DateField()
    """The first day of the new body in this office."""
    legal_basis = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="orgs_succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="orgs_succession_two_agencies"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class AgencyIdentifier(Dated):
    """A code an agency bore for a time. Historic documents keep the code they were issued under."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=9, choices=IdentifierScheme.choices)
    code = models.CharField(max_length=35)
    note = models.CharField(max_length=200, blank=True)
    """Where the code comes from, or that it is only an example."""

    objects = DatedQuerySet["AgencyIdentifier"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            never_twice("scheme", "code", name="orgs_identifier_one_bearer_a_day"),
            never_twice("agency", "scheme", name="orgs_identifier_one_code_a_day"),
        ]

    def __str__(self) -> str:
        return self.code


class AgencyFunction(Dated):
    """Which agency owns a function in a territory, e.g. `post`: Sở TT&TT until 28/2/2025, then Sở KH&CN."""

    function = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="functions")
    unit = models.ForeignKey(
        AdministrativeUnit, null=True, on_delete=models.PROTECT, related_name="functions"
    )
    """The territory; null means the whole province this installation serves."""
    legal_basis = models.CharField(max_length=120)

    objects = DatedQuerySet["AgencyFunction"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            never_twice(
                "function",
                Coalesce("unit", Value(UUID(int=0)), output_field=models.UUIDField()),
                name="orgs_function_one_owner_a_day",
            ),
        ]
        indexes = [models.Index(fields=["function", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.function}: {self.agency_id}"
