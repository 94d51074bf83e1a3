"""The shipped files hold the country as the law has it, before and after 1/7/2025."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from uuid import UUID

import pytest

from ..shipped import ShippedCountry, ShippedUnit, UnknownKeyError, read_country

LAST_DAY, FIRST_DAY = "2025-06-30", "2025-07-01"


@pytest.fixture(scope="module")
def shipped() -> ShippedCountry:
    return read_country()


def find(shipped: ShippedCountry, level: str, *, new: bool) -> dict[str, ShippedUnit]:
    return {u.code: u for u in shipped.units if u.level == level and (u.valid_from == FIRST_DAY) is new}


def test_the_counts_are_those_of_the_two_decisions(shipped: ShippedCountry) -> None:
    counts = Counter((u.level, u.valid_from, u.valid_to) for u in shipped.units)
    kinds = Counter(u.kind for u in find(shipped, "commune", new=True).values())

    assert counts == {
        ("province", "2004-07-08", LAST_DAY): 63,
        ("district", "2004-07-08", LAST_DAY): 696,
        ("commune", "2004-07-08", LAST_DAY): 10035,
        ("province", FIRST_DAY, None): 34,
        ("commune", FIRST_DAY, None): 3321,
    }
    assert kinds == {"Xã": 2621, "Phường": 687, "Đặc khu": 13}


def test_every_name_begins_with_its_kind_and_ends_with_its_province(shipped: ShippedCountry) -> None:
    provinces = {u.name for u in shipped.units if u.level == "province"}

    assert [u.name for u in shipped.units if not u.name.startswith(f"{u.kind} ")] == []
    assert {u.full_name.split(", ")[-1] for u in shipped.units} == provinces


def test_the_reused_codes(shipped: ShippedCountry) -> None:
    old, new = find(shipped, "commune", new=False), find(shipped, "commune", new=True)
    before, after = find(shipped, "province", new=False), find(shipped, "province", new=True)

    changed = {c: (before[c].name, after[c].name) for c in after if before[c].name != after[c].name}

    assert sorted(new.keys() - old.keys()) == ["11948", "19742", "20333", "21548", "26732"]
    assert len(new.keys() & old.keys()) == 3316
    assert changed == {
        "15": ("Tỉnh Yên Bái", "Tỉnh Lào Cai"),
        "24": ("Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"),
        "44": ("Tỉnh Quảng Bình", "Tỉnh Quảng Trị"),
        "52": ("Tỉnh Bình Định", "Tỉnh Gia Lai"),
        "80": ("Tỉnh Long An", "Tỉnh Tây Ninh"),
        "82": ("Tỉnh Tiền Giang", "Tỉnh Đồng Tháp"),
        "91": ("Tỉnh Kiên Giang", "Tỉnh An Giang"),
    }
    assert " ".join(sorted(before.keys() - after.keys())) == (
        "02 06 10 17 26 27 30 34 35 36 45 49 54 58 60 62 64 67 70 72 74 77 83 84 87 89 93 94 95"
    )


def test_every_unit_goes_somewhere_and_comes_from_somewhere(shipped: ShippedCountry) -> None:
    heirs: dict[UUID, list[str]] = defaultdict(list)
    for link in shipped.lineage:
        heirs[link.old_id].append(link.kind)
    old = {u.id for u in shipped.units if u.valid_to}
    new = {u.id for u in shipped.units if not u.valid_to}

    assert heirs.keys() == old
    assert {link.new_id for link in shipped.lineage} == new
    assert {tuple(set(kinds)) for kinds in heirs.values()} == {("whole",), ("part",)}
    assert {len(kinds) for kinds in heirs.values() if kinds[0] == "whole"} == {1}
    assert min(len(kinds) for kinds in heirs.values() if kinds[0] == "part") == 2


def test_471_communes_were_split_and_each_has_one_default(shipped: ShippedCountry) -> None:
    communes = {u.id for u in find(shipped, "commune", new=False).values()}
    split = {link.old_id for link in shipped.lineage if link.kind == "part"} & communes
    defaults = Counter(link.old_id for link in shipped.lineage if link.is_default)

    assert len(split) == 471
    assert defaults == dict.fromkeys(split, 1)


def test_phu_tho_is_148_communes_from_three_provinces(shipped: ShippedCountry) -> None:
    by_id = {u.id: u for u in shipped.units}
    new = {u.id for u in shipped.units if u.full_name.endswith("Tỉnh Phú Thọ") and u.valid_to is None}
    links = [link for link in shipped.lineage if link.new_id in new and by_id[link.old_id].level == "commune"]

    sources = Counter(
        (by_id[new_id].kind, by_id[old_id].full_name.split(", ")[-1])
        for new_id, old_id in {link.new_id: link.old_id for link in links}.items()
    )

    assert len(new) == 149
    assert len(links) == 121 + 151 + 207 + 3  # three were split, each in two
    assert Counter(kind for kind, _ in sources.elements()) == {"Xã": 133, "Phường": 15}
    assert Counter(province for _, province in sources.elements()) == {
        "Tỉnh Vĩnh Phúc": 36,
        "Tỉnh Hòa Bình": 46,
        "Tỉnh Phú Thọ": 66,
    }


def test_an_island_district_became_a_special_zone(shipped: ShippedCountry) -> None:
    by_id = {u.id: u.full_name for u in shipped.units}

    links = [
        (by_id[x.old_id], by_id[x.new_id], x.kind) for x in shipped.lineage if "Côn Đảo" in by_id[x.new_id]
    ]

    assert links == [
        ("Huyện Côn Đảo, Tỉnh Bà Rịa - Vũng Tàu", "Đặc khu Côn Đảo, Thành phố Hồ Chí Minh", "whole")
    ]


def test_ids_are_fixed_for_ever(shipped: ShippedCountry) -> None:
    phu_tho = find(shipped, "province", new=True)["25"]

    assert len({u.id for u in shipped.units}) == 14149
    assert phu_tho.id == UUID("e318f5c2-efa5-5f55-a572-821fce34d423")


def test_a_file_that_names_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    header, row, *_ = (
        (Path(__file__).parents[1] / "data" / "units.csv").read_text(encoding="utf-8").split("\n")
    )
    (tmp_path / "units.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    (tmp_path / "lineage.csv").write_text(
        "on,old,new,kind,is_default\n2025-07-01,province/01,province/99,whole,0\n", encoding="utf-8"
    )

    with pytest.raises(UnknownKeyError, match="province/99 on 2025-07-01"):
        read_country(tmp_path)
