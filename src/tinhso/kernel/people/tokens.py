"""API tokens on the way in."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db.models import Q

from tinhso.kernel.moment import now, today
from tinhso.kernel.registry import registry
from tinhso.kernel.services import service

from .actor import Actor
from .backends import may_authenticate
from .models import ApiToken
from .selectors import get_actor

PREFIX = "ts_"
"""Lets a leaked token be recognised by scanners of logs and repositories."""

USE_IS_NOTED_EVERY = dt.timedelta(minutes=5)
"""A busy program would otherwise write the row on every request."""


def digest_token(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()


def authenticate_token(raw: str) -> Actor | None:
    """The actor behind a token, or None when it opens nothing (unknown, over, revoked, account closed).

    A token is one factor: it never carries a permission that needs the second (signing, giving roles).
    """
    if not raw.startswith(PREFIX):
        return None
    token = ApiToken.objects.select_related("account").filter(digest=digest_token(raw)).first()
    if token is None or not token.is_live_on(today()) or not may_authenticate(token.account):
        return None
    if token.last_used_at is None or now() - token.last_used_at >= USE_IS_NOTED_EVERY:
        _note_use(token=token)
    return get_actor(token.account, withheld=registry.guarded_permissions)


@service
def _note_use(*, token: ApiToken) -> None:
    at = now()
    ApiToken.objects.filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - USE_IS_NOTED_EVERY), pk=token.pk
    ).update(last_used_at=at)
