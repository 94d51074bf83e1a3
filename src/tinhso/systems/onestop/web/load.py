"""The leader's load: figures that open down to their dossiers, who holds how much, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.kernel.moment import now, today
from tinhso.kernel.web.access import get_actor_of, requires
from tinhso.kernel.web.formats import number

from ..data.screens import AgencyLoad
from ..permissions import VIEW_LOAD
from ..selectors.load import find_holders, find_loads
from ..selectors.worklist import WorkFilter, find_work


@dataclass(frozen=True, slots=True)
class LoadTile:
    label: str
    value: str
    url: str
    unit: str = ""
    verdict: str = ""
    target: str = ""


@requires(VIEW_LOAD)
def load(request: HttpRequest) -> HttpResponse:
    """The agency of the switcher in full, the leader's other agencies one line each."""
    actor = get_actor_of(request)
    loads = find_loads(actor)
    own = next((one for one in loads if one.agency_id == actor.agency_id), loads[0] if loads else None)
    month = f"{today():%Y-%m}"
    context = {
        "own": own,
        "tiles": _draw_tiles(own, month) if own else [],
        "others": [one for one in loads if one is not own],
        "holders": find_holders(actor, own.agency_id) if own else [],
        "overdue": find_work(actor, WorkFilter(tab="overdue", agency_id=own.agency_id)) if own else None,
        "now": now(),
        "month": month,
    }
    return render(request, "onestop/load.html", context)


def _draw_tiles(own: AgencyLoad, month: str) -> list[LoadTile]:
    def tile(label: str, count: int, tab: str, verdict: str = "", target: str = "", **more: str) -> LoadTile:
        query = urlencode({"loc": tab, "don-vi": own.agency_id, **more})
        url = f"{reverse('onestop:worklist')}?{query}"
        return LoadTile(label, number(count), url, _("hồ sơ"), verdict, target)

    tiles = [
        tile(_("Đang mở"), own.open, "agency"),
        tile(_("Quá hạn"), own.overdue, "overdue", "bad" if own.overdue else "ok", _("Mục tiêu 0")),
        tile(_("Đến hạn hôm nay"), own.due_today, "today"),
        tile(_("Đang dừng"), own.paused, "waiting"),
        LoadTile(_("Chờ ký"), number(own.waiting_signature), reverse("onestop:signing"), _("văn bản")),
        tile(_("Xong trong tháng"), own.decided_this_month, "closed", thang=month),
    ]
    if own.share is not None:
        query = urlencode({"loc": "closed", "don-vi": own.agency_id, "thang": month})
        url = f"{reverse('onestop:worklist')}?{query}"
        tiles.append(LoadTile(_("Đúng hạn trong tháng"), number(round(own.share, 1)), url, "%"))
    return tiles
