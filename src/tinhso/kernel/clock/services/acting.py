"""What every change of the calendar does: who may, one at a time, written down, told."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.events import emit
from tinhso.kernel.people.actor import Actor

from ..events import CalendarChanged
from ..models import CalendarVersion
from ..permissions import EDIT_CALENDAR
from ..scopes import may_edit


def open_calendar(actor: Actor, agency_id: UUID | None) -> None:
    """Refuse who may not, then wait for whoever else is changing a calendar."""
    actor.require(EDIT_CALENDAR)
    if not may_edit(actor, agency_id):
        raise NotPermittedError(permission=EDIT_CALENDAR)
    CalendarVersion.objects.select_for_update().first()


def write_down(actor: Actor, agency_id: UUID | None, action: str, **detail: object) -> None:
    stream = f"clock.calendar:{agency_id or 'province'}"
    record(stream=stream, action=f"clock.{action}", actor=actor, detail=detail, agency_id=agency_id)


def tell_change(agency_id: UUID | None, from_on: dt.date, to_on: dt.date | None) -> None:
    emit(CalendarChanged(agency_id=agency_id, from_on=from_on, to_on=to_on))
