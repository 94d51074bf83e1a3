"""The tracking book of a counter, on screen and on paper."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET

from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.moment import now, today
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.web.access import get_actor_of, requires

from ..permissions import VIEW
from ..selectors.book import find_closing, find_years, read_book_page, read_whole_book
from ..services.close_book import write_book

MOST_PRINTED = 5_000
"""Rows of an open book printed at once; a locked one is a file."""


@requires(VIEW)
@require_GET
def book(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    agency = _get_agency(request)
    years = find_years(actor, agency.pk)
    year = _read_year(request, years)
    context = {
        "agency": agency,
        "year": year,
        "years": years,
        "page": read_book_page(actor, agency.pk, year, request.GET.get("sau", "")),
        "closing": find_closing(agency.pk, year),
        "here": urlencode({"nam": year, "don-vi": agency.pk}),
        "is_first_page": "sau" not in request.GET,
    }
    return render(request, "onestop/book.html", context)


@requires(VIEW)
@require_GET
def print_book(request: HttpRequest) -> HttpResponse:
    """The locked book's signed file; of an open one, a print as it stands, unsigned."""
    actor = get_actor_of(request)
    agency = _get_agency(request)
    year = _read_year(request, find_years(actor, agency.pk))
    closing = find_closing(agency.pk, year)
    if closing is not None:
        return redirect(f"{reverse('files:download', args=[closing.file_id])}?inline=1")
    rows = []
    for row in read_whole_book(actor, agency.pk, year):
        rows.append(row)
        if len(rows) == MOST_PRINTED:
            break
    with translation.override("vi"):
        content = render_letter("onestop/tracking_book", write_book(agency, year, rows), at=now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="so-theo-doi-{year}.pdf"'
    return response


def _get_agency(request: HttpRequest) -> Agency:
    actor = get_actor_of(request)
    agency_id = _read_id(request.GET.get("don-vi", "")) or actor.agency_id
    if agency_id is None or not actor.may(VIEW, agency_id):
        raise Http404
    return Agency.objects.select_related("unit", "parent").get(pk=agency_id)


def _read_year(request: HttpRequest, years: list[int]) -> int:
    text = request.GET.get("nam", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today().year
    return year if year in years else years[0]


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
