"""The one authentication backend: who may be let in at all, whichever door he comes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from .models import Account

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


def may_authenticate(account: Account) -> bool:
    """Demo accounts, whose passwords are printed on the screen, exist only in the demo profile."""
    return account.is_active and (settings.IS_DEMO or not account.is_demo)


class AccountBackend(AuthenticationBackend):
    """Passwords are for officials; every session is held against `may_authenticate` on each request."""

    def user_can_authenticate(self, user: Account | AnonymousUser | None) -> bool:
        return isinstance(user, Account) and may_authenticate(user)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        # A citizen's row has no usable password; asking for the kind as well keeps it so if one appears.
        if isinstance(user, Account) and not user.is_official:
            return None
        return super()._check_password(user, password)
