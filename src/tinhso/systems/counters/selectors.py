"""Who waits, who is called, and how long it takes today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet

from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.rights import AgencyRule, Gate
from tinhso.kernel.web.formats import duration

from .choices import TicketState
from .errors import DeskNotFoundError, RoomNotFoundError, TicketNotFoundError
from .models import Desk, Line, Room, Ticket
from .permissions import ARRANGE, CALL

DESKS = Gate(Desk, (AgencyRule(CALL, lambda agencies: Q(agency_id__in=agencies)),))
TICKETS = Gate(Ticket, (AgencyRule(CALL, lambda agencies: Q(agency_id__in=agencies)),))
ARRANGED_LINES = Gate(Line, (AgencyRule(ARRANGE, lambda agencies: Q(agency_id__in=agencies)),))
ARRANGED_DESKS = Gate(Desk, (AgencyRule(ARRANGE, lambda agencies: Q(agency_id__in=agencies)),))

SHOWN_CALLS = 8
"""On the screen: the desks of the room at one look."""


@dataclass(frozen=True, slots=True)
class LineState:
    line: Line
    waiting_count: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    taken_count: int
    waiting_count: int
    served_count: int
    absent_count: int
    average_wait: dt.timedelta | None
    """From taking the number to the first call, of those called today."""

    @property
    def average_wait_words(self) -> str:
        return "–" if self.average_wait is None else duration(self.average_wait)


def get_room(key: str) -> Room:
    """Raises RoomNotFoundError."""
    room = Room.objects.select_related("agency").filter(key=key).first()
    if room is None:
        raise RoomNotFoundError
    return room


def find_room(agency_id: UUID) -> Room | None:
    return Room.objects.select_related("agency").filter(agency_id=agency_id).first()


def find_line_states(agency_id: UUID) -> list[LineState]:
    """Every line with how many wait in it now; one query."""
    waiting = Count("tickets", filter=Q(tickets__day=today(), tickets__state=TicketState.WAITING))
    rows = Line.objects.filter(agency_id=agency_id).annotate(waiting=waiting)
    return [LineState(line, line.waiting) for line in rows]


def get_ticket_in_room(room: Room, ticket_id: UUID) -> Ticket:
    """A ticket of the room by its unguessable id: what the slip's QR opens. Raises TicketNotFoundError."""
    ticket = (
        Ticket.objects.select_related("line", "desk").filter(pk=ticket_id, agency_id=room.agency_id).first()
    )
    if ticket is None:
        raise TicketNotFoundError
    return ticket


def count_ahead(ticket: Ticket) -> int:
    """How many are called before it, as the line stands now."""
    earlier = Q(taken_at__lt=ticket.taken_at) | Q(taken_at=ticket.taken_at, pk__lt=ticket.pk)
    ahead = Q(is_priority=True) & earlier if ticket.is_priority else Q(is_priority=True) | earlier
    return find_waiting(ticket.agency_id).filter(ahead, line_id=ticket.line_id).exclude(pk=ticket.pk).count()


def find_waiting(agency_id: UUID) -> QuerySet[Ticket]:
    """Today's, in the order they will be called."""
    return Ticket.objects.filter(agency_id=agency_id, day=today(), state=TicketState.WAITING).order_by(
        "-is_priority", "taken_at", "pk"
    )


def find_waiting_for(desk: Desk) -> QuerySet[Ticket]:
    """Those the desk may call."""
    waiting = find_waiting(desk.agency_id)
    lines = list(desk.lines.values_list("pk", flat=True))
    return waiting.filter(line_id__in=lines) if lines else waiting


def find_called(agency_id: UUID) -> list[Ticket]:
    """The numbers at the desks now, the last call first."""
    rows = Ticket.objects.filter(agency_id=agency_id, day=today(), state=TicketState.CALLED)
    return list(rows.select_related("desk").order_by("-called_at", "-pk")[:SHOWN_CALLS])


def find_desks(actor: Actor) -> QuerySet[Desk]:
    """Desks of the agency the actor works at now."""
    if actor.agency_id is None:
        return Desk.objects.none()
    return DESKS.rows(actor).filter(agency_id=actor.agency_id).prefetch_related("lines")


def get_desk(actor: Actor, desk_id: UUID) -> Desk:
    """Raises DeskNotFoundError."""
    desk = DESKS.rows(actor).filter(pk=desk_id).first()
    if desk is None:
        raise DeskNotFoundError
    return desk


def find_at_desk(desk: Desk) -> Ticket | None:
    return Ticket.objects.select_related("line").filter(desk=desk, state=TicketState.CALLED).first()


def count_waiting(actor: Actor) -> int:
    if actor.agency_id is None:
        return 0
    return TICKETS.rows(actor).filter(pk__in=find_waiting(actor.agency_id)).count()


def get_day_figures(agency_id: UUID) -> DayFigures:
    """Counted from today's tickets; one query."""
    found = Ticket.objects.filter(agency_id=agency_id, day=today()).aggregate(
        taken=Count("pk"),
        waiting=Count("pk", filter=Q(state=TicketState.WAITING)),
        served=Count("pk", filter=Q(state=TicketState.SERVED)),
        absent=Count("pk", filter=Q(state=TicketState.ABSENT)),
        wait=Avg(F("first_called_at") - F("taken_at"), filter=Q(first_called_at__isnull=False)),
    )
    return DayFigures(found["taken"], found["waiting"], found["served"], found["absent"], found["wait"])


def find_arranged_agencies(actor: Actor) -> list[Agency]:
    return list(Agency.objects.filter(pk__in=actor.agencies_with(ARRANGE)).order_by("short_name", "pk"))
