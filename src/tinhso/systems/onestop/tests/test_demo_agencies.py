"""Whoever held an office on a day is found by that day, through the shares and mergers of 2025."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

import pytest
import pytest_django
from django.db import transaction

from tinhso.kernel.orgs.errors import NoOwnerError, UnknownAgencyError
from tinhso.kernel.orgs.keys import get_agency_id
from tinhso.kernel.orgs.models import Agency, AgencyFunction, AgencyIdentifier, AgencySuccession
from tinhso.kernel.orgs.selectors import (
    find_heirs,
    get_agency_by_identifier,
    get_agency_for_function,
    get_identifier,
    get_unit,
)
from tinhso.kernel.orgs.services import load_agencies, load_units

from ..demo.agencies import agency_rows

pytestmark = pytest.mark.django_db

LAST_OF_OLD, FIRST_SHARED = dt.date(2025, 2, 28), dt.date(2025, 3, 1)
LAST_DAY, FIRST_DAY, TODAY = dt.date(2025, 6, 30), dt.date(2025, 7, 1), dt.date(2026, 11, 25)


@pytest.fixture(scope="module", autouse=True)
def province(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_units()
        load_agencies(rows=agency_rows())
        yield
        transaction.set_rollback(True)


def get_vinh_phuc() -> UUID:
    return get_unit("province", "26", LAST_DAY).pk


def count_rows() -> list[int]:
    return [m._default_manager.count() for m in (Agency, AgencyIdentifier, AgencyFunction, AgencySuccession)]


def test_loading_again_changes_nothing() -> None:
    before = count_rows()

    assert load_agencies(rows=agency_rows()) == 3 * 7 + 9 + 121 + 12 + 148 * 2
    assert count_rows() == before


@pytest.mark.parametrize(
    ("function", "until_february", "until_june"),
    [
        ("press", "Sở TT&TT Vĩnh Phúc", "Sở VHTTDL Vĩnh Phúc"),
        ("publishing", "Sở TT&TT Vĩnh Phúc", "Sở VHTTDL Vĩnh Phúc"),
        ("post", "Sở TT&TT Vĩnh Phúc", "Sở KH&CN Vĩnh Phúc"),
        ("digital", "Sở TT&TT Vĩnh Phúc", "Sở KH&CN Vĩnh Phúc"),
        ("network_security", "Sở TT&TT Vĩnh Phúc", "Công an Vĩnh Phúc"),
        ("criminal_record", "Sở Tư pháp Vĩnh Phúc", "Công an Vĩnh Phúc"),
        ("science", "Sở KH&CN Vĩnh Phúc", "Sở KH&CN Vĩnh Phúc"),
    ],
)
def test_an_office_changes_hands_overnight(function: str, until_february: str, until_june: str) -> None:
    unit = get_vinh_phuc()

    owners = [
        get_agency_for_function(function, day, unit).short_name
        for day in (LAST_OF_OLD, FIRST_SHARED, LAST_DAY)
    ]

    assert owners == [until_february, until_june, until_june]
    assert get_agency_for_function(function, FIRST_DAY).short_name == until_june.replace(
        "Vĩnh Phúc", "Phú Thọ"
    )


def test_a_province_that_is_no_more_owns_nothing() -> None:
    with pytest.raises(NoOwnerError) as refusal:
        get_agency_for_function("press", FIRST_DAY, get_vinh_phuc())

    assert refusal.value.sentence == (
        "Ngày 01/07/2025 chưa có cơ quan nào được giao việc “press” ở địa bàn này."
    )


def test_the_nearest_territory_that_has_the_office_decides() -> None:
    ward = get_unit("commune", "07900", TODAY)
    old_commune = get_unit("commune", "08866", LAST_DAY)

    assert get_agency_for_function("civil_status", TODAY, ward.pk).name == "Ủy ban nhân dân phường Việt Trì"
    assert get_agency_for_function("criminal_record", TODAY, ward.pk).short_name == "Công an Phú Thọ"
    assert get_agency_for_function("civil_status", TODAY).short_name == "Sở Tư pháp Phú Thọ"
    assert (
        get_agency_for_function("household_business", LAST_DAY, old_commune.pk).name
        == "Ủy ban nhân dân huyện Lập Thạch"
    )


def test_both_forms_of_a_code_name_the_agency_while_it_bore_them() -> None:
    committee = get_agency_by_identifier("H62", LAST_DAY)

    assert committee.name == "Ủy ban nhân dân tỉnh Vĩnh Phúc"
    assert get_agency_by_identifier("000.00.00.h62", LAST_DAY) == committee
    assert get_identifier(committee.pk, LAST_DAY) == "H62"
    assert get_identifier(committee.pk, LAST_DAY, "tt01_2018") == "000.00.00.H62"
    with pytest.raises(UnknownAgencyError):
        get_agency_by_identifier("H62", FIRST_DAY)


def test_h44_passes_from_the_old_phu_tho_to_the_new() -> None:
    before, after = (get_agency_by_identifier("H44", day) for day in (LAST_DAY, FIRST_DAY))

    assert before != after
    assert before.name == after.name == "Ủy ban nhân dân tỉnh Phú Thọ"
    assert {old.name for old in after.predecessors.all()} == {
        f"Ủy ban nhân dân tỉnh {name}" for name in ("Hòa Bình", "Phú Thọ", "Vĩnh Phúc")
    }


def test_heirs_of_a_body_that_was_shared_out_and_merged() -> None:
    department = get_agency_id("vp.stttt")

    then = [agency.short_name for agency in find_heirs(department, dt.date(2025, 4, 1))]
    now = [agency.short_name for agency in find_heirs(department, TODAY)]

    assert then == ["Công an Vĩnh Phúc", "Sở KH&CN Vĩnh Phúc", "Sở VHTTDL Vĩnh Phúc"]
    assert now == ["Công an Phú Thọ", "Sở KH&CN Phú Thọ", "Sở VHTTDL Phú Thọ"]
    assert [a.pk for a in find_heirs(department, LAST_OF_OLD)] == [department]


def test_a_commune_of_vinh_phuc_and_its_heir() -> None:
    old = get_agency_for_function("civil_status", LAST_DAY, get_unit("commune", "08746", LAST_DAY).pk)

    assert old.name == "Ủy ban nhân dân phường Xuân Hòa"
    assert get_identifier(old.pk, LAST_DAY, "tt01_2018") == "000.04.32.H62"
    assert [heir.name for heir in find_heirs(old.pk, TODAY)] == ["Ủy ban nhân dân phường Xuân Hòa"]
    assert find_heirs(old.pk, TODAY)[0].predecessors.count() == 4
