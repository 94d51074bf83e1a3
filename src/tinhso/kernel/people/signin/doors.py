"""Passwords, keys and codes are for officials: everyone else's identity is kept by the national provider."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from tinhso.kernel.errors import NotFoundError

from ..models import Account

View = Callable[..., HttpResponseBase]


def for_officials(view: View) -> View:
    """A citizen must not grow a second way in; to him the page does not exist."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = request.user
        if not isinstance(account, Account) or not account.is_official or not account.has_usable_password():
            raise NotFoundError
        return view(request, *args, **kwargs)

    return guarded
