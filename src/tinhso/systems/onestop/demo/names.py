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
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Công ty TNHH In", ("publishing",)),
    ("Nhà sách", ("publishing", "province_committee")),
    ("Hội Doanh nhân", ("press", "publishing", "province_committee")),
    ("Trường Cao đẳng nghề", ("press", "publishing", "province_committee", "science")),
    ("Bệnh viện", ("press", "publishing", "province_committee")),
    ("Khách sạn", ("broadcasting",)),
    ("Khu nghỉ dưỡng", ("broadcasting",)),
    ("Công ty Bưu chính", ("post",)),
    ("Công ty Chuyển phát", ("post",)),
    ("Công ty TNHH Vận tải", ("transport",)),
    ("Hợp tác xã Xe khách", ("transport",)),
    ("Trung tâm Ươm tạo", ("science",)),
    ("Công ty Địa ốc", ("land", "construction")),
)
"""Kinds of organisations, and the functions of the state they have to do with."""
PROPER_NAMES = (
    "Đất Tổ", "Mê Linh", "Hùng Vương", "Sông Lô", "Âu Cơ", "Lạc Hồng", "Văn Lang", "Sông Thao", "Đồi Xanh", "Bình Minh",
    "Sông Đà", "Ban Mai", "Hoa Sen",
)  # fmt: skip
ORGANISATIONS: dict[str, tuple[str, ...]] = {
    f"{kind} {name}": functions
    for shift, (kind, functions) in enumerate(KINDS)
    for name in PROPER_NAMES[shift % 2 :: 2]
}
"""Organisations that do not exist, by name, with those functions."""


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
