from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.people.views.account import pick_page
from tinhso.kernel.web.access import get_actor_of, signed_in

from .selectors import PAGE_SIZE, count_unread, find_notifications
from .services import mark_all_read, mark_read


@signed_in
@require_GET
def list_notifications(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    rows = find_notifications(actor, after=_read_key(request.GET.get("sau", "")), size=PAGE_SIZE + 1)
    page = rows[:PAGE_SIZE]
    return render(
        request,
        "notify/list.html",
        {
            "notifications": page,
            "next_url": f"?sau={page[-1].pk}" if len(rows) > PAGE_SIZE else "",
            "base": pick_page(actor),
            "is_first_page": "sau" not in request.GET,
            "unread_count": count_unread(actor),
        },
    )


@signed_in
@require_POST
def open_notification(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    url = mark_read(actor=get_actor_of(request), notification_id=notification_id)
    return HttpResponseRedirect(url or reverse("notify:list"))


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(actor=get_actor_of(request))
    return HttpResponseRedirect(reverse("notify:list"))


def _read_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
