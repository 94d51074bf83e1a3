from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tinhso.kernel.errors import NotFoundError, NotPermittedError, TinhSoError
from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.orgs.selectors import get_agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web import formats
from tinhso.kernel.web.access import get_actor_of, open_to_all, requires

from ..calendar import DayKind
from ..forms import AnnounceYearForm, CalendarDayForm, HoursForm, RemoveDayForm
from ..models import CalendarDay
from ..permissions import EDIT_CALENDAR
from ..scopes import find_edited_agencies, may_edit
from ..selectors import (
    find_agency_hours,
    find_calendar_days,
    find_calendar_years,
    get_calendar,
    get_calendar_day,
    get_last_calendar_day,
)
from ..services import add_calendar_day, announce_calendar_year, remove_calendar_day, set_agency_hours
from ..year_page import draw_months, tell_hours
from .refusals import tell_form


@open_to_all
@require_GET
def show_calendar(request: HttpRequest) -> HttpResponse:
    """One year, for everybody; who may edit gets the desk's face of it."""
    actor = get_actor_of(request)
    years = {known.year: known for known in find_calendar_years()}
    year = _read_year(request, set(years))
    agency = _read_agency(request)
    agency_id = agency.pk if agency else None
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    calendar = get_calendar(agency_id, first, last)
    days = list(find_calendar_days(year, agency_id))
    hours = find_agency_hours(agency_id, min(max(today(), first), last))
    is_editor = actor.may(EDIT_CALENDAR)
    return render(
        request,
        "clock/calendar_desk.html" if is_editor else "clock/calendar.html",
        {
            "year": year,
            "known": years.get(year),
            "before": year - 1 if year - 1 in years else None,
            "after": year + 1 if year in years else None,
            "months": draw_months(year, calendar, today()),
            "working_days": calendar.count_working_days(first, last),
            "days": days,
            "expected_count": sum(day.is_expected for day in days),
            "hours": tell_hours(hours),
            "hours_row": hours[0] if hours else None,
            "agency": agency,
            "agencies": find_edited_agencies(actor) if is_editor else [],
            "edits_province": is_editor and may_edit(actor, None),
            "editable_ids": _find_editable(actor, days) if is_editor else set(),
        },
    )


@requires(EDIT_CALENDAR)
@require_http_methods(["GET", "POST"])
def add_day(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    form = CalendarDayForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            add_calendar_day(
                actor=actor,
                on=told["on"],
                kind=DayKind(told["kind"]),
                name=told["name"],
                name_en=told["name_en"],
                basis=told["basis"],
                agency_id=told["scope"],
                is_expected=told["is_expected"],
            )
        except TinhSoError as error:
            tell_form(form, error)
        else:
            messages.success(request, _("Đã thêm %(day)s vào lịch.") % {"day": formats.day(told["on"])})
            return _to_year(told["on"].year, told["scope"])
    return render(request, "clock/add_day.html", {"form": form})


@requires(EDIT_CALENDAR)
@require_http_methods(["GET", "POST"])
def remove_day(request: HttpRequest, day_id: UUID) -> HttpResponse:
    actor = get_actor_of(request)
    day = get_calendar_day(day_id)
    if not may_edit(actor, day.agency_id):
        raise NotPermittedError(permission=EDIT_CALENDAR)
    form = RemoveDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_calendar_day(actor=actor, day_id=day_id, reason=form.cleaned_data["reason"])
        except TinhSoError as error:
            tell_form(form, error)
        else:
            messages.success(request, _("Đã bỏ %(day)s khỏi lịch.") % {"day": formats.day(day.on)})
            return _to_year(day.on.year, day.agency_id)
    return render(request, "clock/remove_day.html", {"form": form, "day": day})


@requires(EDIT_CALENDAR)
@require_http_methods(["GET", "POST"])
def announce_year(request: HttpRequest, year: int) -> HttpResponse:
    actor = get_actor_of(request)
    if not may_edit(actor, None):
        raise NotPermittedError(permission=EDIT_CALENDAR)
    form = AnnounceYearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            announce_calendar_year(actor=actor, year=year, basis=form.cleaned_data["basis"])
        except TinhSoError as error:
            tell_form(form, error)
        else:
            messages.success(request, _("Lịch năm %(year)s đã công bố.") % {"year": year})
            return _to_year(year, None)
    days = find_calendar_days(year)
    return render(request, "clock/announce_year.html", {"form": form, "year": year, "days": days})


@requires(EDIT_CALENDAR)
@require_http_methods(["GET", "POST"])
def set_hours(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    agency = _read_agency(request)
    present = tell_hours(find_agency_hours(agency.pk if agency else None, today()))
    form = HoursForm(
        request.POST or None,
        actor=actor,
        present=present,
        initial={"scope": str(agency.pk)} if agency else None,
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            set_agency_hours(
                actor=actor,
                agency_id=told["scope"],
                week=form.week,
                valid_from=told["valid_from"],
                basis=told["basis"],
            )
        except TinhSoError as error:
            tell_form(form, error)
        else:
            sentence = _("Giờ làm việc mới áp dụng từ %(day)s.")
            messages.success(request, sentence % {"day": formats.day(told["valid_from"])})
            return _to_year(told["valid_from"].year, told["scope"])
    return render(request, "clock/hours.html", {"form": form, "agency": agency})


def _read_year(request: HttpRequest, known: set[int]) -> int:
    """The year asked for: from the first known one to the last a term may reach."""
    text = request.GET.get("nam", "")
    if not text:
        return today().year
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    if not min(known, default=today().year) <= year < get_last_calendar_day().year:
        raise NotFoundError
    return year


def _read_agency(request: HttpRequest) -> Agency | None:
    text = request.GET.get("co-quan", "")
    if not text:
        return None
    try:
        return get_agency(UUID(text))
    except ValueError as error:
        raise NotFoundError from error


def _find_editable(actor: Actor, days: list[CalendarDay]) -> set[UUID]:
    owners = {day.agency_id for day in days}
    allowed = {owner for owner in owners if may_edit(actor, owner)}
    return {day.pk for day in days if day.agency_id in allowed}


def _to_year(year: int, agency_id: UUID | None) -> HttpResponseRedirect:
    address = f"{reverse('clock:calendar')}?nam={year}"
    return HttpResponseRedirect(f"{address}&co-quan={agency_id}" if agency_id else address)
