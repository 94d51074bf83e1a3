from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import today
from tinhso.kernel.web.access import get_actor_of, signed_in

from ..actor import Actor, ActorKind
from ..middleware import AGENCY_KEY
from ..models import Account
from ..selectors import find_held_assignments, find_received_delegations, find_tokens, get_account
from ..signin.account import find_desk_url
from ..signin.second_factor import find_withheld, has_second_factor, needs_second_factor


@signed_in
@require_GET
def show_account(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    account = get_account(actor.require_account())
    return render(
        request,
        "people/account.html",
        {
            "account": account,
            "actor": actor,
            "base": pick_page(actor),
            "held": find_held_assignments(actor),
            "lent": [loan for loan in find_received_delegations(actor) if loan.valid_from <= today()],
            "live_token_count": find_tokens(actor).filter(revoked_at__isnull=True).count(),
            "factors": _list_factors(account),
            "asks_for_factor": needs_second_factor(actor) and not has_second_factor(account),
            "is_withheld": bool(find_withheld(request, account)) and account.is_official,
        },
    )


@signed_in
@require_POST
def switch_agency(request: HttpRequest) -> HttpResponse:
    """Work for another of one's agencies. One that is not held is as good as unknown."""
    actor = get_actor_of(request)
    chosen = request.POST.get("agency", "")
    if chosen not in {str(post.agency_id) for post in actor.posts}:
        raise NotFoundError
    request.session[AGENCY_KEY] = str(UUID(chosen))
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if is_ours else find_desk_url(actor))


def pick_page(actor: Actor) -> str:
    """Officials see these pages from their desk, everyone else under the citizen's header."""
    return "people/page_desk.html" if actor.kind is ActorKind.OFFICIAL else "people/page_citizen.html"


def _list_factors(account: Account) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=account.pk).order_by("created_at"))
