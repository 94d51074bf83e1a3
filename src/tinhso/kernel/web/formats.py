"""Dates, numbers and money as they are written here, in Vietnamese and in English."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language

from tinhso.kernel.moment import today

NBSP = "\u00a0"
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CITIZEN_NUMBER_DIGITS = 12

Day = dt.date | dt.datetime
Number = int | float | Decimal


def is_english() -> bool:
    return (get_language() or "vi").startswith("en")


def to_day(value: Day) -> dt.date:
    """The calendar day in the province's time."""
    return to_local(value).date() if isinstance(value, dt.datetime) else value


def to_local(value: dt.datetime) -> dt.datetime:
    """The province has one time zone; asking which is active costs more than the whole conversion."""
    return value.astimezone(timezone.get_default_timezone()) if timezone.is_aware(value) else value


def day(value: Day) -> str:
    """26/11/2026 · 26 Nov 2026"""
    on = to_day(value)
    return f"{day_of_month(on)} {on.year}" if is_english() else f"{on:%d/%m/%Y}"


def day_of_month(value: Day) -> str:
    """26/11 · 26 Nov"""
    on = to_day(value)
    return f"{on.day} {MONTHS_EN[on.month - 1]}" if is_english() else f"{on:%d/%m}"


def clock_time(value: dt.datetime) -> str:
    """17:00"""
    return f"{to_local(value):%H:%M}"


def moment(value: dt.datetime) -> str:
    """10:24, 26/11/2026 · 10:24, 26 Nov 2026"""
    return f"{clock_time(value)}, {day(value)}"


def short_moment(value: dt.datetime) -> str:
    """26/11, 10:24 · 26 Nov, 10:24"""
    return f"{day_of_month(value)}, {clock_time(value)}"


def recent_time(value: dt.datetime) -> str:
    """10:24 today, else 10:24, 25/11"""
    is_today = to_day(value) == today()
    return clock_time(value) if is_today else f"{clock_time(value)}, {day_of_month(value)}"


def weekday(value: Day) -> str:
    on = to_day(value)
    return (WEEKDAYS_EN if is_english() else WEEKDAYS)[on.weekday()]


def weekday_day(value: Day) -> str:
    """thứ Năm 26/11 · Thursday 26 Nov"""
    return f"{weekday(value)} {day_of_month(value)}"


def short_weekday(value: Day) -> str:
    """T5 · Thu"""
    on = to_day(value)
    return WEEKDAYS_EN[on.weekday()][:3] if is_english() else WEEKDAYS_SHORT[on.weekday()]


def number(value: Number, decimals: int = 2) -> str:
    """1.284 and 98,6 · 1,284 and 98.6. At most `decimals` decimals, none that says nothing."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text == "-0":
        text = "0"
    return text if is_english() else text.translate(str.maketrans(",.", ".,"))


def dong(value: Number) -> str:
    """8.000 đ · 8,000 VND. Đồng have no decimals."""
    return f"{number(value, 0)}{NBSP}{'VND' if is_english() else 'đ'}"


def percent(value: Number) -> str:
    """98,6 % · 98.6%, from 98.6."""
    return f"{number(value, 1)}%" if is_english() else f"{number(value, 1)}{NBSP}%"


def size(octets: int) -> str:
    """210 kB, 1,2 MB"""
    if octets < 1000:
        return f"{octets}{NBSP}B"
    if octets < 1_000_000:
        return f"{number(octets / 1000, 0)}{NBSP}kB"
    return f"{number(octets / 1_000_000, 1)}{NBSP}MB"


def mask_number(value: str) -> str:
    """025 091 ••• 417: twelve digits keep the first six and the last three, anything else only the last three."""
    text = "".join(value.split())
    if len(text) == CITIZEN_NUMBER_DIGITS and text.isdigit():
        return f"{text[:3]}{NBSP}{text[3:6]}{NBSP}•••{NBSP}{text[9:]}"
    return f"•••{NBSP}{text[-3:]}" if len(text) > 5 else "•••"


def duration(value: dt.timedelta, *, is_brief: bool = False) -> str:
    """2 ngày · 7 giờ 12 phút · 36 phút. Whole days from one day on; never less than a minute.

    `is_brief` keeps the largest unit only.
    """
    minutes = max(1, round(value.total_seconds() / 60))
    days, rest = divmod(minutes, 24 * 60)
    if days:
        return _count(days, "ngày", "day")
    hours, minutes = divmod(rest, 60)
    parts = [_count(hours, "giờ", "hour")] if hours else []
    if minutes and not (is_brief and hours):
        parts.append(_count(minutes, "phút", "minute"))
    return " ".join(parts)


def _count(amount: int, vietnamese: str, english: str) -> str:
    if is_english():
        return f"{amount}{NBSP}{english}{'' if amount == 1 else 's'}"
    return f"{amount}{NBSP}{vietnamese}"
