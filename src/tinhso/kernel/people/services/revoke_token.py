from __future__ import annotations

from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import now
from tinhso.kernel.services import service

from ..actor import Actor
from ..models import Account, ApiToken
from ._account import stream_of


@service
def revoke_token(*, actor: Actor, token_id: UUID) -> None:
    """Close one of the actor's own tokens at once. A second time changes nothing and is not told again."""
    token = ApiToken.objects.filter(pk=token_id, account_id=actor.require_account()).first()
    if token is None:
        raise NotFoundError
    Account.objects.select_for_update().get(pk=token.account_id)
    changed = ApiToken.objects.filter(pk=token_id, revoked_at__isnull=True).update(revoked_at=now())
    if changed:
        record(
            stream=stream_of(token.account_id),
            action="people.token_revoked",
            actor=actor,
            detail={"token_id": str(token_id)},
        )
