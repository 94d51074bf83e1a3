"""What a desk does with numbers: call the next one, call again, done, absent, pass on."""

from __future__ import annotations

from uuid import UUID

from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import TicketState
from ..errors import (
    DeskClosedError,
    DeskNotFoundError,
    LineNotFoundError,
    TicketEndedError,
    TicketNotFoundError,
)
from ..models import Desk, Line, Ticket
from ..selectors import DESKS, TICKETS, find_at_desk, find_waiting_for


@service
def call_next(*, actor: Actor, desk_id: UUID, expected: UUID | None = None) -> Ticket | None:
    """Call who comes next to the desk; who was there is done. None when nobody waits.

    Two desks at once never call one number: each takes the first that no other has locked. `expected` is the
    ticket the caller saw at his desk: a second press, sent when the first had called already, calls nobody.
    """
    desk = DESKS.rows(actor).select_for_update().filter(pk=desk_id).first()
    if desk is None:
        raise DeskNotFoundError
    if not desk.is_open:
        raise DeskClosedError(desk=desk.number)
    current = find_at_desk(desk)
    if (current.pk if current else None) != expected:
        return current
    if current is not None:
        _end(current, TicketState.SERVED)
    ticket = find_waiting_for(desk).select_for_update(skip_locked=True).first()
    if ticket is not None:
        _call(ticket, desk, actor)
    return ticket


@service
def call_again(*, actor: Actor, ticket_id: UUID) -> None:
    """The screen shows the number anew."""
    ticket = _get_at_desk(actor, ticket_id)
    if ticket.desk is None:
        raise TicketEndedError(ticket=ticket.label)
    _call(ticket, ticket.desk, actor)


@service
def end_ticket(*, actor: Actor, ticket_id: UUID, is_absent: bool = False) -> None:
    """The person was served, or did not come."""
    _end(_get_at_desk(actor, ticket_id), TicketState.ABSENT if is_absent else TicketState.SERVED)


@service
def pass_on(*, actor: Actor, ticket_id: UUID, line_id: UUID) -> None:
    """Send the person to another line, where he is called by the time he first took his number."""
    ticket = _get_at_desk(actor, ticket_id)
    line = Line.objects.filter(pk=line_id, agency_id=ticket.agency_id).first()
    if line is None:
        raise LineNotFoundError
    ticket.line = line
    ticket.state = TicketState.WAITING
    ticket.desk = None
    ticket.save(update_fields=["line", "state", "desk"])


def _get_at_desk(actor: Actor, ticket_id: UUID) -> Ticket:
    ticket = (
        TICKETS.rows(actor)
        .select_for_update(of=("self",))
        .select_related("desk")
        .filter(pk=ticket_id)
        .first()
    )
    if ticket is None:
        raise TicketNotFoundError
    if ticket.state != TicketState.CALLED:
        raise TicketEndedError(ticket=ticket.label)
    return ticket


def _call(ticket: Ticket, desk: Desk, actor: Actor) -> None:
    moment = now()
    ticket.state = TicketState.CALLED
    ticket.desk = desk
    ticket.called_by_id = actor.account_id
    ticket.called_at = moment
    ticket.first_called_at = ticket.first_called_at or moment
    ticket.call_count += 1
    ticket.save(update_fields=["state", "desk", "called_by_id", "called_at", "first_called_at", "call_count"])


def _end(ticket: Ticket, state: TicketState) -> None:
    ticket.state = state
    ticket.ended_at = now()
    ticket.save(update_fields=["state", "ended_at"])
