"""The officials' desk: worklist, one dossier, the leader's load."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhso.kernel.moment import now, today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.access import get_actor_of, requires
from tinhso.kernel.web.formats import duration
from tinhso.kernel.web.parts import Tab

from ..choices import Action, Channel
from ..models import Dossier
from ..permissions import PROCESS, RECEIVE, VIEW
from ..selectors.clocks import read_dossier_clock, read_rest_of_day
from ..selectors.colleagues import find_colleagues, get_full_name
from ..selectors.dossiers import get_dossier
from ..selectors.fees import read_dossier_fee
from ..selectors.lifecycle import find_allowed_actions, has_right
from ..selectors.payments import find_dossier_payments, get_collector
from ..selectors.procedures import get_content, get_definition
from ..selectors.results import find_result_plans
from ..selectors.steps import describe_steps
from ..selectors.timeline import find_happenings
from ..selectors.worklist import (
    TABS,
    WorkFilter,
    count_work,
    find_neighbours,
    find_used_procedures,
    find_work,
)
from .main_act import choose_main_act


@requires(VIEW)
def worklist(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    chosen = read_filter(request)
    counts = count_work(actor)
    may_process = actor.may(PROCESS, actor.agency_id)
    context = {
        "page": find_work(actor, chosen, request.GET.get("sau", "")),
        "chosen": chosen,
        "is_narrowed": chosen.is_narrowed,
        "holder": _find_holder_name(chosen),
        "counts": counts,
        "tabs": _tabs(chosen, counts),
        "procedures": find_used_procedures(actor),
        "channels": Channel.choices,
        "query_string": urlencode({k: v for k, v in request.GET.items() if k != "sau"}),
        "may_receive": actor.may(RECEIVE, actor.agency_id),
        "may_process": may_process,
        "colleagues": find_colleagues(actor.agency_id) if may_process and actor.agency_id else [],
        **_describe_today(actor, counts),
    }
    return render(request, "onestop/worklist.html", context)


def _find_holder_name(chosen: WorkFilter) -> str:
    if chosen.is_unheld:
        return _("chưa ai nhận")
    return get_full_name(chosen.holder_id) if chosen.holder_id else ""


def _describe_today(actor: Actor, counts: dict[str, int]) -> dict[str, object]:
    """The hour, and how much of the working day is left for what is due today."""
    told: dict[str, object] = {"now": now(), "tomorrow": today() + dt.timedelta(days=1)}
    if counts["today"] and actor.agency_id and (rest := read_rest_of_day(actor.agency_id, now())):
        closes_at, minutes = rest
        told |= {"closes_at": closes_at, "work_left": duration(dt.timedelta(minutes=minutes))}
    return told


def read_filter(request: HttpRequest) -> WorkFilter:
    """Everything chosen is in the address, so that a list can be kept and passed on."""
    tab = request.GET.get("loc", "mine")
    channel = request.GET.get("kenh", "")
    return WorkFilter(
        tab=tab if tab in TABS else "mine",
        procedure=request.GET.get("thu-tuc", "")[:40],
        channel=int(channel) if channel in {"1", "2", "3"} else None,
        query=request.GET.get("q", "")[:100].strip(),
        month=request.GET.get("thang", "")[:7],
        agency_id=_read_id(request.GET.get("don-vi", "")),
        holder_id=_read_id(request.GET.get("nguoi", "")),
        is_unheld=request.GET.get("nguoi") == "chua-ai",
    )


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _tabs(chosen: WorkFilter, counts: dict[str, int]) -> list[Tab]:
    labels = {
        "mine": _("Cần tôi xử lý"),
        "overdue": _("Quá hạn"),
        "today": _("Hôm nay"),
        "new": _("Mới nộp"),
        "waiting": _("Chờ bổ sung, chờ phí"),
        "submitted": _("Đã trình ký"),
        "agency": _("Cả đơn vị"),
        "closed": _("Đã xong"),
    }
    return [
        Tab(
            label=labels[tab],
            url=f"?loc={tab}",
            count=counts.get(tab),
            is_current=tab == chosen.tab,
            is_alarming=tab == "overdue",
        )
        for tab in TABS
    ]


@requires(VIEW)
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    return draw_dossier(request, get_dossier(get_actor_of(request), dossier_id))


def draw_dossier(
    request: HttpRequest,
    found: Dossier,
    problem: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One dossier on one page: papers, form, acts. What was typed comes back when an act was refused."""
    actor = get_actor_of(request)
    steps = list(found.steps.select_related("taken_by"))
    current = next((s for s in steps if s.ordinal == found.step_ordinal), None)
    following = next((s for s in steps if current and s.ordinal > current.ordinal), None)
    is_mine = current is not None and current.taken_by_id == actor.account_id
    allowed = find_allowed_actions(actor, found, current.kind if current else None)
    main = choose_main_act(allowed, current, following, is_mine=is_mine)
    plans = find_result_plans(found)
    content = get_content(found.version)
    papers = list(found.papers.all())
    shown = request.GET.get("giay", "")
    context = {
        "dossier": found,
        "content": content,
        "reading": read_dossier_clock(found) if found.accepted_at else None,
        "sections": get_definition(found.version).describe(found.form_values, on=today()),
        "papers": papers,
        "shown_paper": next(
            (p for p in papers if str(p.pk) == shown), next((p for p in papers if p.file_id), None)
        ),
        "letters": found.letters.all(),
        "may_reword": has_right(actor, found, Action.REWORD_LETTER),
        "results": plans,
        "step_lines": describe_steps(found, steps, now()),
        "current_step": current,
        "main": main,
        "needs_draft": main is not None and main.name == "trinh-ky" and not any(p.document for p in plans),
        "happenings": find_happenings(found, is_official=True),
        "allowed": {str(action): True for action in allowed},
        "colleagues": find_colleagues(found.handling_agency_id),
        "neighbours": find_neighbours(actor, found),
        **_describe_fee(actor, found),
        "problem": problem,
        "typed": typed or {},
        "now": now(),
    }
    return render(request, "onestop/dossier.html", context, status=status)


def _describe_fee(actor: Actor, found: Dossier) -> dict[str, object]:
    """What it costs and why, what is owed of it, and whether this officer may let the applicant off."""
    payments = find_dossier_payments(found.pk)
    places = {found.intake_agency_id, found.handling_agency_id}
    may_act = any(actor.may(RECEIVE, place) for place in places) or actor.may(
        PROCESS, found.handling_agency_id
    )
    return {
        "fee": read_dossier_fee(found),
        "payments": payments,
        "owed_vnd": sum(payment.amount_vnd for payment in payments if payment.is_unpaid),
        "may_reduce": may_act and (found.fee_vnd is None or any(payment.is_unpaid for payment in payments)),
        "has_e_receipts": get_collector(found.resolving_agency_id, today()) is not None,
    }
