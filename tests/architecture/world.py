"""A prepared province for the route walk: real things of each kind an address may name, and who may know of them."""

from __future__ import annotations

import datetime as dt
import importlib
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import pytest
from conftest import Cast

from tinhso.kernel.clock.models import CalendarDay
from tinhso.kernel.clock.policy import Question
from tinhso.kernel.jobs.models import Delivery
from tinhso.kernel.moment import today
from tinhso.kernel.notify.services import notify
from tinhso.kernel.orgs.models import AdministrativeUnit, Agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.models import Account, Role, RoleAssignment
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.services import delegate_role, issue_token
from tinhso.kernel.registry import registry
from tinhso.kernel.web.tests.places import EVERYTHING, Places

from .routes import Place, Route, fill_in, find_routes


@dataclass(frozen=True)
class World:
    accounts: Mapping[str, Account]
    actors: Mapping[str, Actor]
    told: Sequence[Places]

    @property
    def values(self) -> Mapping[str, Sequence[object]]:
        return ChainMap(*(dict(places.values) for places in self.told))

    @property
    def unreal(self) -> frozenset[str]:
        return frozenset().union(*(places.unreal for places in self.told))

    def find_places(self) -> list[Place]:
        """Every route with every combination of values."""
        values = self.values
        return [place for route in find_routes() for place in fill_in(route, _choose_values(route, values))]

    def may_know(self, member: str, place: Place) -> bool:
        known_to = ChainMap(*(dict(places.known_to) for places in self.told))
        return all(member in known_to.get(value, {member}) for value in place.values.values())


def _choose_values(route: Route, values: Mapping[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    chosen = {name: values.get(f"{route.name}:{name}") or values.get(name) for name in route.parameters}
    if untold := [name for name, given in chosen.items() if given is None]:
        pytest.fail(f"{route.name}: no tests/places.py of a system names anything for {untold}")
    return {name: given for name, given in chosen.items() if given is not None}


def make_world(cast: Cast) -> World:
    accounts = {name: getattr(cast, name) for name in cast.names if name != "nobody"}
    official = accounts[EVERYTHING] = _make_official_with_every_role(cast)
    told = [
        importlib.import_module(f"tinhso.systems.{code}.tests.places").make_places(cast, official)
        for code in (manifest.code for manifest in registry.manifests)
        if find_spec(f"tinhso.systems.{code}") and find_spec(f"tinhso.systems.{code}.tests.places")
    ]
    told.append(_make_kernel_places(cast))
    actors = {name: cast.actor(name) for name in cast.names} | {EVERYTHING: get_actor(official)}
    return World(accounts, actors, told)


def _make_official_with_every_role(cast: Cast) -> Account:
    """And one at an agency of the province, to whom its calendar belongs."""
    province = Agency.objects.create(
        name="Ủy ban nhân dân tỉnh Phú Thọ",
        short_name="UBND tỉnh",
        abbreviation="UBND",
        level="province",
        valid_from=cast.ward.valid_from,
    )
    account = Account.objects.create_user("moiviec", "mat-khau-thu", kind="official", full_name="Hà Văn Đủ")
    held = [(role, cast.ward) for role in Role.objects.all()]
    for role, agency in [*held, (Role.objects.get(code="clock.administrator"), province)]:
        RoleAssignment.objects.create(
            account=account, role=role, agency=agency, title="Kiêm nhiệm", valid_from=agency.valid_from
        )
    return account


def _make_kernel_places(cast: Cast) -> Places:
    """After the systems, whose acts have filled outbox and calendar."""
    lent = delegate_role(
        actor=cast.actor("leader"),
        assignment_id=RoleAssignment.objects.get(account=cast.leader).pk,
        to_account_id=cast.colleague().require_account(),
        valid_from=today(),
        valid_to=today() + dt.timedelta(days=1),
        reason="Đi công tác.",
    )
    unit = AdministrativeUnit.objects.create(
        code="25", valid_from=cast.ward.valid_from, level="province", name="Tỉnh Phú Thọ"
    )
    notification = notify(account_id=cast.citizen.pk, subject="Đã có kết quả", url="/ho-so")
    token = issue_token(actor=cast.actor("citizen"), name="Máy", valid_until=today())
    return Places(
        values={
            "notification_id": [notification],
            "token_id": [token.id],
            "delegation_id": [lent],
            "unit_id": [unit.pk],
            "account_id": [cast.officer.pk],
            "assignment_id": [RoleAssignment.objects.get(account=cast.officer).pk],
            "day_id": [CalendarDay.objects.values_list("pk", flat=True)[0]],
            "year": [today().year + 1],
            "question": [next(iter(Question))],
            "delivery_id": [Delivery.objects.values_list("pk", flat=True)[0]],
            "jobs:rerun:name": [next(job.name for manifest in registry.manifests for job in manifest.jobs)],
            "pk": [1],
            "rest": ["khong-co"],
        },
        known_to={
            notification: frozenset({"citizen"}),
            token.id: frozenset({"citizen"}),
            lent: frozenset({"leader", EVERYTHING}),
        },
        unreal=frozenset({"pk", "rest"}),
    )
