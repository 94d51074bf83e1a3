from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.orgs.models import AdministrativeUnit

from .sample import sample_schema

BEFORE = {"valid_from": dt.date(2004, 7, 8), "valid_to": dt.date(2025, 6, 30)}
AFTER = {"valid_from": dt.date(2025, 7, 1), "valid_to": None}


@dataclass(frozen=True)
class Units:
    """Code 07894 is Nông Trang in both orders; 08674 was Hùng Sơn until 30/6/2025 and names nothing after."""

    province: AdministrativeUnit
    commune: AdministrativeUnit


def _unit(
    level: str, code: str, kind: str, name: str, parent: AdministrativeUnit | None, **days: object
) -> AdministrativeUnit:
    return AdministrativeUnit.objects.create(
        level=level, code=code, kind=kind, name=name, full_name=name, parent=parent, **days
    )


@pytest.fixture
def units(db: None) -> Units:
    old = _unit("province", "25", "Tỉnh", "Tỉnh Phú Thọ", None, **BEFORE)
    district = _unit("district", "227", "Thành phố", "Thành phố Việt Trì", old, **BEFORE)
    _unit("commune", "07894", "Phường", "Phường Nông Trang", district, **BEFORE)
    _unit("commune", "08674", "Thị trấn", "Thị trấn Hùng Sơn", district, **BEFORE)
    province = _unit("province", "25", "Tỉnh", "Tỉnh Phú Thọ", None, **AFTER)
    commune = _unit("commune", "07894", "Phường", "Phường Nông Trang", province, **AFTER)
    _unit("commune", "07900", "Phường", "Phường Việt Trì", province, **AFTER)
    hanoi = _unit("province", "01", "Thành phố", "Thành phố Hà Nội", None, **AFTER)
    _unit("commune", "00004", "Phường", "Phường Ba Đình", hanoi, **AFTER)
    return Units(province, commune)


@pytest.fixture
def form() -> FormDefinition:
    return FormDefinition(sample_schema())
