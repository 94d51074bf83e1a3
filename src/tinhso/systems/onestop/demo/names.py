"""People who do not exist, named and numbered as people are."""

from __future__ import annotations

import datetime as dt
import random

SURNAMES = (
    ("Nguyễn", 38), ("Trần", 11), ("Lê", 9), ("Phạm", 7), ("Hoàng", 5), ("Phan", 4), ("Vũ", 4), ("Đặng", 3),
    ("Bùi", 4), ("Đỗ", 3), ("Hồ", 1), ("Ngô", 2), ("Dương", 2), ("Lý", 1), ("Hà", 2), ("Đinh", 2), ("Tạ", 1),
    ("Phùng", 2), ("Cao", 1), ("Kiều", 1),
)  # fmt: skip
MALE_MIDDLE = ("Văn", "Đức", "Minh", "Quang", "Hữu", "Công", "Xuân", "Tuấn", "Quốc", "Mạnh", "Thành", "Bá")
FEMALE_MIDDLE = ("Thị", "Thu", "Ngọc", "Thanh", "Hồng", "Thị Kim", "Thị Thu", "Phương", "Minh", "Thị Hồng")
MALE_GIVEN = (
    "Dũng", "Hùng", "Cường", "Tuấn", "Nam", "Sơn", "Hải", "Long", "Thắng", "Bình", "Phong", "Quân", "Huy", "Khôi",
    "Đạt", "Việt", "Lâm", "Kiên", "Toàn", "Trung", "Vinh", "Phúc", "Lộc", "Tùng",
)  # fmt: skip
FEMALE_GIVEN = (
    "Lan", "Hà", "Hương", "Nhung", "Oanh", "Trang", "Linh", "Thảo", "Hạnh", "Yến", "Mai", "Ngân", "Nga", "Hiền",
    "Loan", "Thủy", "Dung", "Hoa", "Anh", "Vân", "Quỳnh", "Chi", "Hằng", "Phượng",
)  # fmt: skip
BIRTH_PREFIXES = ("025", "025", "025", "026", "026", "017")
"""Phú Thọ, Vĩnh Phúc and Hòa Bình as they were when these people were born."""
STREETS = (
    "Hùng Vương",
    "Trần Phú",
    "Nguyễn Tất Thành",
    "Lạc Long Quân",
    "Âu Cơ",
    "Quang Trung",
    "Mê Linh",
    "Kim Ngọc",
)
ORGANISATIONS: dict[str, tuple[str, ...]] = {
    "Công ty TNHH In Đất Tổ": ("publishing",),
    "Công ty Cổ phần In và Bao bì Mê Linh": ("publishing",),
    "Xưởng in Hùng Vương": ("publishing",),
    "Công ty TNHH In Sông Lô": ("publishing",),
    "Nhà sách Âu Cơ": (
        "publishing",
        "province_committee",
    ),
    "Công ty TNHH Sách Lạc Hồng": (
        "publishing",
        "province_committee",
    ),
    "Hiệp hội Chè Đồi Xanh": (
        "press",
        "publishing",
        "province_committee",
    ),
    "Hội Doanh nhân Đất Tổ": (
        "press",
        "publishing",
        "province_committee",
    ),
    "Trường Cao đẳng nghề Sông Thao": (
        "press",
        "publishing",
        "province_committee",
        "science",
    ),
    "Bệnh viện Sông Thao": (
        "press",
        "publishing",
        "province_committee",
    ),
    "Ban Quản lý Di tích Lạc Long": (
        "press",
        "province_committee",
    ),
    "Khách sạn Tam Đảo Xanh": ("broadcasting",),
    "Khu nghỉ dưỡng Suối Mơ": ("broadcasting",),
    "Công ty Cổ phần Bưu chính Nhanh Sông Thao": (
        "post",
        "transport",
    ),
    "Công ty TNHH Chuyển phát Bình Xuyên": (
        "post",
        "transport",
    ),
    "Hợp tác xã Chuyển phát Lâm Thao": ("post",),
    "Công ty TNHH Vận tải Lạc Hồng": ("transport",),
    "Hợp tác xã Vận tải Sông Đà": ("transport",),
    "Công ty Cổ phần Xe khách Mê Linh": ("transport",),
    "Công ty TNHH Taxi Đất Tổ": ("transport",),
    "Trung tâm Ươm tạo Hùng Vương": ("science",),
    "Công ty TNHH Địa ốc Yên Lạc": (
        "land",
        "construction",
    ),
    "Công ty Cổ phần Xây dựng Phúc Yên": (
        "land",
        "construction",
    ),
}
"""Organisations that do not exist, and the functions of the state they have to do with."""


def make_name(rng: random.Random, sex: str) -> str:
    surname = rng.choices([name for name, _ in SURNAMES], [weight for _, weight in SURNAMES])[0]
    middle, given = (MALE_MIDDLE, MALE_GIVEN) if sex == "male" else (FEMALE_MIDDLE, FEMALE_GIVEN)
    return f"{surname} {rng.choice(middle)} {rng.choice(given)}"


def make_birthday(rng: random.Random, youngest: int = 18, oldest: int = 75) -> dt.date:
    year = 2025 - rng.randint(youngest, oldest)
    return dt.date(year, 1, 1) + dt.timedelta(days=rng.randint(0, 364))


def make_citizen_number(rng: random.Random, born_on: dt.date, sex: str) -> str:
    """Province of birth, century and sex, year of birth, six digits (NĐ 137/2015 article 13)."""
    century = (born_on.year // 100 - 19) * 2 + (1 if sex == "female" else 0)
    return f"{rng.choice(BIRTH_PREFIXES)}{century}{born_on.year % 100:02d}{rng.randint(0, 999_999):06d}"


def make_phone(rng: random.Random) -> str:
    return f"09{rng.randint(0, 99_999_999):08d}"


def make_address(rng: random.Random, commune: str) -> str:
    return f"Số {rng.randint(1, 280)}, đường {rng.choice(STREETS)}, {commune}"
