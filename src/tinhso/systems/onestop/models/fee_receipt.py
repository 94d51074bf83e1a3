from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhso.kernel.dated import Dated, DatedQuerySet, never_twice
from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account
from tinhso.kernel.privacy import personal

from .payment import Payment


class FeeCollector(Dated):
    """An agency as collector of fees for a time: its tax code, its account, the receipts it has registered."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    tax_code = models.CharField(max_length=14)
    series = models.CharField(max_length=2)
    """Its own two letters in the symbol of the receipt (Circular 91/2026/TT-BTC, annex II)."""
    account_number = models.CharField(max_length=40, blank=True)
    """Account of the Treasury or a bank that the platform pays to (TKThuHuong); empty: no paying online."""
    account_holder = models.CharField(max_length=200, blank=True)
    bank_code = models.CharField(max_length=20, blank=True)
    """MaNHThuHuong."""

    objects = DatedQuerySet["FeeCollector"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            never_twice("agency", name="onestop_collector_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.tax_code} {self.valid_from}"


class ReceiptReport(models.Model):
    """The table of a collector's receipts of a day for the tax office (Decree 254/2026/NĐ-CP, article 29.3.b)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    """The day the receipts were issued."""
    ordinal = models.PositiveSmallIntegerField()
    """1 is the first of the day; receipts issued after it make a second."""
    layout = models.CharField(max_length=30)
    receipt_count = models.PositiveIntegerField()
    amount_vnd = models.PositiveBigIntegerField()
    content = personal(models.TextField())
    """The file, as it was made."""
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "on", "ordinal"], name="onestop_report_ordinal")
        ]
        indexes = [models.Index(fields=["agency", "-on", "-ordinal"], name="onestop_report_list")]


class FeeReceipt(models.Model):
    """An e-receipt (biên lai điện tử): numbered the moment the money is taken, set and signed right after."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="receipt")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    tax_code = models.CharField(max_length=14)
    form_symbol = models.CharField(max_length=5)
    symbol = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    """From 1 on the first day of the year, or of use; at most eight digits (Decree 254/2026/NĐ-CP, article 23.2.c)."""
    issued_at = models.DateTimeField()
    check_code = models.CharField(max_length=20)
    file_id = models.UUIDField(null=True)
    """Null until the sheet is set and signed."""
    file_sha256 = models.CharField(max_length=64, blank=True)
    report = models.ForeignKey(ReceiptReport, null=True, on_delete=models.PROTECT, related_name="receipts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code", "form_symbol", "symbol", "number"], name="onestop_receipt_number"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=99_999_999), name="onestop_receipt_eight_digits"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-issued_at", "-id"], name="onestop_receipt_list"),
            models.Index(
                fields=["agency", "issued_at"],
                condition=Q(report__isnull=True),
                name="onestop_receipt_unreported",
            ),
        ]

    @property
    def notation(self) -> str:
        """EBL01 26TAA 00000041"""
        return f"{self.form_symbol} {self.symbol} {self.number:08d}"
