"""What the demo provider says of the demo people: the claims the national one is known to send."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, PrivateKey
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from ..models import Account, AccountKind
from .keys import get_private_key


class DemoIdentityAdapter(DefaultOIDCAdapter):
    def get_issuer(self) -> str:
        return str(settings.IDENTITY_SERVER_URL)

    def list_private_keys(
        self, *, did_activate: Literal[True] | None = None, is_active: Literal[True] | None = None
    ) -> list[PrivateKey]:
        return [PrivateKey(pem=get_private_key(Path(settings.DEMO_IDENTITY_KEY)))]

    def get_user_sub(self, client: Client, user: AbstractBaseUser) -> str:
        return f"demo-{user.pk}"

    def get_user_by_sub(self, client: Client, sub: str) -> Account | None:
        try:
            account_id = UUID(sub.removeprefix("demo-"))
        except ValueError:
            return None
        return find_demo_people().filter(pk=account_id).first()

    def get_claims(
        self,
        purpose: Literal["id_token", "userinfo"],
        user: AbstractBaseUser,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        if purpose == "userinfo" and isinstance(user, Account):
            claims |= make_national_claims(user)
        return claims


def find_demo_people() -> QuerySet[Account]:
    """Demo citizens and organisations; an official signs in by password."""
    return Account.objects.filter(
        is_demo=True, is_active=True, kind__in=(AccountKind.CITIZEN, AccountKind.ORGANISATION)
    )


def make_national_claims(account: Account) -> dict[str, Any]:
    kinds = {kind: int(code) for code, kind in settings.IDENTITY_ACCOUNT_KINDS.items()}
    claims: dict[str, Any] = {
        "LoaiTaiKhoan": kinds[account.kind],
        "SoDinhDanh": account.personal_number or account.organisation_number,
        "HoVaTen": account.full_name,
        "TechID": account.tech_id or f"demo{account.pk.hex[:20]}",
        "IAL": account.identity_level or 2,
    }
    if account.born_on:
        claims["NgayThangNamSinh"] = f"{account.born_on:%d/%m/%Y}"
    return claims
