"""The catalogue as imported: what waits for an official, the page of a record, what is published."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.errors import InvalidInputError, TinhSoError
from tinhso.kernel.web.access import get_actor_of, requires
from tinhso.kernel.web.parts import Tab

from ..choices import RecordState
from ..data.national.answers import get_whole_kind
from ..data.national.building import find_term
from ..models import NationalRecord
from ..permissions import MANAGE_CATALOGUE
from ..selectors.national import (
    PAGE,
    RecordFilter,
    count_alike,
    count_reasons,
    count_states,
    find_own_codes,
    find_provincial_owners,
    find_reasons,
    find_records,
    get_record,
    get_settled,
    get_standing,
)
from ..selectors.record_words import KINDS, REASONS
from ..services.publish_record import publish_record, publish_records
from ..services.settle_record import arrange_record, reopen_doubts, settle_doubts
from .questions import UNIT_CHOICES, ask, read_answers

LEVELS = (
    ("province", gettext_lazy("Cấp tỉnh")),
    ("commune", gettext_lazy("Cấp xã")),
    ("central", gettext_lazy("Ngoài thẩm quyền của tỉnh")),
)
ALL = "tat-ca"
TABS = {"": RecordState.WAITING, "cho-cong-khai": RecordState.READY, "da-cong-khai": RecordState.PUBLISHED}


@requires(MANAGE_CATALOGUE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Records by where they stand, each with what is in quarantine in it; cut by code."""
    actor, chosen = get_actor_of(request), _read_filter(request)
    found = find_records(actor, chosen, request.GET.get("sau", "")[:40])
    rows, reasons = found[:PAGE], find_reasons(row.pk for row in found[:PAGE])
    groups = count_reasons(actor)
    context = {
        "rows": [(row, reasons.get(row.pk, [])) for row in rows],
        "tabs": _tabs(request, count_states(actor)),
        "chosen": chosen,
        "tab": request.GET.get("loc", ""),
        "is_narrowed": chosen != RecordFilter(state=chosen.state),
        "is_ready": chosen.state == RecordState.READY,
        "own_codes": find_own_codes(row.code for row in rows) if chosen.state == RecordState.READY else set(),
        "groups": groups,
        "open_count": sum(group.count for group in groups),
        "levels": LEVELS,
        "standing": get_standing(),
        "next_url": f"?{_write_query(request, sau=rows[-1].code)}" if len(found) > PAGE else "",
        "is_first_page": "sau" not in request.GET,
    }
    return render(request, "onestop/catalogue.html", context)


def _read_filter(request: HttpRequest) -> RecordFilter:
    """`nhom` names a kind of field and a reason at once, as the list of what waits is grouped."""
    kind, _slash, reason = request.GET.get("nhom", "")[:100].partition("/")
    level = request.GET.get("cap", "")
    return RecordFilter(
        state=TABS.get(request.GET.get("loc", ""), ""),
        level=level if level in dict(LEVELS) else "",
        kind=kind if kind in KINDS else "",
        reason=reason if reason in {known.value for known in REASONS} else "",
        query=request.GET.get("q", "")[:200],
    )


def _tabs(request: HttpRequest, counts: dict[str, int]) -> list[Tab]:
    current = request.GET.get("loc", "")
    tabs = [
        Tab(label=state.label, url=f"?loc={key}", count=counts.get(state, 0), is_current=key == current)
        for key, state in TABS.items()
    ]
    everything = Tab(
        label=_("Tất cả"), url=f"?loc={ALL}", count=sum(counts.values()), is_current=current == ALL
    )
    return [replace(tabs[0], is_alarming=True), *tabs[1:], everything]


def _write_query(request: HttpRequest, **changes: str) -> str:
    kept = {name: request.GET[name] for name in ("loc", "cap", "nhom", "q") if request.GET.get(name)}
    return urlencode({**kept, **changes})


@requires(MANAGE_CATALOGUE)
@require_GET
def record(request: HttpRequest, code: str) -> HttpResponse:
    """The published text beside what is to be answered, and what was understood."""
    return _draw(request, get_record(get_actor_of(request), code))


def _draw(
    request: HttpRequest,
    row: NationalRecord,
    problems: dict[str, str] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    doubts = list(row.doubts.select_related("settled_by").order_by("ordinal"))
    still_open = [doubt for doubt in doubts if doubt.settled_at is None]
    typed = request.POST if problems else None
    told = get_settled(row)
    context = {
        "row": row,
        "told": told,
        "questions": ask(row, still_open, count_alike(still_open), typed, problems),
        "settled": [
            (doubt, KINDS[get_whole_kind(doubt.field)]) for doubt in doubts if doubt.settled_at is not None
        ],
        "problems": [(f"d-{pk}", sentence) for pk, sentence in (problems or {}).items() if pk.isdigit()],
        "refusal": refusal,
        "owners": find_provincial_owners(),
        "levels": LEVELS[:2],
        "units": UNIT_CHOICES,
        "law_term": find_term(told.channels),
        "has_own_text": row.state != RecordState.PUBLISHED and row.code in find_own_codes([row.code]),
    }
    return render(request, "onestop/record.html", context, status=status)


@requires(MANAGE_CATALOGUE)
@require_POST
def settle(request: HttpRequest, code: str) -> HttpResponse:
    actor = get_actor_of(request)
    row = get_record(actor, code)
    still_open = list(row.doubts.filter(settled_at__isnull=True).order_by("ordinal"))
    answers = read_answers(request.POST, ask(row, still_open, {}))
    if answers.problems:
        return _draw(request, row, answers.problems, status=422)
    if not answers.values:
        return _draw(request, row, refusal=_("Chưa có câu trả lời nào để ghi."), status=422)
    try:
        count = settle_doubts(actor=actor, record_id=row.pk, answers=answers.values, alike=answers.alike)
    except InvalidInputError as refused:
        return _draw(request, row, refused.problems, status=refused.status)
    said = ngettext(
        "Đã ghi câu trả lời cho %(count)s bản ghi.", "Đã ghi câu trả lời cho %(count)s bản ghi.", count
    )
    messages.success(request, said % {"count": count})
    return _back(row)


@requires(MANAGE_CATALOGUE)
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    actor = get_actor_of(request)
    row = get_record(actor, code)
    chosen = [int(text) for text in request.POST.getlist("doubt") if text.isdecimal() and len(text) < 19]
    reopen_doubts(actor=actor, record_id=row.pk, doubt_ids=chosen)
    return _back(row)


@requires(MANAGE_CATALOGUE)
@require_POST
def arrange(request: HttpRequest, code: str) -> HttpResponse:
    actor = get_actor_of(request)
    row = get_record(actor, code)
    value, unit = request.POST.get("term_value", "").strip(), request.POST.get("term_unit", "")
    try:
        arrange_record(
            actor=actor,
            record_id=row.pk,
            level=request.POST.get("level", ""),
            owner_function=request.POST.get("owner", ""),
            term=(int(value), unit) if value.isdecimal() and len(value) <= 4 else None,
        )
    except InvalidInputError as refused:
        return _draw(request, row, refusal=" ".join(refused.problems.values()), status=refused.status)
    except TinhSoError as refused:
        return _draw(request, row, refusal=refused.sentence, status=refused.status)
    messages.success(request, _("Đã ghi nơi giải quyết. Công khai lại để áp dụng."))
    return _back(row)


@requires(MANAGE_CATALOGUE)
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    actor = get_actor_of(request)
    row = get_record(actor, code)
    try:
        publish_record(actor=actor, record_id=row.pk)
    except TinhSoError as refused:
        return _draw(request, row, refusal=refused.sentence, status=refused.status)
    messages.success(request, _("Đã công khai. Hồ sơ đã nộp giữ bản thủ tục cũ."))
    return _back(row)


@requires(MANAGE_CATALOGUE)
@require_POST
def publish_many(request: HttpRequest) -> HttpResponse:
    """Those chosen on a page of the list."""
    chosen = [pk for text in request.POST.getlist("chon")[:PAGE] if (pk := _read_id(text)) is not None]
    count = publish_records(actor=get_actor_of(request), record_ids=chosen)
    said = ngettext("Đã công khai %(count)s thủ tục.", "Đã công khai %(count)s thủ tục.", count)
    messages.success(request, said % {"count": count})
    return HttpResponseRedirect(f"{reverse('onestop:catalogue')}?loc=cho-cong-khai")


def _back(row: NationalRecord) -> HttpResponse:
    return HttpResponseRedirect(reverse("onestop:record", args=[row.code]))


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
