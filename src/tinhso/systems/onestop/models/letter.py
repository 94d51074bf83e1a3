from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.people.models import Account

from .dossier import Dossier


class LetterKind(models.TextChoices):
    """The forms of TT 03/2025/TT-VPCP that go out to the applicant."""

    RECEIPT = "receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "supplement", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "refusal", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    APOLOGY = "apology", _("Văn bản xin lỗi và đề nghị gia hạn")
    STOP = "stop", _("Thông báo dừng giải quyết hồ sơ")


class IssuedLetter(models.Model):
    """A form made once for a dossier. It is issued when it is signed: at once, or by a leader afterwards."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    reason = models.TextField(blank=True)
    """What it gives as the reason: as it was said when the action was taken, or as it was reworded since."""
    written_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField(max_length=1000, blank=True)
    """What the leader wrote when sending it back; empty again once it is reworded."""
    number = models.PositiveIntegerField(null=True)
    signed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """Null on a form that the agency signs without a person."""
    signer_title = models.CharField(max_length=120, blank=True)
    file_id = models.UUIDField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    check_code = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind"], name="onestop_letter_once"),
            models.CheckConstraint(
                condition=Q(file_id__isnull=True, issued_at__isnull=True)
                | Q(file_id__isnull=False, issued_at__isnull=False),
                name="onestop_letter_issued_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier"], condition=Q(file_id__isnull=True), name="onestop_letter_waiting")
        ]

    @property
    def is_issued(self) -> bool:
        return self.file_id is not None

    @property
    def is_sent_back(self) -> bool:
        return not self.is_issued and bool(self.remark)
