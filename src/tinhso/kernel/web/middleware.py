"""Language of the request, and refusals turned into pages a person can act on."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
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
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    account_id = request.session.get(SESSION_KEY)
    if not account_id:
        return ""
    language = Account.objects.filter(pk=account_id).values_list("language", flat=True).first()
    return language if language in LANGUAGES else ""


class RefusalMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_refusal(request, error) if isinstance(error, TinhSoError) else None
