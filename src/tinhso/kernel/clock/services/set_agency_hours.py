from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..calendar import Session
from ..errors import PlanOverlapError
from ..models import AgencyHours, owned_by
from ..wording import full_day
from .acting import open_calendar, tell_change, write_down


@dataclass(frozen=True, slots=True)
class DayHours:
    """The sessions of one weekday; `is_counter_only` when it is no working day for terms."""

    sessions: tuple[Session, ...]
    is_counter_only: bool = False


@service
def set_agency_hours(
    *,
    actor: Actor,
    agency_id: UUID | None,
    week: Mapping[int, DayHours],
    valid_from: dt.date,
    basis: str,
) -> None:
    """Give an agency (None: the province) a weekly pattern from a day on; the one before ends the day before.

    Errors: PlanOverlapError when a pattern already begins that day or later.
    """
    open_calendar(actor, agency_id)
    _refuse_incomplete(week, basis)
    rows = AgencyHours.objects.filter(owned_by(agency_id))
    later = rows.filter(valid_from__gte=valid_from).order_by("-valid_from").first()
    if later is not None:
        raise PlanOverlapError(on=str(full_day(later.valid_from)))

    rows.filter(valid_to=None).update(valid_to=valid_from - dt.timedelta(days=1))
    AgencyHours.objects.bulk_create(
        AgencyHours(
            agency_id=agency_id,
            weekday=weekday,
            opens_at=session.opens,
            closes_at=session.closes,
            is_counter_only=hours.is_counter_only,
            basis=basis.strip(),
            valid_from=valid_from,
        )
        for weekday, hours in week.items()
        for session in hours.sessions
    )

    told = {
        str(weekday): [f"{s.opens:%H:%M}-{s.closes:%H:%M}" for s in hours.sessions]
        for weekday, hours in week.items()
    }
    write_down(actor, agency_id, "hours_set", valid_from=valid_from, basis=basis.strip(), week=told)
    tell_change(agency_id, valid_from, None)


def _refuse_incomplete(week: Mapping[int, DayHours], basis: str) -> None:
    problems = {}
    if not any(hours.sessions and not hours.is_counter_only for hours in week.values()):
        problems["week"] = _("Phải có ít nhất một ngày làm việc trong tuần.")
    for hours in week.values():
        for before, after in zip(hours.sessions, hours.sessions[1:], strict=False):
            if after.opens < before.closes:
                problems["week"] = _("Các buổi trong ngày phải nối tiếp nhau, không chồng lên nhau.")
    if not basis.strip():
        problems["basis"] = _("Nhập văn bản quy định giờ làm việc.")
    if problems:
        raise InvalidInputError(problems)
