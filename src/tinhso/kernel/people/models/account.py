from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.ids import new_id
from tinhso.kernel.privacy import personal


class AccountKind(models.TextChoices):
    CITIZEN = "citizen", _("Người dân")
    ORGANISATION = "organisation", _("Tổ chức")
    OFFICIAL = "official", _("Cán bộ, công chức")


class Sex(models.TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person or an organisation that signs in. Citizens and organisations come by the national e-identity."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=AccountKind.choices)
    username = models.CharField(max_length=150, unique=True)
    full_name = personal(models.CharField(max_length=150))
    personal_number = personal(models.CharField(max_length=12, null=True, unique=True))
    """12 digits, NĐ 137/2015 article 13. Kept for life; does not follow the mergers of provinces."""
    organisation_number = models.CharField(max_length=35, null=True, unique=True)
    born_on = personal(models.DateField(null=True))
    sex = personal(models.CharField(max_length=6, choices=Sex.choices, blank=True))
    email = personal(models.EmailField(blank=True))
    phone = personal(models.CharField(max_length=20, blank=True))
    address = personal(models.CharField(max_length=250, blank=True))
    tech_id = personal(models.CharField(max_length=64, blank=True))
    identity_level = models.PositiveSmallIntegerField(default=0)
    """IAL of the national e-identity: 1 or 2; 0 when the account did not come from it."""
    language = models.CharField(max_length=2, default="vi")
    has_temporary_password = models.BooleanField(default=False)
    """Set by an administrator; the owner must choose another before he is let in."""
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        indexes = [models.Index(fields=["kind"])]

    def __str__(self) -> str:
        return self.username

    @property
    def is_official(self) -> bool:
        return self.kind == AccountKind.OFFICIAL
