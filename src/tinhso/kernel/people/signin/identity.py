"""From a completed e-identity sign-in to an account of this site."""

from __future__ import annotations

import logging
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from ..models import Account
from ..selectors import get_account
from ..services import recognise_identity
from .outbound import IdentitySession
from .provider import claims_of

logger = logging.getLogger(__name__)


class IdentityAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """`pre_social_login` has already found or opened the account; no form ever does."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Account:
        return Account()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises what `recognise_identity` raises; nothing is kept then."""
        linked = sociallogin.user if sociallogin.is_existing else None
        known = linked.pk if linked else None
        account_id = recognise_identity(claims=claims_of(sociallogin), linked_account_id=known)
        if known is None:
            sociallogin.connect(request, get_account(account_id))

    def get_requests_session(self) -> IdentitySession:
        return IdentitySession()

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        # The kind of failure only: the exception's text may quote the provider's answer.
        logger.warning(
            "identity sign-in failed", extra={"error": error, "exception": type(exception).__name__}
        )
