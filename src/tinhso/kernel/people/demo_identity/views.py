"""The demo provider's own pages: its description, and the page where one picks who to be."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import convert_response, extract_params, get_validator_context
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from oauthlib.oauth2.rfc6749.errors import FatalClientError, OAuth2Error

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.web.access import open_to_all

from ..models import Account, AccountKind
from .adapter import find_demo_people
from .client import get_demo_client
from .errors import DemoIdentityRequestError

FOUND_SHOWN, CITIZENS_SHOWN, ORGANISATIONS_SHOWN = 24, 16, 6


@open_to_all
@require_GET
def describe(request: HttpRequest) -> JsonResponse:
    """OpenID Connect discovery: only what this provider does."""
    return JsonResponse(
        {
            "issuer": settings.IDENTITY_SERVER_URL,
            "authorization_endpoint": settings.SITE_URL + reverse("demo_identity:authorize"),
            "token_endpoint": settings.SITE_URL + reverse("demo_identity:token"),
            "userinfo_endpoint": settings.SITE_URL + reverse("demo_identity:userinfo"),
            "jwks_uri": settings.SITE_URL + reverse("demo_identity:jwks"),
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid", "profile"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Pick a demo person on GET; on POST go back with a code for that person."""
    # Codes go only to the address this very browser is talking to.
    callback = request.build_absolute_uri(
        reverse("openid_connect_callback", kwargs={"provider_id": settings.IDENTITY_PROVIDER})
    )
    client = get_demo_client()
    client.set_redirect_uris([callback])
    get_validator_context().clients[client.pk] = client
    try:
        scopes, told = get_server().validate_authorization_request(*extract_params(request))
        if request.method == "POST" and "stop" in request.POST:
            refused = urlencode({"error": "access_denied", "state": told.get("state") or ""})
            return HttpResponseRedirect(f"{callback}?{refused}")
        if request.method == "POST":
            return _send_back(request, scopes, told, _get_person(request.POST.get("person", "")))
    except FatalClientError as error:
        raise DemoIdentityRequestError from error
    except OAuth2Error as error:
        return HttpResponseRedirect(error.in_uri(error.redirect_uri or callback))
    return _show_people(request)


def _send_back(
    request: HttpRequest, scopes: list[str], told: dict[str, Any], person: Account
) -> HttpResponse:
    credentials = {**told, "user": person}
    headers, body, status = get_server().create_authorization_response(
        *extract_params(request), scopes=scopes, credentials=credentials
    )
    response: HttpResponse = convert_response(headers, body, status)
    return response


def _get_person(text: str) -> Account:
    try:
        account_id = UUID(text)
    except ValueError as error:
        raise NotFoundError from error
    person = find_demo_people().filter(pk=account_id).first()
    if person is None:
        raise NotFoundError
    return person


def _show_people(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("tim", "").split())
    people = _find_people(words)
    context = {
        "people": people,
        "is_cut": _count_people(words) > len(people),
        "words": words,
        "query": [(key, value) for key, value in request.GET.items() if key != "tim"],
    }
    return render(request, "people/demo_identity.html", context)


def _find_people(words: str) -> list[Account]:
    """By name; without a name those a demo made first, which are those with most to show."""
    if words:
        return list(_search(words).order_by("kind", "full_name", "pk")[:FOUND_SHOWN])
    people = find_demo_people().order_by("pk")
    citizens = people.filter(kind=AccountKind.CITIZEN)[:CITIZENS_SHOWN]
    return [*citizens, *people.filter(kind=AccountKind.ORGANISATION)[:ORGANISATIONS_SHOWN]]


def _count_people(words: str) -> int:
    return (_search(words) if words else find_demo_people()).count()


def _search(words: str) -> QuerySet[Account]:
    return find_demo_people().filter(full_name__folded_words=words)
