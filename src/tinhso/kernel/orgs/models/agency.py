from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.dated import Dated, DatedQuerySet
from tinhso.kernel.ids import new_id

from .unit import AdministrativeUnit


class AgencyLevel(models.TextChoices):
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


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
    predecessor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    unit = models.ForeignKey(AdministrativeUnit, null=True, on_delete=models.PROTECT, related_name="agencies")
    is_one_stop = models.BooleanField(default=False)
    """Runs a counter: Trung tâm Phục vụ hành chính công or Bộ phận Một cửa."""
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    objects = DatedQuerySet["Agency"].as_manager()

    class Meta(Dated.Meta):
        verbose_name_plural = "agencies"
        indexes = [models.Index(fields=["parent"])]

    def __str__(self) -> str:
        return self.name


class AgencyIdentifier(Dated):
    """A code an agency bore for a time. Historic documents keep the code they were issued under."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=9, choices=IdentifierScheme.choices)
    code = models.CharField(max_length=35)

    objects = DatedQuerySet["AgencyIdentifier"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["scheme", "code", "valid_from"], name="orgs_identifier_scheme_code_from"
            ),
        ]


class AgencyFunction(Dated):
    """Which agency owns a function, e.g. `post`: Sở TT&TT until 28/2/2025, then Sở KH&CN."""

    function = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="functions")
    legal_basis = models.CharField(max_length=120)

    objects = DatedQuerySet["AgencyFunction"].as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["function", "valid_from"])]
