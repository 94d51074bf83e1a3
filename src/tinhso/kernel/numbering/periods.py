"""The periods a register counts in, and how its numbers are written.

An instant belongs to the day it falls on in Vietnam, whatever zone it is written in: a dossier received at
00:30 on 1/7 counts on 1/7 although it is still 30/6 in UTC.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def by_day(moment: dt.date) -> str:
    """`260701`, as in dossier codes (TT 01/2018/TT-VPCP, article 19)."""
    return _day(moment).strftime("%y%m%d")


def by_month(moment: dt.date) -> str:
    """`2026-07`."""
    return _day(moment).strftime("%Y-%m")


def by_year(moment: dt.date) -> str:
    """`2026`, as in the registers of documents (Decree 30/2020, article 15)."""
    return _day(moment).strftime("%Y")


def write_serial(number: int, digits: int = 4) -> str:
    """`0041`. A register that outgrows its digits keeps counting: 10000 follows 9999, nothing starts again."""
    return f"{number:0{digits}d}"


def _day(moment: dt.date) -> dt.date:
    return timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment
