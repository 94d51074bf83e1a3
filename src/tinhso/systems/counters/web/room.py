"""The waiting room, for everybody in it: the kiosk, the slip and the screen. None of them names a person."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import now
from tinhso.kernel.web.access import open_to_all

from ..choices import TicketState
from ..errors import LineNotFoundError
from ..models import Room, Ticket
from ..selectors import count_ahead, find_called, find_line_states, get_room, get_ticket_in_room
from ..services.take_ticket import take_ticket


@open_to_all
@require_GET
def kiosk(request: HttpRequest, key: str) -> HttpResponse:
    return _draw_kiosk(request, get_room(key))


def _draw_kiosk(request: HttpRequest, room: Room, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "room": room,
        "lines": find_line_states(room.agency_id),
        "press_key": secrets.token_urlsafe(16),
        "problem": problem,
    }
    return render(request, "counters/kiosk.html", context, status=status)


@open_to_all
@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    room = get_room(key)
    try:
        ticket = take_ticket(
            room_key=key,
            line_id=_read_id(request.POST.get("line", "")),
            press_key=request.POST.get("press", "")[:64] or secrets.token_urlsafe(16),
            is_priority=request.POST.get("priority") == "1",
        )
    except TinhSoError as refusal:
        return _draw_kiosk(request, room, refusal.sentence, refusal.status)
    return redirect("counters:slip", key, ticket.pk)


@open_to_all
@require_GET
def slip(request: HttpRequest, key: str, ticket_id: UUID) -> HttpResponse:
    """What the kiosk prints, and what a phone shows after reading its QR."""
    room = get_room(key)
    ticket = get_ticket_in_room(room, ticket_id)
    address = f"{settings.SITE_URL}{reverse('counters:slip', args=[key, ticket_id])}"
    return render(request, "counters/slip.html", {**_describe(room, ticket), "address": address})


@open_to_all
@require_GET
def slip_state(request: HttpRequest, key: str, ticket_id: UUID) -> HttpResponse:
    room = get_room(key)
    return render(request, "counters/slip_state.html", _describe(room, get_ticket_in_room(room, ticket_id)))


def _describe(room: Room, ticket: Ticket) -> dict[str, object]:
    is_waiting = ticket.state == TicketState.WAITING
    return {"room": room, "ticket": ticket, "ahead": count_ahead(ticket) if is_waiting else 0}


@open_to_all
@require_GET
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """The television on the wall."""
    return render(request, "counters/screen.html", _describe_board(get_room(key)))


@open_to_all
@require_GET
def board(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "counters/board.html", _describe_board(get_room(key)))


def _describe_board(room: Room) -> dict[str, object]:
    called = find_called(room.agency_id)
    return {"room": room, "called": called, "lines": find_line_states(room.agency_id), "now": now()}


def _read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise LineNotFoundError from error
