"""The national e-identity as an OpenID Connect provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from ..identity import IdentityClaims, parse_claims
from .own_site import is_own_site

CLAIMS = "national_claims"
ENDPOINTS = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class NationalIdentityFlow(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        config = cast("dict[str, Any]", super().openid_config)
        missing = [name for name in ENDPOINTS if not isinstance(config.get(name), str)]
        if missing:
            raise OAuth2Error(f"the provider's configuration lacks {', '.join(missing)}")
        return config

    @property
    def authorize_url(self) -> str:
        """The demo's own provider is opened at the address this browser already uses (localhost, a LAN name)."""
        url = str(self.openid_config["authorization_endpoint"])
        return self.request.build_absolute_uri(urlsplit(url).path) if is_own_site(url) else url

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Always with its signature: TLS alone is not asked to vouch for a citizen's name."""
        try:
            return cast(
                "dict[str, Any]",
                jwtkit.verify_and_decode(
                    credential=id_token,
                    keys_url=self.openid_config["jwks_uri"],
                    issuer=self.openid_config["issuer"],
                    audience=app.client_id,
                    lookup_kid=jwtkit.lookup_kid_jwk,
                ),
            )
        except KeyError as error:
            raise OAuth2Error("the id token or the key set lacks a member") from error


class NationalIdentityProvider(OpenIDConnectProvider):
    oauth2_adapter_class = NationalIdentityFlow

    def sociallogin_from_response(self, request: HttpRequest, response: Mapping[str, Any]) -> SocialLogin:
        """Raises OAuth2Error when the two answers name different subjects, and what `parse_claims` raises."""
        login = cast(SocialLogin, super().sociallogin_from_response(request, response))
        setattr(login, CLAIMS, parse_claims(join_claims(response)))
        return login

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        subject = join_claims(data).get("sub")
        if not isinstance(subject, str) or not subject:
            raise OAuth2Error("the provider named no subject")
        return subject

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing: the claims go to the account, where they are marked as personal data."""
        return {}

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[Any]:
        return []


def join_claims(answers: Mapping[str, Any]) -> dict[str, Any]:
    """ID token and userinfo as one. The token is signed, so it wins; both must speak of one subject."""
    token, userinfo = answers.get("id_token"), answers.get("userinfo")
    if not isinstance(token, dict):
        raise OAuth2Error("the provider sent no id token")
    if isinstance(userinfo, dict) and userinfo.get("sub") != token.get("sub"):
        raise OAuth2Error("id token and userinfo name different subjects")
    return {**(userinfo or {}), **token}


def claims_of(login: SocialLogin) -> IdentityClaims:
    return cast(IdentityClaims, getattr(login, CLAIMS))
