from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Event):
    """Working days or hours of a stretch are other than before: due moments that cross it may move."""

    name: ClassVar[str] = "clock.calendar_changed"

    agency_id: UUID | None
    """None is the whole province."""
    from_on: dt.date
    to_on: dt.date | None
    """None when the change has no end yet."""
