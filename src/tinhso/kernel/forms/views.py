from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tinhso.kernel.moment import today
from tinhso.kernel.web.access import open_to_all

from .drawing import Box
from .territory import list_communes


@open_to_all
def communes(request: HttpRequest) -> HttpResponse:
    """The options of a list of communes: `path` names the unit asked about, `on` its day.

    A day that is none, or a province unknown on it, gives an empty list; the server checks again on posting.
    """
    path = request.GET.get("path", "")
    province = request.GET.get(f"{path}.province", "")
    boxes = [
        Box("", "", name, code)
        for code, name in list_communes(province, _read_day(request.GET.get("on", "")))
    ]
    response = render(request, "forms/options.html", {"boxes": boxes})
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _read_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today()
