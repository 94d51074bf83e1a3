"""Every address with every member of the cast: the mark on the view and the rights over rows decide, and nothing breaks.

What each may answer follows from two things alone: the access mark the view carries, and whether the member may
know of the thing the address names.
"""

from __future__ import annotations

import functools
import itertools
import json
from typing import Any

import pytest
from conftest import Cast
from django.conf import settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tinhso.kernel.api.urls import api
from tinhso.kernel.web.access import Access, Who
from tinhso.kernel.web.tests.places import EVERYTHING

from .routes import Place, find_routes, make_example
from .world import World, make_world

pytestmark = pytest.mark.django_db

MEMBERS = (*Cast.names, EVERYTHING)
CSRF = "k" * 32
METHODS = ("GET", "POST")
NO_ANSWER = 502
"""What is said when another machine does not answer; in the walk none does."""
CALLED_BY_PROGRAMS = ("demo_identity:", "demo-payment-", "demo-national-portal")
"""Stand-ins of other machines, which ours calls without cookies."""


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


class Visitor:
    """A member of the cast, at each door as if for the first time: whatever a visit changes is undone."""

    def __init__(self, world: World, member: str) -> None:
        self.world, self.member = world, member
        client = Client()
        if member != "nobody":
            client.force_login(world.accounts[member])
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.bodies = find_bodies()

    def visit(self, method: str, place: Place, csrf: str = CSRF) -> HttpResponseBase:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies.load({**self.cookies, settings.CSRF_COOKIE_NAME: CSRF})
        body, media_type = self._write_body(method, place)
        headers = {"X-CSRFToken": csrf, "Idempotency-Key": "walk-0001"}
        before = transaction.savepoint()  # no block: what calls another machine refuses to run inside one
        response = client.generic(method, place.path, body, media_type, headers=headers)
        for _ in response if response.streaming else ():
            pass  # read to its end, which closes the file
        transaction.savepoint_rollback(before)
        return response

    def _write_body(self, method: str, place: Place) -> tuple[str, str]:
        if not place.route.is_api:
            return "", "application/x-www-form-urlencoded"
        body = self.bodies.get((method, place.route.description_path), {})
        known = {name: str(self.world.values[name][0]) for name in body if name in self.world.values}
        return json.dumps({**body, **known}), "application/json"


@functools.cache
def find_bodies() -> dict[tuple[str, str], dict[str, Any]]:
    """By method and address: the least that the API's description asks for."""
    schema = api.get_openapi_schema()
    bodies = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content:
                example = make_example(content["schema"], schema["components"]["schemas"])
                bodies[method.upper(), path] = example
    return bodies


def is_led_to_sign_in(response: HttpResponseBase) -> bool:
    leads = response.status_code == 302 and response["Location"].startswith(
        f"{reverse('account_login')}?next="
    )
    return leads or response.status_code == 401


def find_fault(world: World, member: str, place: Place, response: HttpResponseBase) -> str:
    """What is wrong with the answer; empty when it is one the mark and the gates allow."""
    status, access = response.status_code, place.route.access
    assert access is not None
    holds = access.who is not Who.PERMITTED or world.actors[member].may(access.permission)
    if status >= 500 and status != NO_ANSWER:
        fault = "broke"
    elif access.who is not Who.ALL and member == "nobody":
        fault = "" if is_led_to_sign_in(response) or status == 405 else "let nobody in"
    elif access.who is not Who.ALL and is_led_to_sign_in(response):
        fault = "sent a signed-in member to sign in"
    elif not holds:
        fault = "" if status == 403 else "let somebody in without the permission"
    elif not world.may_know(member, place):
        fault = "" if status in {403, 404, 405} else "told a stranger of it"
    else:
        fault = ""
    return fault


def test_every_route_carries_its_mark() -> None:
    assert [route.template for route in find_routes() if route.access is None] == []


@pytest.mark.parametrize("member", MEMBERS)
def test_each_door_opens_to_whom_its_mark_and_the_gates_say(world: World, member: str) -> None:
    visitor = Visitor(world, member)

    faults = [
        f"{method} {place} {fault}: {response.status_code}"
        for place in world.find_places()
        for method in METHODS
        if (fault := find_fault(world, member, place, response := visitor.visit(method, place)))
    ]

    assert not faults, "\n".join(faults)


def test_whatever_an_address_names_somebody_reaches_it(world: World) -> None:
    """Were a thing not there at all, every stranger would be refused, and rightly."""
    visitors = [Visitor(world, member) for member in (EVERYTHING, "citizen", "officer", "leader")]
    named = [
        place
        for place in world.find_places()
        if place.values and not world.unreal & {place.route.name, *place.values}
    ]

    reached: set[str] = set()
    for place, method, visitor in itertools.product(named, METHODS, visitors):
        if place.route.name not in reached and has_answer(visitor.visit(method, place)):
            reached.add(place.route.name)

    assert {place.route.name for place in named} - reached == set()


def has_answer(response: HttpResponseBase) -> bool:
    return response.status_code not in {401, 403, 404, 405}


def test_a_form_of_another_site_changes_nothing(world: World) -> None:
    visitor = Visitor(world, EVERYTHING)

    taken = [
        f"{place}: {response.status_code}"
        for place in world.find_places()
        if not place.route.name.startswith(CALLED_BY_PROGRAMS)
        and not (place.route.is_api and place.route.access == Access(Who.ALL))
        and (response := visitor.visit("POST", place, csrf="")).status_code not in {403, 404, 405}
    ]

    assert not taken, "\n".join(taken)
