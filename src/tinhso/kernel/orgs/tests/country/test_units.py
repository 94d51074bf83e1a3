"""A code and a day name a territory; a code alone names none."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tinhso.kernel.errors import NotFoundError

from ...errors import UnknownUnitError
from ...keys import get_unit_id
from ...selectors import (
    find_lineage,
    find_other_meanings,
    find_provinces,
    find_units,
    find_units_after,
    find_units_today,
    get_province,
    get_unit,
    get_unit_by_id,
    get_units_for_select,
    search_units,
)

LAST_DAY, FIRST_DAY = dt.date(2025, 6, 30), dt.date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("level", "code", "before", "after"),
    [
        ("province", "80", "Tỉnh Long An", "Tỉnh Tây Ninh"),
        (
            "commune",
            "00004",
            "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội",
            "Phường Ba Đình, Thành phố Hà Nội",
        ),
        (
            "commune",
            "08746",
            "Phường Xuân Hòa, Thành phố Phúc Yên, Tỉnh Vĩnh Phúc",
            "Phường Xuân Hòa, Tỉnh Phú Thọ",
        ),
    ],
)
def test_the_day_decides_what_a_code_means(level: str, code: str, before: str, after: str) -> None:
    assert get_unit(level, code, LAST_DAY).full_name == before
    assert get_unit(level, code, FIRST_DAY).full_name == after
    assert get_unit(level, code, dt.date(2004, 7, 8)).full_name == before
    assert get_unit(level, code, dt.date(2026, 11, 25)).full_name == after


def test_before_the_codes_there_was_nothing() -> None:
    with pytest.raises(UnknownUnitError):
        get_unit("province", "80", dt.date(2004, 7, 7))


def test_an_unknown_code_says_what_it_means_on_other_days() -> None:
    with pytest.raises(UnknownUnitError) as refusal:
        get_unit("province", "26", FIRST_DAY)

    assert refusal.value.code == "orgs.unknown_unit"
    assert refusal.value.sentence == (
        "Ngày 01/07/2025 không có đơn vị cấp tỉnh nào mang mã 26. "
        "Mã này là Tỉnh Vĩnh Phúc cho đến hết 30/06/2025."
    )
    assert refusal.value.extra()["other_meanings"][0]["name"] == "Tỉnh Vĩnh Phúc"


def test_the_refusal_in_english() -> None:
    with override("en"), pytest.raises(UnknownUnitError) as refusal:
        get_unit("commune", "11948", LAST_DAY)

    with override("en"):
        assert refusal.value.sentence == (
            "On 30 Jun 2025 no unit of commune level bears the code 11948. "
            "The code means Đặc khu Bạch Long Vĩ, Thành phố Hải Phòng since 1 Jul 2025."
        )


def test_a_unit_is_found_by_its_id_for_ever() -> None:
    vinh_phuc = get_unit_id("province", "26", dt.date(2004, 7, 8))

    assert get_unit_by_id(vinh_phuc).name == "Tỉnh Vĩnh Phúc"
    with pytest.raises(NotFoundError):
        get_unit_by_id(get_unit_id("province", "26", FIRST_DAY))


def test_provinces_and_what_is_below_them() -> None:
    phu_tho = get_province(FIRST_DAY)

    assert [find_provinces(day).count() for day in (LAST_DAY, FIRST_DAY)] == [63, 34]
    assert find_units(phu_tho.pk, FIRST_DAY).count() == 148
    assert find_units(phu_tho.pk, LAST_DAY).count() == 0
    assert find_units(get_province(LAST_DAY).pk, LAST_DAY).count() == 13


def test_names_come_in_vietnamese_order() -> None:
    provinces = [p.proper_name for p in find_provinces(FIRST_DAY) if p.kind == "Tỉnh"]

    assert provinces[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
    assert provinces.index("Điện Biên") < provinces.index("Đồng Nai") < provinces.index("Gia Lai")


def test_a_list_is_paged_by_its_last_unit() -> None:
    units = find_units(get_province(FIRST_DAY).pk, FIRST_DAY)

    pages, last = [], None
    while page := list(find_units_after(units, last)[:60]):
        pages.append(page)
        last = page[-1]

    assert [len(page) for page in pages] == [60, 60, 28]
    assert [u for page in pages for u in page] == list(units)


def test_communes_to_choose_from_carry_their_district_while_there_were_districts() -> None:
    before, after = get_units_for_select("26", LAST_DAY), get_units_for_select("25", FIRST_DAY)

    assert (len(before), len(after)) == (121, 148)
    assert {c.group for c in after} == {""}
    assert len({c.group for c in before}) == 9
    assert [c.name for c in before if c.group == "Thành phố Vĩnh Yên"][:2] == [
        "Phường Định Trung",
        "Phường Đống Đa",
    ]


def test_other_meanings_of_a_code() -> None:
    tay_ninh = get_unit("province", "80", FIRST_DAY)

    assert [u.name for u in find_other_meanings(tay_ninh)] == ["Tỉnh Long An"]
    assert find_other_meanings(get_unit("commune", "11948", FIRST_DAY)) == []


@pytest.mark.parametrize(
    ("text", "day", "first"),
    [
        ("viet tri", FIRST_DAY, "Phường Việt Trì, Tỉnh Phú Thọ"),
        ("PHÚ THỌ", FIRST_DAY, "Tỉnh Phú Thọ"),
        ("phu tho, vinh yen", FIRST_DAY, "Phường Vĩnh Yên, Tỉnh Phú Thọ"),
        ("vinh tuong vinh phuc", LAST_DAY, "Huyện Vĩnh Tường, Tỉnh Vĩnh Phúc"),
        ("80", LAST_DAY, "Tỉnh Long An"),
        ("80", FIRST_DAY, "Tỉnh Tây Ninh"),
        ("dong thap", FIRST_DAY, "Tỉnh Đồng Tháp"),
        ("phuong 5 go vap", LAST_DAY, "Phường 5, Quận Gò Vấp, Thành phố Hồ Chí Minh"),
    ],
)
def test_search(text: str, day: dt.date, first: str) -> None:
    found = search_units(text, day).first()

    assert found is not None
    assert found.full_name == first


def test_search_is_of_the_day_and_of_the_level() -> None:
    assert not search_units("vinh phuc tinh", FIRST_DAY, level="province").exists()
    assert [u.name for u in search_units("vinh phuc", LAST_DAY, level="province")] == ["Tỉnh Vĩnh Phúc"]
    assert not search_units("khong co xa nay", FIRST_DAY).exists()


def test_search_runs_on_the_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE orgs_administrativeunit")

    plan = search_units("khai quang vinh yen", LAST_DAY).explain()

    assert "Bitmap Index Scan on orgs_unit_full_name_folded" in plan


def test_a_province_came_from_three() -> None:
    lineage = find_lineage(get_province(FIRST_DAY).pk)

    assert [(x.unit.name, x.kind, x.on, x.changes) for x in lineage.came_from] == [
        ("Tỉnh Hòa Bình", "whole", FIRST_DAY, 1),
        ("Tỉnh Phú Thọ", "whole", FIRST_DAY, 1),
        ("Tỉnh Vĩnh Phúc", "whole", FIRST_DAY, 1),
    ]
    assert lineage.became == ()


def test_a_split_commune_lies_in_two_today() -> None:
    split = get_unit("commune", "04891", LAST_DAY)

    today = find_units_today(split.pk, dt.date(2026, 11, 25))

    assert [(x.unit.name, x.kind, x.is_default) for x in today] == [
        ("Phường Thống Nhất", "part", False),
        ("Xã Tiền Phong", "part", True),
    ]


def test_lineage_takes_two_queries_a_reform_each_way() -> None:
    with CaptureQueriesContext(connection) as queries:
        lineage = find_lineage(get_unit_id("province", "26", dt.date(2004, 7, 8)))

    assert [x.unit.name for x in lineage.became] == ["Tỉnh Phú Thọ"]
    assert len(queries) == 3
