"""What surrounds every operation: its mark of access, the language asked for, and no answer but JSON."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from ninja.operation import PathView

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.people.actor import NOBODY
from tinhso.kernel.web.access import Access, Who

from .errors import MethodNotAllowedError, UnreadableRequestError
from .problems import answer_problem

View = Callable[..., HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def put_doors(routes: list[URLPattern | URLResolver]) -> list[URLPattern]:
    return [
        URLPattern(route.pattern, put_door(route.callback), route.default_args, route.name)
        for route in routes
        if isinstance(route, URLPattern)
    ]


def put_door(view: View) -> View:
    """The same view behind the door of the API. The view's own authentication does the refusing."""
    who = find_access(view)

    @csrf_exempt
    @functools.wraps(view, updated=())
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(choose_language(request)):
            response = _answer(view, who, request, *args, **kwargs)
            response.headers.setdefault("Content-Language", translation.get_language())
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        return response

    enter.access = Access(who)  # type: ignore[attr-defined]
    return enter


def find_access(view: View) -> Who:
    """ALL when any operation at the address lets everybody in, as the address has one mark."""
    owner = inspect.getclosurevars(view).nonlocals.get("self") if inspect.isfunction(view) else None
    operations = owner.operations if isinstance(owner, PathView) else []  # ninja gives a closure over it
    is_closed = bool(operations) and all(operation.auth_callbacks for operation in operations)
    return Who.SIGNED_IN if is_closed else Who.ALL


def choose_language(request: HttpRequest) -> str:
    """The cookie of the language switch, else what the program asks for, else Vietnamese."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or "Accept-Language" not in request.headers:
        return translation.get_language() or settings.LANGUAGE_CODE
    for name, _weight in parse_accept_lang_header(request.headers["Accept-Language"]):
        language = name.split("-")[0]
        if language in dict(settings.LANGUAGES):
            return language
    return settings.LANGUAGE_CODE


def answer_unknown(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    return answer_problem(request, NotFoundError())


def _answer(view: View, who: Who, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if "%00" in request.get_full_path() or "\x00" in request.get_full_path():
        return answer_problem(request, UnreadableRequestError())
    if who is Who.ALL and request.method not in SAFE:
        # Nothing checked the CSRF token, so the session's cookie speaks for nobody.
        request.actor = NOBODY  # type: ignore[attr-defined]
    try:
        response = view(request, *args, **kwargs)
    except Http404 as error:
        return answer_problem(request, error)
    if response.status_code == 405:
        refused = answer_problem(request, MethodNotAllowedError(method=request.method))
        refused["Allow"] = response.headers.get("Allow", "")
        return refused
    return response
