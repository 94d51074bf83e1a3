from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from .. import formats

N = formats.NBSP
VIETNAM = dt.timezone(dt.timedelta(hours=7))
AT = dt.datetime(2026, 11, 26, 10, 24, tzinfo=VIETNAM)


def both(function: Callable[[Any], str], value: object) -> tuple[str, str]:
    vietnamese = function(value)
    with translation.override("en"):
        return vietnamese, function(value)


@pytest.mark.parametrize(
    ("function", "value", "vietnamese", "english"),
    [
        (formats.day, AT.date(), "26/11/2026", "26 Nov 2026"),
        (formats.day, dt.date(2026, 3, 7), "07/03/2026", "7 Mar 2026"),
        (formats.day_of_month, AT, "26/11", "26 Nov"),
        (formats.moment, AT, "10:24, 26/11/2026", "10:24, 26 Nov 2026"),
        (formats.short_moment, AT, "26/11, 10:24", "26 Nov, 10:24"),
        (formats.weekday_day, AT, "thứ Năm 26/11", "Thursday 26 Nov"),
        (formats.weekday_day, dt.date(2026, 11, 22), "Chủ nhật 22/11", "Sunday 22 Nov"),
        (formats.short_weekday, AT, "T5", "Thu"),
        (formats.number, 1284, "1.284", "1,284"),
        (formats.number, 98.6, "98,6", "98.6"),
        (formats.number, Decimal("2.005"), "2,01", "2.01"),
        (formats.number, 1_000_000.5, "1.000.000,5", "1,000,000.5"),
        (formats.number, -0.001, "0", "0"),
        (formats.dong, 8000, f"8.000{N}đ", f"8,000{N}VND"),
        (formats.percent, 98.6, f"98,6{N}%", "98.6%"),
        (formats.size, 210_000, f"210{N}kB", f"210{N}kB"),
        (formats.size, 1_234_000, f"1,2{N}MB", f"1.2{N}MB"),
        (formats.duration, dt.timedelta(minutes=36), f"36{N}phút", f"36{N}minutes"),
        (
            formats.duration,
            dt.timedelta(hours=7, minutes=12),
            f"7{N}giờ 12{N}phút",
            f"7{N}hours 12{N}minutes",
        ),
        (formats.duration, dt.timedelta(hours=1), f"1{N}giờ", f"1{N}hour"),
        (formats.duration, dt.timedelta(hours=47), f"1{N}ngày", f"1{N}day"),
        (formats.duration, dt.timedelta(seconds=5), f"1{N}phút", f"1{N}minute"),
    ],
)
def test_writes_as_people_write_here_and_in_english(
    function: Callable[[Any], str], value: object, vietnamese: str, english: str
) -> None:
    assert both(function, value) == (vietnamese, english)


def test_a_moment_is_told_in_the_provinces_time() -> None:
    utc = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)

    assert formats.moment(utc) == "01:30, 26/11/2026"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("025091000417", f"025{N}091{N}•••{N}417"),
        ("025 091 000 417", f"025{N}091{N}•••{N}417"),
        ("2600123456", f"•••{N}456"),
        ("12345", "•••"),
    ],
)
def test_masks_what_names_a_person(number: str, masked: str) -> None:
    assert formats.mask_number(number) == masked
