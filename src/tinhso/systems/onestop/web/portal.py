"""The exchange with the National Portal, for who runs it: what is behind and why, what is held, the switch."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import now, today
from tinhso.kernel.web.access import get_actor_of, requires
from tinhso.kernel.web.parts import Tab

from ..models import Dossier
from ..permissions import RUN_PORTAL
from ..selectors.portal import (
    PAGE,
    PortalState,
    find_behind,
    find_door,
    find_doors,
    find_held_arrivals,
    find_refused,
    get_portal_state,
)
from ..services.receive_from_portal import retry_arrival
from ..services.switch_citizen_door import switch_citizen_door
from ..services.sync_portal import send_again, send_again_since
from .portal_forms import OPEN, DoorForm, SinceForm

REFUSED = "tu-choi"


@requires(RUN_PORTAL)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    return _draw(request, SinceForm())


def _draw(request: HttpRequest, form: SinceForm, status: int = 200) -> HttpResponse:
    actor = get_actor_of(request)
    only_refused = request.GET.get("loc") == REFUSED
    rows = (find_refused if only_refused else find_behind)(actor)
    if after := _read_id(request.GET.get("sau", "")):
        rows = rows.filter(pk__gt=after)
    rows = rows.select_related("portal_sync", "version__procedure", "resolving_agency")
    found = list(rows.defer("version__content")[: PAGE + 1])
    state = get_portal_state(actor)
    context = {
        "state": state,
        "tabs": _tabs(state, only_refused),
        "behind": found[:PAGE],
        "next_url": _next_url(found, only_refused),
        "is_first_page": "sau" not in request.GET,
        "arrivals": list(find_held_arrivals(actor)[:PAGE]),
        "door": find_door(today()),
        "doors": list(find_doors()[:PAGE]),
        "today": today(),
        "form": form,
        "now": now(),
    }
    return render(request, "onestop/portal.html", context, status=status)


def _tabs(state: PortalState, only_refused: bool) -> list[Tab]:
    return [
        Tab(label=_("Chưa đồng bộ"), url="?", count=state.behind_count, is_current=not only_refused),
        Tab(
            label=_("Cổng không nhận"),
            url=f"?loc={REFUSED}",
            count=state.refused_count,
            is_current=only_refused,
            is_alarming=True,
        ),
    ]


def _next_url(found: list[Dossier], only_refused: bool) -> str:
    if len(found) <= PAGE:
        return ""
    return f"?{f'loc={REFUSED}&' if only_refused else ''}sau={found[PAGE - 1].pk}"


@requires(RUN_PORTAL)
@require_POST
def again(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    send_again(actor=get_actor_of(request), dossier_id=dossier_id)
    messages.success(request, _("Hồ sơ được gửi lại trong một phút tới."))
    return HttpResponseRedirect(reverse("onestop:portal"))


@requires(RUN_PORTAL)
@require_POST
def again_since(request: HttpRequest) -> HttpResponse:
    form = SinceForm(request.POST)
    if not form.is_valid():
        return _draw(request, form, status=422)
    count = send_again_since(actor=get_actor_of(request), since=form.cleaned_data["since"])
    said = ngettext("%(count)s hồ sơ được gửi lại từ đầu.", "%(count)s hồ sơ được gửi lại từ đầu.", count)
    messages.success(request, said % {"count": count})
    return HttpResponseRedirect(reverse("onestop:portal"))


@requires(RUN_PORTAL)
@require_POST
def retry(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    retry_arrival(actor=get_actor_of(request), arrival_id=arrival_id)
    messages.success(request, _("Hồ sơ được tiếp nhận lại trong ít giây."))
    return HttpResponseRedirect(reverse("onestop:portal"))


@requires(RUN_PORTAL)
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Decide from which day citizens file where."""
    form = DoorForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                switch_citizen_door(
                    actor=get_actor_of(request),
                    valid_from=form.cleaned_data["valid_from"],
                    is_open=form.cleaned_data["is_open"] == OPEN,
                    reason=form.cleaned_data["reason"],
                )
            except TinhSoError as refusal:
                form.add_error(None, refusal.sentence)
                status = refusal.status
            else:
                messages.success(request, _("Đã ghi quyết định."))
                return HttpResponseRedirect(reverse("onestop:portal"))
    return render(request, "onestop/portal_door.html", {"form": form}, status=status)


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
