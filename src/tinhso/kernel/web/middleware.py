"""Language of the request, and refusals turned into pages a person can act on."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.people.models import Account

from .refusals import answer_refusal

Next = Callable[[HttpRequest], HttpResponse]
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
YEAR = 365 * 24 * 3600


def set_language_cookie(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


class LanguageMiddleware:
    """The cookie decides; without one, the account of a signed-in person; else Vietnamese.

    The browser's own preference is not asked: most phones here speak English to people who do not.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        remembered = "" if chosen in LANGUAGES else _find_account_language(request)
        language = chosen if chosen in LANGUAGES else remembered or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        if remembered and settings.LANGUAGE_COOKIE_NAME not in response.cookies:
            set_language_cookie(response, remembered)
        return response


def _find_account_language(request: HttpRequest) -> str:
    """No query of its own: Django keeps the account it finds here as `request.user`."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    account = get_user(request)
    return account.language if isinstance(account, Account) and account.language in LANGUAGES else ""


class RefusalMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_refusal(request, error) if isinstance(error, TinhSoError) else None
