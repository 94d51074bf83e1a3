"""Outside systems that the demo carries with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tinhso.kernel.web.access import open_to_all

from ..clients.portal_stand_in import SimulatedPortal
from . import payment_stand_in

_portal = SimulatedPortal(keeps=False)


@open_to_all
@csrf_exempt
@require_POST
def take_portal_message(request: HttpRequest, message: str) -> HttpResponse:
    """The stand-in of the National Portal, on the demo's own site."""
    status, content = _portal.answer(message, request.body)
    return HttpResponse(content, status=status, content_type="application/json")


urlpatterns = [
    path("mo-phong/cong-quoc-gia/<str:message>", take_portal_message, name="demo-national-portal"),
    path("mo-phong/cong-thanh-toan/", include(payment_stand_in.urlpatterns)),
]
