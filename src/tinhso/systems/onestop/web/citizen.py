"""Pages anyone may read: home, procedures, look-up by code."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhso.kernel.clock.term import Term
from tinhso.kernel.moment import today
from tinhso.kernel.web.access import get_actor_of, open_to_all

from ..choices import Channel
from ..data.procedure_file import VersionFile
from ..data.reading import read_life_events
from ..models import FilingDraft, ProcedureVersion
from ..selectors.clocks import as_clock_term, read_filing_clock
from ..selectors.drafts import find_drafts
from ..selectors.fees import FeeReading, compute_fee
from ..selectors.portal import is_citizen_door_open
from ..selectors.procedures import (
    count_procedures,
    find_page,
    find_sectors,
    find_versions,
    get_content,
    get_definition,
    get_procedure,
)
from ..selectors.promise import find_most_used, read_promise
from ..selectors.timeline import get_public_progress

SHOWN_RESULTS, SHOWN_LETTERS = 4, 80
"""What stands of the results at the head of the page; more is told below."""
FULLEST = 8
"""Fields one can choose at a touch; all of them are in the list beside."""


@dataclass(frozen=True, slots=True)
class Line:
    """A procedure in a list."""

    version: ProcedureVersion
    fee: FeeReading

    @property
    def term(self) -> Term | None:
        return as_clock_term(self.content.term)

    @property
    def content(self) -> VersionFile:
        return get_content(self.version)


def as_lines(versions: list[ProcedureVersion]) -> list[Line]:
    return [Line(v, compute_fee(get_content(v), channel=Channel.ONLINE, on=today())) for v in versions]


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "events": read_life_events(),
        "count": count_procedures(),
        "most_used": as_lines(find_most_used(6) or find_page(size=6).versions),
        "often": [_("đăng ký khai sinh"), _("giấy độc thân"), _("tách thửa")],
        "promise": read_promise(),
    }
    return render(request, "onestop/home.html", context)


@open_to_all
def procedures(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:200]
    sector = request.GET.get("linh-vuc", "")[:200]
    event = next((e for e in read_life_events() if e.code == request.GET.get("viec")), None)
    after = request.GET.get("sau", "")[:40]
    page = find_page(query, sector=sector, life_event=event.code if event else "", after=after)
    sectors = find_sectors()
    kept = {name: request.GET[name][:200] for name in ("q", "linh-vuc", "viec") if request.GET.get(name)}
    context = {
        "query": query,
        "sector": sector,
        "event": event,
        "lines": as_lines(page.versions),
        "count": page.count,
        "sectors": sectors,
        "fullest": sectors[:FULLEST],
        "next_url": f"?{urlencode({**kept, 'sau': page.next_code})}" if page.next_code else "",
        "first_url": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "onestop/procedures.html", context)


@open_to_all
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    version = get_procedure(code)
    content = get_content(version)
    actor = get_actor_of(request)
    context = {
        "version": version,
        "content": content,
        "fee": compute_fee(content, channel=Channel.ONLINE, on=today()),
        "has_long_results": len(content.results) > SHOWN_RESULTS
        or any(len(result.name) > SHOWN_LETTERS for result in content.results),
        "reading": read_filing_clock(version),
        "term": as_clock_term(content.term),
        "versions": [(one, as_clock_term(get_content(one).law_term)) for one in find_versions(code)],
        **_describe_draft(next((d for d in find_drafts(actor) if d.version_id == version.pk), None)),
        "may_file_online": version.is_filed_here
        and "online" in content.channels
        and is_citizen_door_open(today()),
        "portal_url": settings.PORTAL_CITIZEN_URL if "online" in content.channels else "",
    }
    return render(request, "onestop/procedure.html", context)


STEPS_AFTER = 2
"""Papers, and the last look."""


def _describe_draft(draft: FilingDraft | None) -> dict[str, object]:
    """Where the person's own draft stands: the first step with something missing, of how many."""
    if draft is None:
        return {"draft": None}
    definition = get_definition(draft.version)
    pages = definition.find_pages(draft.values)
    page = definition.get_first_open_page(draft.values, on=today())
    return {
        "draft": draft,
        "draft_step": pages.index(page) + 1 if page in pages else len(pages) + 1,
        "draft_steps": len(pages) + STEPS_AFTER,
    }


@open_to_all
def look_up(request: HttpRequest) -> HttpResponse:
    """Code and degree of completion only (TT 01/2018/TT-VPCP article 16)."""
    code = request.GET.get("ma", "").strip()[:50]
    progress = get_public_progress(code) if code else None
    return render(request, "onestop/look_up.html", {"code": code, "progress": progress})
