"""The agencies of the demo province: Phú Thọ since 1/7/2025, and the three provinces it was made of.

Level-1 codes are those of the 2020 table (H28 Hòa Bình, H44 Phú Thọ, H62 Vĩnh Phúc); the merged province keeps
H44 because it keeps the name (QĐ 09/2025/QĐ-TTg, article 2.2), and the other two are closed. Codes below level 1
are examples. When the bodies of before 2025 began is not told here: they are shown from PAST on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tinhso.kernel.orgs.models import IdentifierScheme, UnitLevel
from tinhso.kernel.orgs.selectors import find_units, get_unit
from tinhso.kernel.orgs.services import AgencyRow, FunctionRow, IdentifierRow, SuccessionRow, UnitRef

PAST = dt.date(2018, 1, 1)
OLD_CODES_FROM, NEW_CODES_FROM = dt.date(2018, 11, 23), dt.date(2020, 9, 15)
"""TT 01/2018/TT-VPCP was signed; QĐ 20/2020/QĐ-TTg came into force."""
DEPARTMENTS_FROM = dt.date(2025, 3, 1)
"""Sở Thông tin và Truyền thông was shared out (NĐ 45/2025/NĐ-CP, NĐ 02/2025/NĐ-CP)."""
MERGED_ON = dt.date(2025, 7, 1)
DAY = dt.timedelta(days=1)

KEPT_CODE = "Giữ mã cấp 1 của tỉnh cùng tên (QĐ 09/2025/QĐ-TTg, điều 2)"
EXAMPLE_CODE = "Mã cấp dưới chỉ để minh họa"

Office = tuple[str, str]
"""(function, legal basis)"""


@dataclass(frozen=True, slots=True)
class Department:
    """A body directly below the People's Committee of a province. `number` makes its level-2 code."""

    key: str
    name: str
    short_name: str
    abbreviation: str
    number: int
    offices: tuple[Office, ...] = ()
    is_one_stop: bool = False


ORGANISED_2014, ORGANISED_2025, ORGANISED_NOW = (
    "NĐ 24/2014/NĐ-CP, NĐ 107/2020/NĐ-CP",
    "NĐ 45/2025/NĐ-CP",
    "NĐ 150/2025/NĐ-CP",
)
POLICE_2025 = "NĐ 02/2025/NĐ-CP"
CIVIL_STATUS, CERTIFICATION = "Luật Hộ tịch 2014", "NĐ 23/2015/NĐ-CP"
TWO_LEVELS_OF_JUSTICE = "NĐ 120/2025/NĐ-CP"
RESIDENCE = "Luật Cư trú 2020"

MEDIA = ("press", "publishing", "broadcasting")
TECHNOLOGY = ("digital", "post", "telecom")


def hold(functions: tuple[str, ...], legal_basis: str) -> tuple[Office, ...]:
    return tuple((function, legal_basis) for function in functions)


CENTRE = Department(
    "ttpvhcc", "Trung tâm Phục vụ hành chính công", "Trung tâm PVHCC", "TTPVHCC", 1, is_one_stop=True
)
JUSTICE = (("justice", ORGANISED_NOW), ("civil_status", CIVIL_STATUS), ("certification", CERTIFICATION))
PRESENT = (
    CENTRE,
    Department(
        "vpubnd",
        "Văn phòng Ủy ban nhân dân",
        "Văn phòng UBND",
        "VPUBND",
        2,
        (("procedure_control", "NĐ 118/2025/NĐ-CP"),),
    ),
    Department(
        "skhcn",
        "Sở Khoa học và Công nghệ",
        "Sở KH&CN",
        "SKHCN",
        3,
        hold(("science", *TECHNOLOGY), ORGANISED_NOW),
    ),
    Department(
        "svhttdl",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở VHTTDL",
        "SVHTTDL",
        4,
        hold(("culture", *MEDIA), ORGANISED_NOW),
    ),
    Department(
        "stp", "Sở Tư pháp", "Sở Tư pháp", "STP", 5, (*JUSTICE, ("adoption", "Luật Nuôi con nuôi 2010"))
    ),
    Department(
        "stc", "Sở Tài chính", "Sở Tài chính", "STC", 6, hold(("finance", "enterprise"), ORGANISED_NOW)
    ),
    Department(
        "sxd", "Sở Xây dựng", "Sở Xây dựng", "SXD", 7, hold(("construction", "transport"), ORGANISED_NOW)
    ),
    Department(
        "snnmt",
        "Sở Nông nghiệp và Môi trường",
        "Sở NN&MT",
        "SNNMT",
        8,
        hold(("land", "environment", "agriculture"), ORGANISED_NOW),
    ),
    Department(
        "cat",
        "Công an",
        "Công an",
        "CAT",
        9,
        (
            ("residence", RESIDENCE),
            *hold(
                (
                    "network_security",
                    "criminal_record",
                    "identity",
                    "vehicle_registration",
                    "driving_licence",
                ),
                POLICE_2025,
            ),
        ),
    ),
    Department(
        "bhxh",
        "Bảo hiểm xã hội",
        "Bảo hiểm xã hội",
        "BHXH",
        10,
        (("social_insurance", "Luật Bảo hiểm y tế"),),
    ),
)

PAST_DEPARTMENTS = (
    CENTRE,
    Department(
        "stttt",
        "Sở Thông tin và Truyền thông",
        "Sở TT&TT",
        "STTTT",
        11,
        hold((*MEDIA, *TECHNOLOGY), ORGANISED_2014),
    ),
    Department("skhcn", "Sở Khoa học và Công nghệ", "Sở KH&CN", "SKHCN", 3, hold(TECHNOLOGY, ORGANISED_2025)),
    Department(
        "svhttdl", "Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL", "SVHTTDL", 4, hold(MEDIA, ORGANISED_2025)
    ),
)
SHARED_OUT = "stttt"
HEIRS = {"skhcn", "svhttdl"}


@dataclass(frozen=True, slots=True)
class Province:
    """A province for a time: `code` of its territory, `letters` of its agencies."""

    key: str
    name: str
    code: str
    letters: str
    valid_from: dt.date
    valid_to: dt.date | None = None


PHU_THO = Province("pt", "Phú Thọ", "25", "H44", MERGED_ON)
VINH_PHUC = Province("vp", "Vĩnh Phúc", "26", "H62", PAST, MERGED_ON - DAY)


def agency_rows() -> Iterator[AgencyRow]:
    """Every agency of the demo, parents before children, those of the past first."""
    yield from _past(VINH_PHUC)
    yield from _present()
    yield from _communes()


def _past(province: Province) -> Iterator[AgencyRow]:
    yield _committee(province)
    for department in PAST_DEPARTMENTS:
        ends = DEPARTMENTS_FROM - DAY if department.key == SHARED_OUT else province.valid_to
        holds_from = DEPARTMENTS_FROM if department.key in HEIRS else province.valid_from
        succeeds = (SuccessionRow(f"{province.key}.{SHARED_OUT}", DEPARTMENTS_FROM, ORGANISED_2025),)
        yield _department(
            province,
            department,
            functions=tuple(FunctionRow(name, basis, holds_from, ends) for name, basis in department.offices),
            valid_to=ends,
            succeeds=succeeds if department.key in HEIRS else (),
        )


def _present() -> Iterator[AgencyRow]:
    yield _committee(PHU_THO, (SuccessionRow(VINH_PHUC.key, MERGED_ON, "NQ 202/2025/QH15"),))
    inherited = {department.key for department in PAST_DEPARTMENTS} - {SHARED_OUT}
    for department in PRESENT:
        succession = SuccessionRow(f"{VINH_PHUC.key}.{department.key}", MERGED_ON, "NQ 202/2025/QH15")
        yield _department(
            PHU_THO,
            department,
            functions=tuple(FunctionRow(name, basis, MERGED_ON) for name, basis in department.offices),
            valid_to=None,
            succeeds=(succession,) if department.key in inherited else (),
        )


def _communes() -> Iterator[AgencyRow]:
    province = get_unit(UnitLevel.PROVINCE, PHU_THO.code, MERGED_ON)
    for number, unit in enumerate(find_units(province.pk, MERGED_ON), start=20):
        ref = UnitRef(UnitLevel.COMMUNE, unit.code, MERGED_ON)
        kind, _space, rest = unit.name.partition(" ")
        name = f"{kind.lower()} {rest}"
        code = f"{PHU_THO.letters}.{number:02d}"
        yield AgencyRow(
            key=f"pt.{unit.code}",
            name=f"Ủy ban nhân dân {name}",
            short_name=f"UBND {name}",
            abbreviation="UBND",
            level="commune",
            parent=PHU_THO.key,
            unit=ref,
            valid_from=MERGED_ON,
            identifiers=(IdentifierRow(IdentifierScheme.QD20_2020, code, MERGED_ON, note=EXAMPLE_CODE),),
        )
        yield AgencyRow(
            key=f"pt.{unit.code}.ttpvhcc",
            name=f"Trung tâm Phục vụ hành chính công {name}",
            short_name=f"Trung tâm PVHCC {name}",
            abbreviation="TTPVHCC",
            level="commune",
            parent=f"pt.{unit.code}",
            unit=ref,
            is_one_stop=True,
            valid_from=MERGED_ON,
            identifiers=(
                IdentifierRow(IdentifierScheme.QD20_2020, f"{code}.01", MERGED_ON, note=EXAMPLE_CODE),
            ),
        )


def _committee(province: Province, succeeds: tuple[SuccessionRow, ...] = ()) -> AgencyRow:
    codes = [
        IdentifierRow(
            IdentifierScheme.QD20_2020,
            province.letters,
            max(NEW_CODES_FROM, province.valid_from),
            province.valid_to,
            KEPT_CODE,
        )
    ]
    if province.valid_from < NEW_CODES_FROM:
        codes.append(
            IdentifierRow(
                IdentifierScheme.TT01_2018, f"000.00.00.{province.letters}", OLD_CODES_FROM, province.valid_to
            )
        )
    return AgencyRow(
        key=province.key,
        name=f"Ủy ban nhân dân tỉnh {province.name}",
        short_name=f"UBND tỉnh {province.name}",
        abbreviation="UBND",
        level="province",
        unit=UnitRef(UnitLevel.PROVINCE, province.code, province.valid_to or province.valid_from),
        valid_from=province.valid_from,
        valid_to=province.valid_to,
        identifiers=tuple(codes),
        functions=(
            FunctionRow(
                "province_committee",
                "Luật Tổ chức chính quyền địa phương",
                province.valid_from,
                province.valid_to,
            ),
        ),
        succeeds=succeeds,
    )


def _department(
    province: Province,
    department: Department,
    *,
    functions: tuple[FunctionRow, ...],
    valid_to: dt.date | None,
    succeeds: tuple[SuccessionRow, ...],
) -> AgencyRow:
    codes = [
        IdentifierRow(
            IdentifierScheme.QD20_2020,
            f"{province.letters}.{department.number:02d}",
            max(NEW_CODES_FROM, province.valid_from),
            valid_to,
            EXAMPLE_CODE,
        )
    ]
    if province.valid_from < NEW_CODES_FROM:
        codes.append(
            IdentifierRow(
                IdentifierScheme.TT01_2018,
                f"000.00.{department.number:02d}.{province.letters}",
                OLD_CODES_FROM,
                valid_to,
                EXAMPLE_CODE,
            )
        )
    return AgencyRow(
        key=f"{province.key}.{department.key}",
        name=f"{department.name} tỉnh {province.name}",
        short_name=f"{department.short_name} {province.name}",
        abbreviation=department.abbreviation,
        level="province",
        parent=province.key,
        unit=UnitRef(UnitLevel.PROVINCE, province.code, province.valid_to or province.valid_from),
        is_one_stop=department.is_one_stop,
        valid_from=province.valid_from,
        valid_to=valid_to,
        identifiers=tuple(codes),
        functions=functions,
        succeeds=succeeds,
    )
