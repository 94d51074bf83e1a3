from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import today
from tinhso.kernel.web import formats
from tinhso.kernel.web.access import get_actor_of, signed_in

from ..forms import DelegationForm
from ..selectors import (
    find_delegable_posts,
    find_given_delegations,
    find_received_delegations,
    find_receivers,
    get_account,
)
from ..services import delegate_role, revoke_delegation
from ..signin.doors import for_officials
from ..terms import get_terms


@signed_in
@for_officials
@require_GET
def list_delegations(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    return render(
        request,
        "people/delegations.html",
        {
            "given": find_given_delegations(actor),
            "received": find_received_delegations(actor),
            "today": today(),
            "can_delegate": find_delegable_posts(actor).exists(),
        },
    )


@signed_in
@for_officials
@require_http_methods(["GET", "POST"])
def add_delegation(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    form = DelegationForm(
        request.POST or None, posts=find_delegable_posts(actor), receivers=find_receivers(actor)
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            delegate_role(
                actor=actor,
                assignment_id=told["assignment_id"],
                to_account_id=told["to_account_id"],
                valid_from=told["valid_from"],
                valid_to=told["valid_to"],
                reason=told["reason"],
            )
        except TinhSoError as error:
            form.add_error(None, error.sentence)
        else:
            sentence = _("Đã ủy quyền cho %(name)s đến hết %(day)s.")
            messages.success(
                request,
                sentence
                % {
                    "name": get_account(told["to_account_id"]).full_name,
                    "day": formats.day(told["valid_to"]),
                },
            )
            return HttpResponseRedirect(reverse("people:delegations"))
    days = get_terms(today()).delegation_days
    status = 422 if form.errors else 200
    return render(request, "people/delegation_form.html", {"form": form, "longest": days}, status=status)


@signed_in
@for_officials
@require_POST
def end_delegation(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    revoke_delegation(actor=get_actor_of(request), delegation_id=delegation_id)
    messages.success(request, _("Đã thu hồi. Người nhận mất vai trò này từ bây giờ."))
    return HttpResponseRedirect(reverse("people:delegations"))
