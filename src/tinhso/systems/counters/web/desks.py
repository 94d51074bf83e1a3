"""The officer at the desk: who is here, who comes next."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.access import get_actor_of, requires

from ..errors import LineNotFoundError
from ..permissions import CALL
from ..selectors import (
    find_at_desk,
    find_desks,
    find_line_states,
    find_waiting_for,
    get_day_figures,
    get_desk,
)
from ..services.call_ticket import call_again, call_next, end_ticket, pass_on

SHOWN_WAITING = 12


@requires(CALL)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    desks = list(find_desks(get_actor_of(request)))
    return render(request, "counters/desks.html", {"desks": desks})


@requires(CALL)
@require_GET
def desk(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    return _draw(request, get_actor_of(request), desk_id)


def _draw(
    request: HttpRequest, actor: Actor, desk_id: UUID, problem: str = "", status: int = 200
) -> HttpResponse:
    found = get_desk(actor, desk_id)
    waiting = list(find_waiting_for(found)[: SHOWN_WAITING + 1])
    context = {
        "desk": found,
        "current": find_at_desk(found),
        "waiting": waiting[:SHOWN_WAITING],
        "has_more": len(waiting) > SHOWN_WAITING,
        "figures": get_day_figures(found.agency_id),
        "lines": find_line_states(found.agency_id),
        "problem": problem,
    }
    return render(request, "counters/desk.html", context, status=status)


@requires(CALL)
@require_POST
def next_one(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    actor = get_actor_of(request)
    seen = request.POST.get("seen", "")
    try:
        ticket = call_next(actor=actor, desk_id=desk_id, expected=UUID(seen) if seen else None)
    except ValueError as error:
        raise Http404 from error
    except TinhSoError as refusal:
        if refusal.status == 404:
            raise
        return _draw(request, actor, desk_id, refusal.sentence, refusal.status)
    if ticket is None:
        messages.info(request, _("Không còn ai chờ quầy này."))
    return redirect("counters:desk", desk_id)


@requires(CALL)
@require_POST
def act(request: HttpRequest, desk_id: UUID, act: str, ticket_id: UUID) -> HttpResponse:
    actor = get_actor_of(request)
    try:
        if act == "goi-lai":
            call_again(actor=actor, ticket_id=ticket_id)
        elif act in {"xong", "vang"}:
            end_ticket(actor=actor, ticket_id=ticket_id, is_absent=act == "vang")
        elif act == "chuyen":
            pass_on(actor=actor, ticket_id=ticket_id, line_id=_read_id(request.POST.get("line", "")))
        else:
            raise Http404
    except TinhSoError as refusal:
        if refusal.status == 404:
            raise
        return _draw(request, actor, desk_id, refusal.sentence, refusal.status)
    return redirect("counters:desk", desk_id)


def _read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise LineNotFoundError from error
