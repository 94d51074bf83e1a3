from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import today
from tinhso.kernel.web.access import get_actor_of, requires

from ..forms import OfficialForm, RoleForm
from ..permissions import MANAGE_ACCOUNTS, MANAGE_ROLES
from ..selectors import (
    find_assignments,
    find_manageable_agencies,
    find_officials,
    find_roles,
    get_official,
)
from ..selectors.officials import PAGE_SIZE
from ..services import (
    assign_role,
    end_role,
    forget_second_factor,
    register_official,
    reset_password,
    set_account_active,
)


@requires(MANAGE_ROLES)
@require_GET
def list_officials(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    words = " ".join(request.GET.get("tim", "").split())
    after = _read_key(request.GET.get("sau", ""))
    rows = find_officials(actor, words, after, PAGE_SIZE + 1)
    page = rows[:PAGE_SIZE]
    return render(
        request,
        "people/officials.html",
        {
            "officials": page,
            "words": words,
            "next_url": _link_next(words, page[-1].pk) if len(rows) > PAGE_SIZE else "",
            "is_first_page": after is None,
            "can_register": actor.may(MANAGE_ACCOUNTS),
        },
    )


@requires(MANAGE_ROLES)
@require_GET
def show_official(request: HttpRequest, account_id: UUID) -> HttpResponse:
    return _show(request, account_id)


@requires(MANAGE_ROLES)
@require_POST
def add_role(request: HttpRequest, account_id: UUID) -> HttpResponse:
    actor = get_actor_of(request)
    official = get_official(actor, account_id)
    form = RoleForm(request.POST, roles=find_roles(), agencies=find_manageable_agencies(actor))
    if form.is_valid():
        told = form.cleaned_data
        try:
            assign_role(
                actor=actor,
                account_id=official.pk,
                role_code=told["role_code"],
                agency_id=told["agency_id"],
                title=told["title"],
                valid_from=told["valid_from"],
                valid_to=told["valid_to"],
                reaches_below=told["reaches_below"],
            )
        except TinhSoError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("Đã giao vai trò."))
            return HttpResponseRedirect(reverse("people:official", args=[account_id]))
    return _show(request, account_id, form)


@requires(MANAGE_ROLES)
@require_POST
def finish_role(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """`when` is "now", or anything else for the end of today."""
    last_day = None if request.POST.get("when") == "now" else today()
    account_id = end_role(actor=get_actor_of(request), assignment_id=assignment_id, last_day=last_day)
    done = _("Vai trò đã kết thúc.") if last_day is None else _("Vai trò kết thúc khi hết ngày hôm nay.")
    messages.success(request, done)
    return HttpResponseRedirect(reverse("people:official", args=[account_id]))


@requires(MANAGE_ACCOUNTS)
@never_cache
@require_http_methods(["GET", "POST"])
def add_official(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    form = OfficialForm(request.POST or None, roles=find_roles(), agencies=find_manageable_agencies(actor))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            registered = register_official(
                actor=actor,
                username=told["username"],
                full_name=told["full_name"],
                email=told["email"],
                role_code=told["role_code"],
                agency_id=told["agency_id"],
                title=told["title"],
            )
        except TinhSoError as error:
            form.add_error(None, error.sentence)
        else:
            official = get_official(actor, registered.id)
            return _hand_over(request, official.pk, registered.temporary_password)
    return render(request, "people/official_form.html", {"form": form}, status=422 if form.errors else 200)


@requires(MANAGE_ACCOUNTS)
@never_cache
@require_POST
def give_password(request: HttpRequest, account_id: UUID) -> HttpResponse:
    password = reset_password(actor=get_actor_of(request), account_id=account_id)
    return _hand_over(request, account_id, password)


@requires(MANAGE_ACCOUNTS)
@require_POST
def forget_factors(request: HttpRequest, account_id: UUID) -> HttpResponse:
    forget_second_factor(actor=get_actor_of(request), account_id=account_id)
    messages.success(request, _("Đã gỡ mọi cách xác thực thứ hai. Người này thêm lại sau khi đăng nhập."))
    return HttpResponseRedirect(reverse("people:official", args=[account_id]))


@requires(MANAGE_ACCOUNTS)
@require_POST
def lock_account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    is_active = request.POST.get("is_active") == "1"
    set_account_active(actor=get_actor_of(request), account_id=account_id, is_active=is_active)
    done = _("Đã mở khóa tài khoản.") if is_active else _("Đã khóa tài khoản. Người này bị đăng xuất ngay.")
    messages.success(request, done)
    return HttpResponseRedirect(reverse("people:official", args=[account_id]))


def _hand_over(request: HttpRequest, account_id: UUID, password: str) -> HttpResponse:
    """The only page a temporary password is ever written on."""
    official = get_official(get_actor_of(request), account_id)
    return render(request, "people/hand_over.html", {"official": official, "password": password})


def _show(request: HttpRequest, account_id: UUID, form: RoleForm | None = None) -> HttpResponse:
    actor = get_actor_of(request)
    official = get_official(actor, account_id)
    fresh = RoleForm(
        roles=find_roles(), agencies=find_manageable_agencies(actor), initial={"valid_from": today()}
    )
    return render(
        request,
        "people/official.html",
        {
            "official": official,
            "assignments": find_assignments(actor, account_id),
            "form": form or fresh,
            "today": today(),
            "is_self": official.pk == actor.account_id,
            "can_manage_account": actor.may(MANAGE_ACCOUNTS) and official.pk != actor.account_id,
        },
        status=422 if form is not None else 200,
    )


def _link_next(words: str, key: UUID) -> str:
    return f"?{urlencode({'tim': words, 'sau': str(key)} if words else {'sau': str(key)})}"


def _read_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
