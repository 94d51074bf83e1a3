from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.services import service

from ..models import AgencyHours, CalendarDay, CalendarYear
from ..shipped import OFFICE_WEEK, ShippedDay, read_shipped_days
from .acting import open_calendar, tell_change, write_down


@service
def load_calendar() -> int:
    """Put the shipped years that are not in the calendar yet into it, and office hours when there are none.

    A year that is there, an administrator has had in hand: it is left alone. Returns the days added.
    """
    open_calendar(SYSTEM, None)
    known = set(CalendarYear.objects.values_list("year", flat=True))
    shipped = [day for day in read_shipped_days() if day.on.year not in known]
    _write_office_hours()
    if not shipped:
        return 0

    taken = set(CalendarDay.objects.filter(agency=None).values_list("on", flat=True))
    added = CalendarDay.objects.bulk_create(_as_row(day) for day in shipped if day.on not in taken)
    years = sorted({day.on.year for day in shipped})
    CalendarYear.objects.bulk_create(_as_year(year, shipped) for year in years)

    if known:
        # Nothing stands on the calendar before the first load, so there is nobody to tell.
        write_down(SYSTEM, None, "calendar_loaded", years=years, days=len(added))
        tell_change(None, dt.date(years[0], 1, 1), dt.date(years[-1], 12, 31))
    return len(added)


def _as_row(day: ShippedDay) -> CalendarDay:
    return CalendarDay(
        on=day.on,
        kind=day.kind,
        name=day.name,
        name_en=day.name_en,
        note=day.note,
        note_en=day.note_en,
        basis=day.basis,
        source_url=day.source_url,
        is_expected=day.is_expected,
    )


def _as_year(year: int, days: Sequence[ShippedDay]) -> CalendarYear:
    expected = any(day.is_expected for day in days if day.on.year == year)
    return CalendarYear(year=year, is_announced=not expected, basis="Lịch kèm theo phần mềm")


def _write_office_hours() -> None:
    if AgencyHours.objects.filter(agency=None).exists():
        return
    AgencyHours.objects.bulk_create(
        AgencyHours(
            weekday=weekday,
            opens_at=session.opens,
            closes_at=session.closes,
            valid_from=dt.date(2019, 1, 1),
            basis="Giờ mặc định của phần mềm, chờ quy định của tỉnh",
        )
        for weekday, sessions in OFFICE_WEEK.sessions.items()
        for session in sessions
    )
