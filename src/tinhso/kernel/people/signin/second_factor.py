"""The second factor of officials: an authenticator app, or a passkey."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import registry

from ..actor import Actor
from ..models import Account

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã chưa đúng. Mỗi mã chỉ dùng trong 30 giây, lấy mã mới rồi gõ lại."),
        "cannot_delete_authenticator": _("Chưa gỡ được thiết bị này."),
        "cannot_generate_recovery_codes": _(
            "Thêm ứng dụng tạo mã hoặc khóa truy cập trước, rồi mới tạo mã dự phòng."
        ),
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database alone must not let anybody compute codes."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.full_name} if isinstance(user, Account) else entity


def _cipher() -> MultiFernet:
    """The secret key in use encrypts; those before it still decrypt."""
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret: str | bytes) -> Fernet:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"tinhso.people.second_factor").derive(
        force_bytes(secret)
    )
    return Fernet(base64.urlsafe_b64encode(derived))


def has_second_factor(account: Account) -> bool:
    return Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists()


def needs_second_factor(actor: Actor) -> bool:
    """Whether a role of today holds anything that one factor does not open."""
    guarded = registry.guarded_permissions
    return any(post.permissions & guarded for post in actor.posts)


def find_withheld(request: HttpRequest, account: Account) -> frozenset[str]:
    """Permissions this session does not carry. No query: the session tells how it was opened."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return frozenset()
    records = get_authentication_records(request, account)
    if any(record.get("method") == "mfa" for record in records):
        return frozenset()
    return registry.guarded_permissions
