"""The citizen's personal number: twelve digits that tell where and when a birth was registered.

Structure (NĐ 137/2015/NĐ-CP article 13; TT 07/2016/TT-BCA article 7; both replaced since, the numbers
issued under them stay in force for life): three digits for the province of birth registration, or the
country for a birth registered abroad; one digit for century and sex; two for the year of birth; six at
random. There is no check digit, so a mistyped random part cannot be noticed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tinhso.kernel.moment import today

from .errors import (
    CitizenNumberBirthYearError,
    CitizenNumberFormatError,
    CitizenNumberFutureError,
    CitizenNumberProvinceError,
    CitizenNumberSexError,
)
from .models.account import Sex

# The 63 provinces of the old map. A number keeps its prefix when provinces merge.
PROVINCES = {
    "001": "Hà Nội",
    "002": "Hà Giang",
    "004": "Cao Bằng",
    "006": "Bắc Kạn",
    "008": "Tuyên Quang",
    "010": "Lào Cai",
    "011": "Điện Biên",
    "012": "Lai Châu",
    "014": "Sơn La",
    "015": "Yên Bái",
    "017": "Hòa Bình",
    "019": "Thái Nguyên",
    "020": "Lạng Sơn",
    "022": "Quảng Ninh",
    "024": "Bắc Giang",
    "025": "Phú Thọ",
    "026": "Vĩnh Phúc",
    "027": "Bắc Ninh",
    "030": "Hải Dương",
    "031": "Hải Phòng",
    "033": "Hưng Yên",
    "034": "Thái Bình",
    "035": "Hà Nam",
    "036": "Nam Định",
    "037": "Ninh Bình",
    "038": "Thanh Hóa",
    "040": "Nghệ An",
    "042": "Hà Tĩnh",
    "044": "Quảng Bình",
    "045": "Quảng Trị",
    "046": "Thừa Thiên Huế",
    "048": "Đà Nẵng",
    "049": "Quảng Nam",
    "051": "Quảng Ngãi",
    "052": "Bình Định",
    "054": "Phú Yên",
    "056": "Khánh Hòa",
    "058": "Ninh Thuận",
    "060": "Bình Thuận",
    "062": "Kon Tum",
    "064": "Gia Lai",
    "066": "Đắk Lắk",
    "067": "Đắk Nông",
    "068": "Lâm Đồng",
    "070": "Bình Phước",
    "072": "Tây Ninh",
    "074": "Bình Dương",
    "075": "Đồng Nai",
    "077": "Bà Rịa - Vũng Tàu",
    "079": "TP. Hồ Chí Minh",
    "080": "Long An",
    "082": "Tiền Giang",
    "083": "Bến Tre",
    "084": "Trà Vinh",
    "086": "Vĩnh Long",
    "087": "Đồng Tháp",
    "089": "An Giang",
    "091": "Kiên Giang",
    "092": "Cần Thơ",
    "093": "Hậu Giang",
    "094": "Sóc Trăng",
    "095": "Bạc Liêu",
    "096": "Cà Mau",
}
FIRST_COUNTRY_CODE = 100
"""Province codes stay under 100; a prefix from here on names the country of a birth registered abroad."""

LENGTH = 12


@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """What a well-formed number says. `province` is empty for a birth registered abroad."""

    number: str
    prefix: str
    province: str
    sex: Sex
    birth_year: int


def parse_citizen_number(number: str) -> CitizenNumber:
    """Read the twelve digits. Raises InvalidCitizenNumberError (format, province)."""
    if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
        raise CitizenNumberFormatError
    prefix = number[:3]
    province = PROVINCES.get(prefix, "")
    if not province and int(prefix) < FIRST_COUNTRY_CODE:
        raise CitizenNumberProvinceError(prefix=prefix)
    century, is_female = divmod(int(number[3]), 2)
    return CitizenNumber(
        number=number,
        prefix=prefix,
        province=province,
        sex=Sex.FEMALE if is_female else Sex.MALE,
        birth_year=1900 + 100 * century + int(number[4:6]),
    )


def check_citizen_number(
    number: str, born_on: dt.date | None = None, sex: str = "", on: dt.date | None = None
) -> CitizenNumber:
    """The number, held against what else is known of its owner. Raises InvalidCitizenNumberError.

    `born_on` None and `sex` "" are not compared; `on` is the day of asking, today when left out.
    """
    day = on or today()
    told = parse_citizen_number(number)
    if told.birth_year > day.year:
        raise CitizenNumberFutureError(year=told.birth_year)
    if born_on is not None and born_on > day:
        raise CitizenNumberFutureError(year=born_on.year)
    if born_on is not None and born_on.year != told.birth_year:
        raise CitizenNumberBirthYearError(told=told.birth_year, declared=born_on.year)
    if sex and sex != told.sex:
        raise CitizenNumberSexError(told=told.sex.label, declared=Sex(sex).label)
    return told
