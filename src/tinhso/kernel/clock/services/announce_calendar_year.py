from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..calendar import DayKind
from ..errors import YearIncompleteError
from ..models import CalendarDay, CalendarYear
from ..statutory import count_statutory_days
from .acting import open_calendar, tell_change, write_down


@service
def announce_calendar_year(*, actor: Actor, year: int, basis: str) -> None:
    """Declare the days off of a year complete and final: expected days become announced ones.

    Errors: YearIncompleteError while fewer days off are entered than the law gives.
    """
    open_calendar(actor, None)
    if not basis.strip():
        raise InvalidInputError({"basis": _("Nhập văn bản công bố lịch nghỉ của năm.")})
    days = CalendarDay.objects.filter(agency=None, on__year=year)
    count = days.filter(kind__in=(DayKind.HOLIDAY, DayKind.SUBSTITUTE)).count()
    wanted = count_statutory_days(year)
    if count < wanted:
        raise YearIncompleteError(year=year, count=count, wanted=wanted)

    days.filter(is_expected=True).update(is_expected=False)
    CalendarYear.objects.update_or_create(year=year, defaults={"is_announced": True, "basis": basis.strip()})

    write_down(actor, None, "year_announced", year=year, basis=basis.strip())
    tell_change(None, dt.date(year, 1, 1), dt.date(year, 12, 31))
