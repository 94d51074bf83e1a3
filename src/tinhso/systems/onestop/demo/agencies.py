"""The agencies of the demo province: Phú Thọ since 1/7/2025, and the three provinces it was made of.

Level-1 codes are those of the 2020 table (H28 Hòa Bình, H44 Phú Thọ, H62 Vĩnh Phúc); the merged province keeps
H44 because it keeps the name (QĐ 09/2025/QĐ-TTg, article 2.2), and the other two are closed. Codes below level 1
are examples. When the bodies of before 2025 began is not told here: they are shown from PAST on.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tinhso.kernel.orgs.models import AdministrativeUnit, IdentifierScheme, UnitLevel, UnitLineage
from tinhso.kernel.orgs.selectors import find_units, get_unit
from tinhso.kernel.orgs.services import AgencyRow, FunctionRow, IdentifierRow, SuccessionRow, UnitRef

from .departments import (
    COMMUNE_SINCE_MERGER,
    COMMUNE_UNTIL_MERGER,
    DISTRICT_UNTIL_MERGER,
    MERGED_ON,
    PAST,
    PROVINCE_COMMITTEE,
    SHARED_OUT_ON,
    SINCE_2025,
    SINCE_MERGER,
    UNTIL_MERGER,
    Department,
    Office,
)

OLD_CODES_FROM, NEW_CODES_FROM = dt.date(2018, 11, 23), dt.date(2020, 9, 15)
"""TT 01/2018/TT-VPCP was signed; QĐ 20/2020/QĐ-TTg came into force."""
LAST_DAY = MERGED_ON - dt.timedelta(days=1)

KEPT_CODE = "Bảng mã 2020; giữ mã của tỉnh cùng tên (QĐ 09/2025/QĐ-TTg, điều 2)"
CLOSED_CODE = "Bảng mã 2020; đóng khi sáp nhập (QĐ 09/2025/QĐ-TTg, điều 2)"
EXAMPLE_CODE = "Mã cấp dưới chỉ để minh họa"
PROVINCES_MERGED, COMMUNES_MERGED = "NQ 202/2025/QH15", "Nghị quyết của UBTVQH ngày 16/06/2025"
FIRST_DISTRICT, FIRST_COMMUNE = 31, 20
"""Where the numbers of districts and of communes begin among the level-2 codes."""


@dataclass(frozen=True, slots=True)
class Province:
    """A province for a time: `code` of its territory, `letters` of its agencies."""

    key: str
    name: str
    code: str
    letters: str
    code_note: str
    valid_from: dt.date
    valid_to: dt.date | None = None

    @property
    def unit(self) -> UnitRef:
        return UnitRef(UnitLevel.PROVINCE, self.code, self.valid_to or self.valid_from)

    def write_codes(self, new: str, old: str, since: dt.date, until: dt.date | None, note: str) -> Codes:
        """Both forms of a code, each from the day its rule began; none where the body ended before."""
        new_from, old_from = max(NEW_CODES_FROM, since), max(OLD_CODES_FROM, since)
        codes = [IdentifierRow(IdentifierScheme.QD20_2020, f"{self.letters}{new}", new_from, until, note)]
        if self.valid_to is not None:
            code = f"{old}.{self.letters}"
            codes.append(IdentifierRow(IdentifierScheme.TT01_2018, code, old_from, until, note))
        return tuple(codes)


Codes = tuple[IdentifierRow, ...]

PHU_THO = Province("pt", "Phú Thọ", "25", "H44", KEPT_CODE, MERGED_ON)
VINH_PHUC = Province("vp", "Vĩnh Phúc", "26", "H62", CLOSED_CODE, PAST, LAST_DAY)
HOA_BINH = Province("hb", "Hòa Bình", "17", "H28", CLOSED_CODE, PAST, LAST_DAY)
PHU_THO_BEFORE = Province("pt-2018", "Phú Thọ", "25", "H44", KEPT_CODE, PAST, LAST_DAY)
BEFORE = (VINH_PHUC, HOA_BINH, PHU_THO_BEFORE)


def agency_rows() -> Iterator[AgencyRow]:
    """Every agency of the demo, parents before children, those of the past first."""
    for province in BEFORE:
        yield _make_committee(province)
        for department in UNTIL_MERGER:
            yield _make_department(province, department)
    yield from _make_districts(VINH_PHUC)
    yield _make_committee(PHU_THO, succeeds=_succeed(p.key for p in BEFORE))
    lasted = {department.key for department in UNTIL_MERGER if department.valid_to is None}
    for department in SINCE_MERGER:
        keys = [f"{p.key}.{department.key}" for p in BEFORE if department.key in lasted]
        yield _make_department(PHU_THO, department, _succeed(keys))
    yield from _make_communes(PHU_THO)


def _make_committee(province: Province, succeeds: tuple[SuccessionRow, ...] = ()) -> AgencyRow:
    since, until = province.valid_from, province.valid_to
    return AgencyRow(
        key=province.key,
        name=f"Ủy ban nhân dân tỉnh {province.name}",
        short_name=f"UBND tỉnh {province.name}",
        abbreviation="UBND",
        level="province",
        unit=province.unit,
        valid_from=since,
        valid_to=until,
        identifiers=province.write_codes("", "000.00.00", since, until, province.code_note),
        functions=_make_functions(PROVINCE_COMMITTEE, since, until),
        succeeds=succeeds,
    )


def _make_department(
    province: Province, department: Department, succeeds: tuple[SuccessionRow, ...] = ()
) -> AgencyRow:
    since, until = province.valid_from, department.valid_to or province.valid_to
    number = f"{department.number:02d}"
    within = tuple(
        SuccessionRow(f"{province.key}.{key}", SHARED_OUT_ON, SINCE_2025) for key in department.succeeds
    )
    return AgencyRow(
        key=f"{province.key}.{department.key}",
        name=f"{department.name} tỉnh {province.name}",
        short_name=f"{department.short_name} {province.name}",
        abbreviation=department.abbreviation,
        level="province",
        parent=province.key,
        unit=province.unit,
        is_one_stop=department.is_one_stop,
        valid_from=since,
        valid_to=until,
        identifiers=province.write_codes(f".{number}", f"000.00.{number}", since, until, EXAMPLE_CODE),
        functions=_make_functions(department.offices, since, until),
        succeeds=(*within, *succeeds),
    )


def _make_districts(province: Province) -> Iterator[AgencyRow]:
    """The committees of the districts and communes of a province that is no more, in the order of their codes."""
    top = get_unit(UnitLevel.PROVINCE, province.code, LAST_DAY)
    for number, district in enumerate(find_units(top.pk, LAST_DAY).order_by("code"), start=FIRST_DISTRICT):
        yield _make_local(
            province,
            district,
            parent=province.key,
            codes=(f".{number}", f"000.00.{number}"),
            offices=DISTRICT_UNTIL_MERGER,
            is_one_stop=True,
        )
        for below, commune in enumerate(find_units(district.pk, LAST_DAY).order_by("code"), start=1):
            yield _make_local(
                province,
                commune,
                parent=_write_key(province, district),
                codes=(f".{number}.{below:02d}", f"000.{below:02d}.{number}"),
                offices=COMMUNE_UNTIL_MERGER,
                is_one_stop=True,
            )


def _make_communes(province: Province) -> Iterator[AgencyRow]:
    """Each committee with the public service centre below it (NĐ 118/2025/NĐ-CP)."""
    top = get_unit(UnitLevel.PROVINCE, province.code, MERGED_ON)
    predecessors = _find_predecessors(VINH_PHUC)
    for number, unit in enumerate(find_units(top.pk, MERGED_ON), start=FIRST_COMMUNE):
        key = _write_key(province, unit)
        yield _make_local(
            province,
            unit,
            parent=province.key,
            codes=(f".{number:02d}", ""),
            offices=COMMUNE_SINCE_MERGER,
            succeeds=_succeed(predecessors[unit.code], COMMUNES_MERGED),
        )
        yield AgencyRow(
            key=f"{key}.ttpvhcc",
            name=f"Trung tâm Phục vụ hành chính công {_write_name(unit)}",
            short_name=f"Trung tâm PVHCC {_write_name(unit)}",
            abbreviation="TTPVHCC",
            level="commune",
            parent=key,
            unit=UnitRef(UnitLevel.COMMUNE, unit.code, MERGED_ON),
            is_one_stop=True,
            valid_from=MERGED_ON,
            identifiers=province.write_codes(f".{number:02d}.01", "", MERGED_ON, None, EXAMPLE_CODE),
        )


def _make_local(
    province: Province,
    unit: AdministrativeUnit,
    *,
    parent: str,
    codes: tuple[str, str],
    offices: tuple[Office, ...],
    is_one_stop: bool = False,
    succeeds: tuple[SuccessionRow, ...] = (),
) -> AgencyRow:
    since, until = province.valid_from, province.valid_to
    return AgencyRow(
        key=_write_key(province, unit),
        name=f"Ủy ban nhân dân {_write_name(unit)}",
        short_name=f"UBND {_write_name(unit)}",
        abbreviation="UBND",
        level=unit.level,
        parent=parent,
        unit=UnitRef(unit.level, unit.code, until or since),
        is_one_stop=is_one_stop,
        valid_from=since,
        valid_to=until,
        identifiers=province.write_codes(*codes, since, until, EXAMPLE_CODE),
        functions=_make_functions(offices, since, until),
        succeeds=succeeds,
    )


def _make_functions(
    offices: tuple[Office, ...], since: dt.date, until: dt.date | None
) -> tuple[FunctionRow, ...]:
    return tuple(
        FunctionRow(o.function, o.legal_basis, o.valid_from or since, o.valid_to or until) for o in offices
    )


def _succeed(keys: Iterable[str], legal_basis: str = PROVINCES_MERGED) -> tuple[SuccessionRow, ...]:
    return tuple(SuccessionRow(key, MERGED_ON, legal_basis) for key in keys)


def _find_predecessors(province: Province) -> dict[str, list[str]]:
    """For each commune of today, by its code, the committees of a past province whose communes went into it."""
    old = f"Tỉnh {province.name}"
    links = UnitLineage.objects.filter(
        on=MERGED_ON, old__level=UnitLevel.COMMUNE, old__full_name__endswith=f", {old}"
    )
    found: dict[str, list[str]] = defaultdict(list)
    for link in links.select_related("old", "new").order_by("old__code"):
        found[link.new.code].append(_write_key(province, link.old))
    return found


def _write_key(province: Province, unit: AdministrativeUnit) -> str:
    return f"{province.key}.{unit.code}"


def _write_name(unit: AdministrativeUnit) -> str:
    """phường Việt Trì"""
    return f"{unit.kind.lower()} {unit.name.removeprefix(unit.kind).strip()}"
