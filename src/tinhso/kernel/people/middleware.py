"""Puts the actor on the request: `request.actor`, loaded when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .actor import NOBODY, Actor
from .models import Account
from .selectors import get_actor
from .signin.second_factor import find_withheld

AGENCY_KEY = "agency_id"


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: find_actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def find_actor(request: HttpRequest) -> Actor:
    if not isinstance(request.user, Account):
        return NOBODY
    chosen = request.session.get(AGENCY_KEY)
    return get_actor(
        request.user, UUID(chosen) if chosen else None, withheld=find_withheld(request, request.user)
    )
