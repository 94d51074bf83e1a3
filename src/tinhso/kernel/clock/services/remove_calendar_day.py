from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..selectors import get_calendar_day
from .acting import open_calendar, tell_change, write_down


@service
def remove_calendar_day(*, actor: Actor, day_id: UUID, reason: str) -> None:
    """Take a line out of the calendar; the history keeps what it said and why it went."""
    day = get_calendar_day(day_id)
    open_calendar(actor, day.agency_id)
    if not reason.strip():
        raise InvalidInputError({"reason": _("Ghi lý do bỏ ngày này, để người sau hiểu.")})

    day.delete()

    write_down(
        actor,
        day.agency_id,
        "day_removed",
        on=day.on,
        kind=day.kind,
        name=day.name,
        basis=day.basis,
        reason=reason.strip(),
    )
    tell_change(day.agency_id, day.on, day.on)
