from __future__ import annotations

from uuid import UUID

from tinhso.kernel.moment import now, today
from tinhso.kernel.numbering.services import take_number
from tinhso.kernel.services import service

from ..errors import LineClosedError, LineNotFoundError
from ..models import Line, Ticket
from ..selectors import get_room


@service
def take_ticket(*, room_key: str, line_id: UUID, press_key: str, is_priority: bool = False) -> Ticket:
    """The next number of a line today. One press gives one number, however often it is sent.

    Errors: RoomNotFoundError, LineNotFoundError, LineClosedError.
    """
    room = get_room(room_key)
    line = Line.objects.select_for_update().filter(pk=line_id, agency_id=room.agency_id).first()
    if line is None:
        raise LineNotFoundError
    known = Ticket.objects.filter(agency_id=room.agency_id, press_key=press_key).first()
    if known is not None:
        return known
    if not line.is_open:
        raise LineClosedError(line=line.name)
    day = today()
    return Ticket.objects.create(
        agency_id=room.agency_id,
        line=line,
        letter=line.letter,
        day=day,
        number=take_number(
            register=f"counters.ticket:{room.agency_id}:{line.letter}", period=day.isoformat()
        ),
        is_priority=is_priority,
        press_key=press_key,
        taken_at=now(),
    )
