from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tinhso.kernel.web.access import open_to_all


@open_to_all
@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The description drawn by Swagger UI from our own static files, under the site's content policy."""
    return render(request, "api/docs.html", {"description_url": reverse("api:openapi-json")})
