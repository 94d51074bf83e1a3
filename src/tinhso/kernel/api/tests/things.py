"""A small API that only these tests know, mounted beside nothing else."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from django.db import connection
from django.http import HttpRequest
from django.urls import include, path
from ninja import Query, Router, Schema
from pydantic import Field

from tinhso.kernel.api.door import answer_unknown, put_door, put_doors
from tinhso.kernel.api.interface import IdempotencyKey, make_api
from tinhso.kernel.api.paging import Cursor, Limit, Page, cut_page
from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.errors import StaleActionError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.access import get_actor_of

router = Router(tags=["things"])


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class ThingIn(Schema):
    name: Annotated[str, Field(min_length=2, max_length=10)]
    count: Annotated[int, Field(ge=1)]
    made_on: dt.date
    colour: Colour = Colour.RED
    parts: list[PartIn] = []


class PartIn(Schema):
    id: UUID


class WhoOut(Schema):
    kind: str
    name: str


class EntryOut(Schema):
    sequence: int
    action: str


class StaleThingError(StaleActionError):
    def extra(self) -> dict[str, object]:
        return {"state": {"revision": 7}}


@router.get("/who", response=WhoOut)
def who(request: HttpRequest) -> Actor:
    return get_actor_of(request)


@router.post("/who", response=WhoOut)
def change_who(request: HttpRequest) -> Actor:
    return get_actor_of(request)


@router.get("/open", response=WhoOut, auth=None)
def open_who(request: HttpRequest) -> Actor:
    return get_actor_of(request)


@router.post("/open", response=WhoOut, auth=None)
def change_open(request: HttpRequest) -> Actor:
    return get_actor_of(request)


@router.post("/things", response=ThingIn, auth=None)
def make_thing(request: HttpRequest, thing: ThingIn) -> ThingIn:
    return thing


@router.post("/once", response=str, auth=None)
def make_once(request: HttpRequest, key: IdempotencyKey) -> str:
    return key


@router.get("/entries", response=Page[EntryOut], auth=None)
def list_entries(request: HttpRequest, after: Cursor = "", limit: Limit = 2) -> Page[EntryOut]:
    rows, following = cut_page(AuditEntry.objects.all(), ("-at", "stream", "id"), after, limit)
    return Page[EntryOut](items=[EntryOut.from_orm(row) for row in rows], next=following)


@router.get("/stale", auth=None)
def stale(request: HttpRequest) -> None:
    raise StaleThingError


@router.get("/broken", auth=None)
def broken(request: HttpRequest) -> None:
    raise RuntimeError("số định danh 025091000417")


@router.get("/too-large", auth=None)
def too_large(request: HttpRequest, number: Annotated[int, Query()]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [number])


ThingIn.model_rebuild()
api = make_api("api-of-the-tests")
api.add_router("/things", router)
urlpatterns = [
    path("api/v1/", include((put_doors(api.urls[0]), "api-of-the-tests"))),
    path("api/<path:rest>", put_door(answer_unknown)),
]
