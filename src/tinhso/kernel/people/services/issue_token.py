from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.moment import now, today
from tinhso.kernel.services import service

from ..actor import Actor
from ..errors import TokenPeriodError
from ..models import Account, ApiToken
from ..terms import get_terms
from ..tokens import PREFIX, digest_token
from ._account import stream_of


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """`raw` is shown once and kept nowhere."""

    id: UUID
    raw: str


@service
def issue_token(*, actor: Actor, name: str, valid_until: dt.date) -> IssuedToken:
    """A key with which a program acts for the actor, through the last day given."""
    account_id = actor.require_account()
    if not name.strip():
        raise InvalidInputError({"name": _("Đặt tên để sau này còn nhận ra khóa.")})
    days = get_terms(today()).token_days
    if not today() <= valid_until < today() + dt.timedelta(days=days):
        raise TokenPeriodError(days=days)
    account = Account.objects.select_for_update().get(pk=account_id)

    raw = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=account,
        name=name.strip(),
        digest=digest_token(raw),
        valid_until=valid_until,
        created_at=now(),
    )

    record(
        stream=stream_of(account.pk),
        action="people.token_issued",
        actor=actor,
        detail={"token_id": str(token.pk), "name": token.name, "valid_until": valid_until.isoformat()},
    )
    return IssuedToken(token.pk, raw)
