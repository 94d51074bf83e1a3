"""What the account framework asks of this site: who may come in, by which door, and where he goes then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import registry

from ..actor import Actor
from ..backends import may_authenticate
from ..errors import DemoAccountError, WrongDoorError
from ..models import Account
from ..selectors import get_actor
from ..services import DoorChange, note_door_change
from .second_factor import has_second_factor, needs_second_factor

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

TEMPORARY_PASSWORD_STAGE = "tinhso.kernel.people.signin.stages.TemporaryPasswordStage"  # noqa: S105 (a path)


DOOR_CHANGES = {
    "account/email/password_changed": DoorChange.PASSWORD_CHANGED,
    "mfa/email/totp_activated": DoorChange.APP_ADDED,
    "mfa/email/totp_deactivated": DoorChange.APP_REMOVED,
    "mfa/email/webauthn_added": DoorChange.KEY_ADDED,
    "mfa/email/webauthn_removed": DoorChange.KEY_REMOVED,
    "mfa/email/recovery_codes_generated": DoorChange.CODES_MADE,
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "too_many_login_attempts": _("Đã thử quá nhiều lần. Đợi 5 phút rồi thử lại."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "enter_current_password": _("Gõ mật khẩu đang dùng."),
        "rate_limited": _("Bạn làm nhanh quá. Đợi một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account here: officials get one, others bring theirs from the national e-identity."""
        return False

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), TEMPORARY_PASSWORD_STAGE]

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Every way in passes here. Raises DemoAccountError, WrongDoorError."""
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if response is not None or not isinstance(user, Account):
            return response
        by_identity = "sociallogin" in (kwargs.get("signal_kwargs") or {})
        refusal = _refuse(user, by_identity=by_identity)
        if refusal is not None:
            clear_login(request)
            raise refusal
        return None

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Officials go to their desk, or first to their second factor; everyone else to the first page."""
        account = request.user
        if not isinstance(account, Account) or not account.is_official:
            return "/"
        actor = get_actor(account)
        if settings.SECOND_FACTOR_REQUIRED and needs_second_factor(actor) and not has_second_factor(account):
            return reverse("mfa_index")
        return find_desk_url(actor)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:account")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """In place of a mail, which is not sent yet: the history and the bell."""
        change = DOOR_CHANGES.get(template_prefix)
        if change and isinstance(user, Account):
            note_door_change(account_id=user.pk, change=change)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The page that follows says enough: no "you have signed in" on top of it."""
        template = args[1] if len(args) > 1 else kwargs.get("message_template")
        if not str(template or "").startswith("account/messages/logged_"):
            super().add_message(request, *args, **kwargs)

    def ajax_response(
        self,
        request: HttpRequest,
        response: HttpResponse,
        redirect_to: str | None = None,
        form: BaseForm | None = None,
        data: Any = None,
    ) -> HttpResponse:
        """Pages answer pages; programs have the API."""
        return response


def find_desk_url(actor: Actor) -> str:
    """The first thing of the menu this official may do, or his own page when there is none."""
    names = (item.url_name for m in registry.manifests for item in m.menu if actor.may(item.permission))
    return reverse(next(names, "people:account"))


def _refuse(account: Account, *, by_identity: bool) -> DemoAccountError | WrongDoorError | None:
    if not may_authenticate(account):
        return DemoAccountError()
    return WrongDoorError() if account.is_official == by_identity else None


def stop_with(path_name: str) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(HttpResponseRedirect(reverse(path_name)))
