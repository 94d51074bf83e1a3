from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import Actor, ActorKind, Post
from tinhso.kernel.people.models import Account, Role, RoleAssignment

from ..permissions import EDIT_CALENDAR

START = dt.date(2025, 7, 1)


@pytest.fixture
def province(db: None) -> Agency:
    return Agency.objects.create(
        name="Văn phòng Ủy ban nhân dân tỉnh",
        short_name="Văn phòng UBND tỉnh",
        level="province",
        valid_from=START,
    )


@pytest.fixture
def ward(db: None) -> Agency:
    return Agency.objects.create(
        name="Ủy ban nhân dân phường Việt Trì",
        short_name="UBND phường Việt Trì",
        level="commune",
        valid_from=START,
    )


@pytest.fixture
def administrator(province: Agency) -> Account:
    return _administrator("lich.tinh", "Hà Thị Vân", province)


@pytest.fixture
def ward_administrator(ward: Agency) -> Account:
    return _administrator("lich.phuong", "Bùi Quang Huy", ward)


def _administrator(username: str, name: str, agency: Agency) -> Account:
    role, _ = Role.objects.get_or_create(
        code="clock.administrator", defaults={"name": "Quản trị lịch", "permissions": [EDIT_CALENDAR]}
    )
    account = Account.objects.create_user(username, "mat-khau-thu", kind="official", full_name=name)
    RoleAssignment.objects.create(
        account=account, role=role, agency=agency, title="Chuyên viên", valid_from=START
    )
    return account


@pytest.fixture
def editor() -> Callable[[Agency], Actor]:
    """An actor who may edit the calendar of one agency, without an account behind."""

    def make(agency: Agency) -> Actor:
        post = Post(
            agency.pk, agency.short_name, "Chuyên viên", frozenset({EDIT_CALENDAR}), frozenset({agency.pk})
        )
        return Actor(ActorKind.OFFICIAL, account_id=agency.pk, name="Thử", agency_id=agency.pk, posts=(post,))

    return make
