"""What the addresses of the counters name, for the route walk."""

from __future__ import annotations

from conftest import Cast

from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.web.tests.places import EVERYTHING, Places

from ..models import Line
from ..services.arrange import add_desk, add_line, open_room
from ..services.take_ticket import take_ticket


def make_places(cast: Cast, official: Account) -> Places:
    """A room with one line and one desk, where somebody waits."""
    actor = get_actor(official)
    room = open_room(actor=actor, agency_id=cast.ward.pk)
    add_line(actor=actor, agency_id=cast.ward.pk, letter="A", name="Hộ tịch")
    desk = add_desk(actor=actor, agency_id=cast.ward.pk, number=1)
    line = Line.objects.get(agency=cast.ward)
    ticket = take_ticket(room_key=room.key, line_id=line.pk, press_key="walk")
    return Places(
        values={
            "key": [room.key],
            "ticket_id": [ticket.pk],
            "desk_id": [desk.pk],
            "counters:act:act": ["goi-lai", "xong", "vang", "chuyen", "khong-co"],
            "counters:change:act": [
                "them-hang",
                "them-quay",
                "mo-phong",
                "doi-dia-chi",
                "hang",
                "quay",
                "khong-co",
            ],
        },
        known_to={desk.pk: frozenset({EVERYTHING})},
        unreal=frozenset({"counters:take"}),
    )
