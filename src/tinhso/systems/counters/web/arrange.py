"""Lines, desks and the addresses of kiosk and screen, for who arranges the room."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.errors import NotPermittedError, TinhSoError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.access import get_actor_of, requires

from ..models import Desk
from ..permissions import ARRANGE
from ..selectors import find_line_states, find_room
from ..services.arrange import add_desk, add_line, open_room, renew_key, set_desk_open, set_line_open
from .forms import DeskForm, LineForm


@requires(ARRANGE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    return _draw(request)


def _draw(
    request: HttpRequest,
    line_form: LineForm | None = None,
    desk_form: DeskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    agency_id = _get_agency_id(get_actor_of(request))
    states = find_line_states(agency_id)
    desk_form = desk_form or DeskForm()
    desk_form.fields["lines"].choices = _choices(agency_id)  # type: ignore[attr-defined]
    context = {
        "room": find_room(agency_id),
        "lines": states,
        "desks": Desk.objects.filter(agency_id=agency_id).prefetch_related("lines"),
        "line_form": line_form or LineForm(),
        "desk_form": desk_form,
    }
    return render(request, "counters/arrange.html", context, status=status)


@requires(ARRANGE)
@require_POST
def change(request: HttpRequest, act: str) -> HttpResponse:
    actor = get_actor_of(request)
    agency_id = _get_agency_id(actor)
    if act == "them-hang":
        return _add_line(request, actor, agency_id)
    if act == "them-quay":
        return _add_desk(request, actor, agency_id)
    is_open = request.POST.get("open") == "1"
    if act == "mo-phong":
        open_room(actor=actor, agency_id=agency_id)
    elif act == "doi-dia-chi":
        renew_key(actor=actor, agency_id=agency_id)
    elif act == "hang":
        set_line_open(actor=actor, line_id=_read_id(request), is_open=is_open)
    elif act == "quay":
        set_desk_open(actor=actor, desk_id=_read_id(request), is_open=is_open)
    else:
        raise Http404
    messages.success(request, _("Đã ghi."))
    return redirect("counters:arrange")


def _add_line(request: HttpRequest, actor: Actor, agency_id: UUID) -> HttpResponse:
    form = LineForm(request.POST)
    if form.is_valid():
        try:
            add_line(actor=actor, agency_id=agency_id, **form.cleaned_data)
        except TinhSoError as refusal:
            form.add_error("letter", refusal.sentence)
        else:
            messages.success(request, _("Đã thêm hàng chờ."))
            return redirect("counters:arrange")
    return _draw(request, line_form=form, status=422)


def _add_desk(request: HttpRequest, actor: Actor, agency_id: UUID) -> HttpResponse:
    form = DeskForm(request.POST)
    form.fields["lines"].choices = _choices(agency_id)  # type: ignore[attr-defined]
    if form.is_valid():
        line_ids = [UUID(text) for text in form.cleaned_data["lines"]]
        try:
            add_desk(actor=actor, agency_id=agency_id, number=form.cleaned_data["number"], line_ids=line_ids)
        except TinhSoError as refusal:
            form.add_error("number", refusal.sentence)
        else:
            messages.success(request, _("Đã thêm quầy."))
            return redirect("counters:arrange")
    return _draw(request, desk_form=form, status=422)


def _choices(agency_id: UUID) -> list[tuple[str, str]]:
    return [(str(state.line.pk), str(state.line)) for state in find_line_states(agency_id)]


def _get_agency_id(actor: Actor) -> UUID:
    """The agency the actor works at now, which must be one he arranges."""
    if actor.agency_id is None or not actor.may(ARRANGE, actor.agency_id):
        raise NotPermittedError(permission=ARRANGE)
    return actor.agency_id


def _read_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise Http404 from error
