from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tinhso.kernel.errors import NotFoundError, NotPermittedError, TinhSoError
from tinhso.kernel.moment import now, today
from tinhso.kernel.web import formats
from tinhso.kernel.web.access import get_actor_of, open_to_all, requires

from ..calendar import CalendarRangeError, local
from ..forms import ReadingForm, TryForm
from ..permissions import EDIT_CALENDAR
from ..policy import LAWS, Question
from ..reading import ClockEvent, ClockEventKind, ClockReading, Term, TermUnit, read_clock
from ..scopes import may_edit
from ..selectors import find_choices, get_clock_rules, get_policy
from ..services import choose_reading
from .refusals import tell_form

EXAMPLE_TERM = 3


@open_to_all
@require_GET
def show_policy(request: HttpRequest) -> HttpResponse:
    """How terms are counted today, and a clock to try it on."""
    form = TryForm(request.GET if "so" in request.GET else _example())
    reading = _try(form) if form.is_valid() else None
    policy = get_policy(today())
    actor = get_actor_of(request)
    return render(
        request,
        "clock/policy.html",
        {
            "form": form,
            "is_example": "so" not in request.GET,
            "reading": reading,
            "policy": policy,
            "questions": [(choice, policy.find_others(choice.question)) for choice in policy.choices],
            "laws": reversed(LAWS),
            "planned": find_choices().filter(valid_from__gt=today()),
            "edits": actor.may(EDIT_CALENDAR) and may_edit(actor, None),
        },
    )


@requires(EDIT_CALENDAR)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, question: str) -> HttpResponse:
    actor = get_actor_of(request)
    if not may_edit(actor, None):
        raise NotPermittedError(permission=EDIT_CALENDAR)
    if question not in list(Question):
        raise NotFoundError
    asked, policy = Question(question), get_policy(today())
    form = ReadingForm(request.POST or None, policy=policy, question=asked)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            choose_reading(
                actor=actor,
                question=asked,
                reading=told["reading"],
                valid_from=told["valid_from"],
                basis=told["basis"],
            )
        except TinhSoError as error:
            tell_form(form, error)
        else:
            sentence = _("Cách tính mới áp dụng cho hồ sơ nhận từ %(day)s.")
            messages.success(request, sentence % {"day": formats.day(told["valid_from"])})
            return HttpResponseRedirect(reverse("clock:policy"))
    return render(request, "clock/choose.html", {"form": form, "choice": policy.choice(asked)})


def _example() -> dict[str, str]:
    moment = local(now())
    return {
        "nhan_ngay": f"{moment:%d/%m/%Y}",
        "nhan_gio": f"{moment:%H:%M}",
        "so": str(EXAMPLE_TERM),
        "don_vi": TermUnit.WORKING_DAY,
    }


def _try(form: TryForm) -> ClockReading | None:
    told = form.cleaned_data
    received_at: dt.datetime = told["nhan"]
    try:
        calendar, policy = get_clock_rules(None, received_at.date())
        return read_clock(
            term=Term(told["so"], TermUnit(told["don_vi"])),
            events=_find_events(told),
            calendar=calendar,
            policy=policy,
            now=told["dung"] or received_at,
        )
    except TinhSoError as error:
        form.add_error("nhan", error.sentence)
    except CalendarRangeError:
        form.add_error("nhan", _("Ngày này quá xa, chưa có lịch để tính."))
    return None


def _find_events(told: dict[str, Any]) -> list[ClockEvent]:
    events = [ClockEvent(ClockEventKind.RECEIVED, told["nhan"])]
    if told["vi"]:
        events.append(ClockEvent(ClockEventKind.PAUSED, told["dung"], told["vi"]))
        if told["tiep"]:
            events.append(ClockEvent(ClockEventKind.RESUMED, told["tiep"], told["vi"]))
    return events
