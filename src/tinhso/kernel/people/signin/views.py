"""The pages of signing in, over the views of the account framework."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..errors import IdentityUnavailableError
from ..models import Account
from ..services import choose_password
from .forms import NewPasswordForm
from .provider import NationalIdentityFlow
from .stages import TemporaryPasswordStage


class SignInView(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "identity_name": settings.IDENTITY_NAME,
            "identity_provider": settings.IDENTITY_PROVIDER,
            "can_use_passkey": can_use_passkey(self.request),
        }


def can_use_passkey(request: HttpRequest) -> bool:
    """Browsers bind passkeys to a domain name and refuse bare addresses such as 127.0.0.1."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return not host.strip("[]").replace(".", "").replace(":", "").isdigit() and "[" not in host


@require_POST
@never_cache
def start_identity(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the national e-identity; it comes back to `finish_identity`."""
    provider = get_adapter().get_provider(request, provider_id)
    next_url = get_next_redirect_url(request)
    try:
        return cast(HttpResponse, provider.redirect(request, process=AuthProcess.LOGIN, next_url=next_url))
    except OAuth2Error as error:
        raise IdentityUnavailableError from error


@require_GET
@never_cache
def finish_identity(request: HttpRequest, provider_id: str) -> HttpResponse:
    flow = NationalIdentityFlow(request, provider_id)
    return cast(HttpResponse, OAuth2CallbackView.adapter_view(flow)(request))


@require_GET
def cancel_identity(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Bạn đã dừng đăng nhập. Chưa có gì được ghi lại."))
    return HttpResponseRedirect(reverse("account_login"))


@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "POST"])
def replace_temporary_password(request: HttpRequest) -> HttpResponse:
    """Open only between the password and the desk."""
    stage = LoginStageController.enter(request, TemporaryPasswordStage.key)
    account = stage.login.user if stage else None
    if stage is None or not isinstance(account, Account):
        return HttpResponseRedirect(reverse("account_login"))
    form = NewPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        choose_password(account_id=account.pk, password=form.cleaned_data["password"])
        # The session is signed with the password's hash: the login must carry the new one.
        account.refresh_from_db()
        return cast(HttpResponse, stage.exit())
    return render(request, "account/choose_password.html", {"form": form})
