from __future__ import annotations

import datetime as dt

import pytest

from ..periods import by_day, by_month, by_year, write_serial

NEW_YEAR = dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC)
"""00:30 on 1/1/2027 in Vietnam."""


def test_a_day_counts_as_it_is_written() -> None:
    day = dt.date(2026, 7, 1)

    assert (by_day(day), by_month(day), by_year(day)) == ("260701", "2026-07", "2026")


def test_an_instant_counts_on_its_day_in_vietnam() -> None:
    assert (by_day(NEW_YEAR), by_month(NEW_YEAR), by_year(NEW_YEAR)) == ("270101", "2027-01", "2027")
    assert by_day(NEW_YEAR - dt.timedelta(minutes=31)) == "261231"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        by_day(dt.datetime(2026, 7, 1, 8, 0))  # noqa: DTZ001  the very thing refused


@pytest.mark.parametrize(
    ("number", "digits", "written"), [(1, 4, "0001"), (9999, 4, "9999"), (10000, 4, "10000"), (7, 2, "07")]
)
def test_a_serial_keeps_counting_beyond_its_digits(number: int, digits: int, written: str) -> None:
    assert write_serial(number, digits) == written
