from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .dossier import Dossier


class LetterKind(models.TextChoices):
    """The forms of TT 03/2025/TT-VPCP that go out to the applicant."""

    RECEIPT = "receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "supplement", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "refusal", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    APOLOGY = "apology", _("Văn bản xin lỗi và đề nghị gia hạn")
    STOP = "stop", _("Thông báo dừng giải quyết hồ sơ")


class IssuedLetter(models.Model):
    """A form issued once for a dossier, sealed by the agency."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    number = models.PositiveIntegerField(null=True)
    file_id = models.UUIDField()
    file_sha256 = models.CharField(max_length=64)
    check_code = models.CharField(max_length=20)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "kind"], name="onestop_letter_once")]
