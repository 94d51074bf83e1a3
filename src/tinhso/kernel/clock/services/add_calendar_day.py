from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..calendar import DayKind
from ..errors import DayAlreadyNamedError
from ..models import CalendarDay, owned_by
from ..selectors import get_calendar
from ..wording import full_day
from .acting import open_calendar, tell_change, write_down


@service
def add_calendar_day(
    *,
    actor: Actor,
    on: dt.date,
    kind: DayKind,
    name: str,
    basis: str,
    name_en: str = "",
    agency_id: UUID | None = None,
    is_expected: bool = False,
) -> UUID:
    """Name one day off, worked Saturday or half day, with the document that decides it.

    Errors: DayAlreadyNamedError; InvalidInputError when the name or the document is missing, or when the
    day already is what the line would make it.
    """
    open_calendar(actor, agency_id)
    _refuse_incomplete(name, basis)
    taken = CalendarDay.objects.filter(owned_by(agency_id), on=on).first()
    if taken is not None:
        raise DayAlreadyNamedError(on=str(full_day(on)), name=taken.name)
    _refuse_pointless(on, kind, agency_id)

    day = CalendarDay.objects.create(
        agency_id=agency_id,
        on=on,
        kind=kind,
        name=name.strip(),
        name_en=name_en.strip(),
        basis=basis.strip(),
        is_expected=is_expected,
    )

    write_down(actor, agency_id, "day_added", on=on, kind=kind, name=day.name, basis=day.basis)
    tell_change(agency_id, on, on)
    return day.pk


def _refuse_incomplete(name: str, basis: str) -> None:
    problems = {}
    if not name.strip():
        problems["name"] = _("Nhập tên ngày, ví dụ: Tết Dương lịch.")
    if not basis.strip():
        problems["basis"] = _("Nhập văn bản quyết định, ví dụ: Thông báo 9441/TB-BNV ngày 16/10/2025.")
    if problems:
        raise InvalidInputError(problems)


def _refuse_pointless(on: dt.date, kind: DayKind, agency_id: UUID | None) -> None:
    is_worked = get_calendar(agency_id, on, on).is_working_day(on)
    if kind is DayKind.SWAP_WORK and is_worked:
        raise InvalidInputError({"kind": _("Ngày này vốn là ngày làm việc, không cần làm bù.")})
    if kind.is_off and not is_worked:
        raise InvalidInputError(
            {"kind": _("Ngày này vốn đã là ngày nghỉ. Nếu nghỉ bù, chọn ngày được nghỉ bù.")}
        )
