from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import today
from tinhso.kernel.web.access import get_actor_of, signed_in

from ..forms import TokenForm
from ..selectors import find_tokens
from ..services import IssuedToken, issue_token, revoke_token
from ..terms import get_terms
from .account import pick_page


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def list_tokens(request: HttpRequest) -> HttpResponse:
    """The list, the form, and once, right after it was issued, the token itself."""
    actor = get_actor_of(request)
    form = TokenForm(request.POST or None)
    issued: IssuedToken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            issued = issue_token(
                actor=actor, name=form.cleaned_data["name"], valid_until=form.cleaned_data["valid_until"]
            )
        except TinhSoError as error:
            form.add_error("valid_until", error.sentence)
        else:
            form = TokenForm()
    return render(
        request,
        "people/tokens.html",
        {
            "form": form,
            "issued": issued,
            "tokens": find_tokens(actor),
            "today": today(),
            "longest": get_terms(today()).token_days,
            "base": pick_page(actor),
        },
        status=422 if form.errors else 200,
    )


@signed_in
@require_POST
def end_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    revoke_token(actor=get_actor_of(request), token_id=token_id)
    messages.success(request, _("Đã thu hồi khóa. Chương trình dùng khóa này bị từ chối từ bây giờ."))
    return HttpResponseRedirect(reverse("people:tokens"))
