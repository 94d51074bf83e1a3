"""Views that refuse, fail and ask, for the tests of the web room."""

from __future__ import annotations

import psycopg
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import TemplateView

from tinhso.kernel.errors import InvalidInputError, StaleActionError

from ..access import marked, open_to_all, requires, signed_in


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("xong")


@open_to_all
def refuse(request: HttpRequest) -> HttpResponse:
    raise StaleActionError


@open_to_all
def refuse_input(request: HttpRequest) -> HttpResponse:
    raise InvalidInputError({"phone": "Số điện thoại có 10 chữ số."})


@open_to_all
def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


@open_to_all
def lose_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection") from psycopg.OperationalError()


foreign = [
    path("a", answer, name="a"),
    path("b", TemplateView.as_view(template_name="web/404.html"), name="b"),
]

mine = signed_in(answer)
sign = requires("onestop.sign_results")(answer)
marked_foreign = marked(foreign, signed_in, {"b": open_to_all})

urlpatterns = [
    path("", include("tinhso.project.urls")),
    path("_refuse", refuse),
    path("_input", refuse_input),
    path("_fail", fail),
    path("_away", lose_database),
    path("_mine", mine),
    path("_sign", sign),
    path("_foreign/", include((marked_foreign, "foreign"))),
]
handler404 = "tinhso.kernel.web.views.not_found"
handler403 = "tinhso.kernel.web.views.not_permitted"
handler500 = "tinhso.kernel.web.views.failure"
