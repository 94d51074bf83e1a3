from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import today
from tinhso.kernel.search.folding import split_matches
from tinhso.kernel.web.access import open_to_all

from .forms import LookUpForm
from .models import AdministrativeUnit, Agency, UnitLevel
from .selectors import (
    UnitStory,
    count_communes,
    find_provinces,
    find_units,
    find_units_after,
    find_units_before,
    get_story,
    get_unit_by_id,
    search_other_days,
    search_units,
)

MOST_FOUND, FEW_FOUND = 30, 5
PAGE = 60


@open_to_all
@require_GET
def look_up(request: HttpRequest) -> HttpResponse:
    form = _bind(request.GET)
    status = 200 if form.is_valid() else 400
    text = str(form.cleaned_data.get("q", ""))
    page = {"form": form, "day": form.day, "today": today(), "text": text}
    page |= _find(text, form) if text else _list_provinces(form)
    return render(request, "orgs/look_up.html", page, status=status)


@open_to_all
@require_GET
def show_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    form = _bind(request.GET)
    status = 200 if form.is_valid() else 400
    story = get_story(unit_id, form.day)
    page = {
        "form": form,
        "story": story,
        "unit": story.unit,
        "day": form.day,
        "agencies": [(agency, _write_codes(agency, form.day)) for agency in story.agencies],
    }
    return render(request, "orgs/unit.html", page | _list_below(story, request.GET), status=status)


def _bind(asked: QueryDict) -> LookUpForm:
    """Bound to the day shown, so that the field says which day it is even when none was asked for."""
    values = asked.copy()
    form = LookUpForm(values)
    if form.is_valid():
        values["ngay"] = f"{form.day:%d/%m/%Y}"
        form = LookUpForm(values)
    return form


def _find(text: str, form: LookUpForm) -> dict[str, object]:
    found = list(search_units(text, form.day)[: MOST_FOUND + 1])
    elsewhere = search_other_days(text, form.day)[: FEW_FOUND if found else MOST_FOUND]
    return {
        "found": [(unit, split_matches(unit.name, text)) for unit in found[:MOST_FOUND]],
        "is_cut": len(found) > MOST_FOUND,
        "most_found": MOST_FOUND,
        "elsewhere": [(unit, split_matches(unit.name, text)) for unit in elsewhere],
    }


def _list_provinces(form: LookUpForm) -> dict[str, object]:
    counts = count_communes(form.day)
    provinces = [(province, counts.get(province.pk, 0)) for province in find_provinces(form.day)]
    districts = AdministrativeUnit.objects.as_of(form.day).filter(level=UnitLevel.DISTRICT)
    return {
        "provinces": provinces,
        "district_count": districts.count(),
        "commune_count": sum(counts.values()),
    }


def _list_below(story: UnitStory, asked: QueryDict) -> dict[str, object]:
    """One page of the units below, cut by the key of the unit at its edge."""
    below = find_units(story.unit.pk, story.day_in_force)
    if "truoc" in asked:
        shown = list(find_units_before(below, _get_edge(asked.get("truoc", "")))[:PAGE])[::-1]
    elif "sau" in asked:
        shown = list(find_units_after(below, _get_edge(asked.get("sau", "")))[:PAGE])
    else:
        shown = list(below[:PAGE])
    page: dict[str, object] = {"below": shown, "below_count": below.count()}
    if shown and find_units_after(below, shown[-1]).exists():
        page["next_url"] = f"?ngay={story.on.isoformat()}&sau={shown[-1].pk}#below"
    if shown and find_units_before(below, shown[0]).exists():
        page["previous_url"] = f"?ngay={story.on.isoformat()}&truoc={shown[0].pk}#below"
    return page


def _get_edge(text: str) -> AdministrativeUnit:
    try:
        return get_unit_by_id(UUID(text))
    except ValueError as error:
        raise NotFoundError from error


def _write_codes(agency: Agency, on: dt.date) -> str:
    """Both forms of its code on the day, the newer first."""
    borne = [i for i in agency.identifiers.all() if i.is_valid_on(on)]
    return ", ".join(i.code for i in sorted(borne, key=lambda i: i.scheme))
