"""The bodies below a province's People's Committee, and the functions each held, with their legal basis."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

PAST = dt.date(2018, 1, 1)
SHARED_OUT_ON = dt.date(2025, 3, 1)
"""Sở Thông tin và Truyền thông ended; its functions went to three bodies (NĐ 45/2025, NĐ 02/2025)."""
MERGED_ON = dt.date(2025, 7, 1)

UNTIL_2025, SINCE_2025, NOW = "NĐ 24/2014/NĐ-CP, NĐ 107/2020/NĐ-CP", "NĐ 45/2025/NĐ-CP", "NĐ 150/2025/NĐ-CP"
POLICE = "NĐ 02/2025/NĐ-CP"
RESIDENCE = "Luật Cư trú 2020"
CIVIL_STATUS, CERTIFICATION, ADOPTION = "Luật Hộ tịch 2014", "NĐ 23/2015/NĐ-CP", "Luật Nuôi con nuôi 2010"
CRIMINAL_RECORD = "Luật Lý lịch tư pháp 2009"

MEDIA = ("press", "publishing", "broadcasting")
TECHNOLOGY = ("digital", "post", "telecom")
OTHER_POLICE = ("identity", "vehicle_registration", "driving_licence")


@dataclass(frozen=True, slots=True)
class Office:
    """A function held for a time; `None` leaves the bounds of the body that holds it."""

    function: str
    legal_basis: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """`number` makes the level-2 code. The bounds are those of the province unless they are given."""

    key: str
    name: str
    short_name: str
    abbreviation: str
    number: int
    offices: tuple[Office, ...] = ()
    is_one_stop: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    succeeds: tuple[str, ...] = ()
    """Bodies of the same province it took over from on SHARED_OUT_ON."""


def hold(
    functions: tuple[str, ...], basis: str, since: dt.date | None = None, until: dt.date | None = None
) -> tuple[Office, ...]:
    return tuple(Office(function, basis, since, until) for function in functions)


LAST_DAY = SHARED_OUT_ON - dt.timedelta(days=1)
CENTRE = Department(
    "ttpvhcc", "Trung tâm Phục vụ hành chính công", "Trung tâm PVHCC", "TTPVHCC", 1, is_one_stop=True
)
JUSTICE = (
    Office("civil_status", CIVIL_STATUS),
    Office("certification", CERTIFICATION),
    Office("adoption", ADOPTION),
)

UNTIL_MERGER = (
    CENTRE,
    Department(
        "stttt",
        "Sở Thông tin và Truyền thông",
        "Sở TT&TT",
        "STTTT",
        11,
        hold((*MEDIA, *TECHNOLOGY, "network_security"), UNTIL_2025),
        valid_to=LAST_DAY,
    ),
    Department(
        "skhcn",
        "Sở Khoa học và Công nghệ",
        "Sở KH&CN",
        "SKHCN",
        3,
        (
            *hold(("science",), UNTIL_2025, until=LAST_DAY),
            *hold(("science", *TECHNOLOGY), SINCE_2025, since=SHARED_OUT_ON),
        ),
        succeeds=("stttt",),
    ),
    Department(
        "svhttdl",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở VHTTDL",
        "SVHTTDL",
        4,
        (
            *hold(("culture",), UNTIL_2025, until=LAST_DAY),
            *hold(("culture", *MEDIA), SINCE_2025, since=SHARED_OUT_ON),
        ),
        succeeds=("stttt",),
    ),
    Department(
        "stp",
        "Sở Tư pháp",
        "Sở Tư pháp",
        "STP",
        5,
        (
            *hold(("justice",), UNTIL_2025, until=LAST_DAY),
            *hold(("justice",), SINCE_2025, since=SHARED_OUT_ON),
            Office("criminal_record", CRIMINAL_RECORD, valid_to=LAST_DAY),
            *JUSTICE,
        ),
    ),
    Department(
        "cat",
        "Công an",
        "Công an",
        "CAT",
        9,
        (
            Office("residence", RESIDENCE),
            *hold(("network_security", "criminal_record", *OTHER_POLICE), POLICE, since=SHARED_OUT_ON),
        ),
        succeeds=("stttt",),
    ),
)

SINCE_MERGER = (
    CENTRE,
    Department(
        "vpubnd",
        "Văn phòng Ủy ban nhân dân",
        "Văn phòng UBND",
        "VPUBND",
        2,
        (Office("procedure_control", "NĐ 118/2025/NĐ-CP"),),
    ),
    Department(
        "skhcn", "Sở Khoa học và Công nghệ", "Sở KH&CN", "SKHCN", 3, hold(("science", *TECHNOLOGY), NOW)
    ),
    Department(
        "svhttdl",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở VHTTDL",
        "SVHTTDL",
        4,
        hold(("culture", *MEDIA), NOW),
    ),
    Department("stp", "Sở Tư pháp", "Sở Tư pháp", "STP", 5, (Office("justice", NOW), *JUSTICE)),
    Department("stc", "Sở Tài chính", "Sở Tài chính", "STC", 6, hold(("finance", "enterprise"), NOW)),
    Department("sxd", "Sở Xây dựng", "Sở Xây dựng", "SXD", 7, hold(("construction", "transport"), NOW)),
    Department(
        "snnmt",
        "Sở Nông nghiệp và Môi trường",
        "Sở NN&MT",
        "SNNMT",
        8,
        hold(("land", "environment", "agriculture"), NOW),
    ),
    Department(
        "cat",
        "Công an",
        "Công an",
        "CAT",
        9,
        (
            Office("residence", RESIDENCE),
            *hold(("network_security", "criminal_record", *OTHER_POLICE), POLICE),
        ),
    ),
    Department(
        "bhxh",
        "Bảo hiểm xã hội",
        "Bảo hiểm xã hội",
        "BHXH",
        10,
        (Office("social_insurance", "Luật Bảo hiểm y tế"),),
    ),
    Department("thue", "Thuế", "Thuế", "THUE", 12, (Office("tax", "Luật Quản lý thuế 2019"),)),
)

PROVINCE_COMMITTEE = (Office("province_committee", "Luật Tổ chức chính quyền địa phương"),)
DISTRICT_UNTIL_MERGER = (
    Office("household_business", "NĐ 01/2021/NĐ-CP"),
    Office("certification", CERTIFICATION),
)
COMMUNE_UNTIL_MERGER = (Office("civil_status", CIVIL_STATUS), Office("certification", CERTIFICATION))
COMMUNE_SINCE_MERGER = (
    Office("civil_status", "Luật Hộ tịch 2014, NĐ 120/2025/NĐ-CP"),
    Office("certification", "NĐ 23/2015/NĐ-CP, NĐ 120/2025/NĐ-CP"),
    Office("adoption", "Luật Nuôi con nuôi 2010, NĐ 120/2025/NĐ-CP"),
    Office("household_business", "NĐ 168/2025/NĐ-CP"),
    Office("land", "NĐ 151/2025/NĐ-CP"),
)
