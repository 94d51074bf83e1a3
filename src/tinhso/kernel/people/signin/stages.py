"""A step between the password and the desk."""

from __future__ import annotations

from allauth.account.stages import LoginStage
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ..models import Account


class TemporaryPasswordStage(LoginStage):
    """Whoever comes with a password set by somebody else chooses his own before he is let in."""

    key = "temporary_password"
    urlname = "people:choose_password"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        account = self.login.user
        if isinstance(account, Account) and account.has_temporary_password:
            return HttpResponseRedirect(reverse(self.urlname)), True
        return None, True
