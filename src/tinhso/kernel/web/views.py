from __future__ import annotations

import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.errors import NotFoundError, NotPermittedError

from .access import get_actor_of, open_to_all, signed_in
from .errors import MalformedRequestError, StaleFormError
from .kit import make_kit
from .middleware import LANGUAGES, set_language_cookie
from .palette import find_in_palette
from .refusals import answer_failure, answer_refusal
from .services import remember_language
from .shell import Shell


@open_to_all
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if language in LANGUAGES:
        set_language_cookie(response, language)
        actor = get_actor_of(request)
        if actor.account_id:
            remember_language(account_id=actor.account_id, language=language)
    return response


@signed_in
@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """The rows alone for the dialog; a page of its own where no script runs."""
    query = request.GET.get("q", "")[:200]
    groups = find_in_palette(Shell(request), query)
    page = "web/parts/palette_results.html" if "X-Fragment" in request.headers else "web/palette.html"
    return render(request, page, {"groups": groups, "query": query})


@open_to_all
@require_GET
def kit(request: HttpRequest) -> HttpResponse:
    if not settings.IS_DEMO:
        raise Http404
    return render(request, "web/kit.html", make_kit())


@open_to_all
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@open_to_all
@require_GET
def personal_data(request: HttpRequest) -> HttpResponse:
    return render(request, "web/personal_data.html")


@open_to_all
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    body = {
        "name": "Tỉnh Số",
        "short_name": "Tỉnh Số",
        "lang": "vi",
        "start_url": "/",
        "display": "browser",
        "background_color": "#faf8f4",
        "theme_color": "#9e1b1e",
        "icons": [{"src": static("built/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@open_to_all
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """The demo is not to be found by search engines and taken for the province."""
    rule = "Disallow: /" if settings.IS_DEMO else "Disallow: /api/"
    return HttpResponse(f"User-agent: *\n{rule}\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer_refusal(request, MalformedRequestError())


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF check failed: the page is older than the session."""
    return answer_refusal(request, StaleFormError())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer_refusal(request, NotFoundError())


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer_refusal(request, NotPermittedError())


def failure(request: HttpRequest) -> HttpResponse:
    """Django calls it while it handles the error, and does not hand the error over."""
    return answer_failure(request, sys.exception())
