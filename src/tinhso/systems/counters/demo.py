"""Waiting rooms of the demo province: lines and desks at its counters, and a morning's numbers."""

from __future__ import annotations

import datetime as dt

from tinhso.kernel.demo import DemoOrder, DemoPart, DemoStages
from tinhso.kernel.moment import travel
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.people.models import Role, RoleAssignment

from .models import Room
from .services.arrange import add_desk, add_line, open_room
from .services.call_ticket import call_next
from .services.take_ticket import take_ticket

LINES = (
    ("A", "Hộ tịch, chứng thực", "Civil status, certification"),
    ("B", "Đất đai, xây dựng", "Land, construction"),
    ("C", "Kinh doanh, lao động", "Business, labour"),
)
DESKS = 4
TAKEN = 14
CALLED = 6


def make_rooms(order: DemoOrder) -> None:
    """At every counter where an official of the demo receives dossiers; he also calls there."""
    order.progress("phòng chờ và số thứ tự")
    counters = Agency.objects.as_of(order.until.date()).filter(is_one_stop=True)
    held = RoleAssignment.objects.filter(agency__in=counters, role__code="onestop.counter", revoked_at=None)
    caller, manager = (Role.objects.get(code=f"counters.{name}") for name in ("officer", "manager"))
    done = set()
    for one in held.select_related("agency", "account").order_by("agency_id", "account_id"):
        RoleAssignment.objects.get_or_create(
            account=one.account,
            role=caller if one.agency_id in done else manager,
            agency=one.agency,
            defaults={"title": one.title, "valid_from": one.valid_from},
        )
        if one.agency_id not in done:
            done.add(one.agency_id)
            _fill(one.agency, order.until)


def _fill(agency: Agency, until: dt.datetime) -> None:
    room: Room = open_room(actor=SYSTEM, agency_id=agency.pk)
    lines = [
        add_line(actor=SYSTEM, agency_id=agency.pk, letter=letter, name=name, name_en=name_en)
        for letter, name, name_en in LINES
    ]
    desks = [
        add_desk(
            actor=SYSTEM,
            agency_id=agency.pk,
            number=number,
            line_ids=[lines[0].pk] if number == 1 else [],
        )
        for number in range(1, DESKS + 1)
    ]
    for index in range(TAKEN):
        with travel(until - dt.timedelta(minutes=4 * (TAKEN - index))):
            take_ticket(
                room_key=room.key,
                line_id=lines[(index * index) % len(lines)].pk,
                press_key=f"demo-{index}",
                is_priority=index % 7 == 5,
            )
    for index in range(CALLED):
        desk = desks[index % (DESKS - 1)]
        with travel(until - dt.timedelta(minutes=2 * (CALLED - index))):
            seen = desk.tickets.filter(state="called").values_list("pk", flat=True).first()
            call_next(actor=SYSTEM, desk_id=desk.pk, expected=seen)


STAGES: DemoStages = ((DemoPart("counters", make_rooms),),)
