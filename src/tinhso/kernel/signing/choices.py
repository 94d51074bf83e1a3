from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CredentialKind(models.TextChoices):
    """What a certificate signs for. The signature field of a document bears this name."""

    PERSON = "person", _("Chữ ký cá nhân")
    AGENCY_SEAL = "agency_seal", _("Con dấu của cơ quan")
    SERVICE = "service", _("Chữ ký của hệ thống")


class KeySource(models.TextChoices):
    PKCS12 = "pkcs12", _("Tệp khóa PKCS#12")
    PKCS11 = "pkcs11", _("Thiết bị khóa PKCS#11")


class SignatureLevel(models.TextChoices):
    """Baseline profiles of ETSI EN 319 142-1, by how long the signature can be proved."""

    B_B = "b_b", _("B-B, chữ ký")
    B_T = "b_t", _("B-T, có dấu thời gian")
    B_LT = "b_lt", _("B-LT, kèm bằng chứng hiệu lực")
    B_LTA = "b_lta", _("B-LTA, lưu trữ lâu dài")
