"""Who calls: a program with its token, or a person's browser with the session and the CSRF token."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from ninja.security import APIKeyCookie, HttpBearer

from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.tokens import authenticate_token
from tinhso.kernel.web.access import get_actor_of

from .errors import InvalidTokenError, MissingCsrfTokenError


class TokenAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = authenticate_token(token)
        if actor is None:
            raise InvalidTokenError
        request.actor = actor  # type: ignore[attr-defined]
        return actor


class SessionAuth(APIKeyCookie):
    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)  # checked here, so that the refusal has our code and words

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor = get_actor_of(request)
        if not actor.is_signed_in:
            return None
        refuse_forged(request)
        return actor


class CsrfCheck(CsrfViewMiddleware):
    """Django's check without Django's page for those who fail it."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden(reason)


def refuse_forged(request: HttpRequest) -> None:
    """Errors: MissingCsrfTokenError."""
    check = CsrfCheck(lambda _request: HttpResponseForbidden())
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check.process_request(request)
    if check.process_view(request, HttpResponseForbidden, (), {}) is not None:
        raise MissingCsrfTokenError
