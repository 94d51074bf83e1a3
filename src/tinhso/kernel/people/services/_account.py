"""What the services of this room share: the locked row and the stream its history is told in."""

from __future__ import annotations

from uuid import UUID

from tinhso.kernel.errors import NotFoundError, NotPermittedError
from tinhso.kernel.moment import today

from ..actor import Actor, ActorKind
from ..models import Account, AccountKind
from ..permissions import MANAGE_ACCOUNTS
from ..selectors import find_held_agency_ids


def stream_of(account_id: UUID) -> str:
    return f"people.account:{account_id}"


def lock_official(account_id: UUID) -> Account:
    """The official's row, locked: entries of one account's stream never race."""
    account = Account.objects.select_for_update().filter(pk=account_id, kind=AccountKind.OFFICIAL).first()
    if account is None:
        raise NotFoundError
    return account


def require_whole_reach(actor: Actor, account: Account) -> None:
    """An administrator touches an account only when he answers for every agency its owner works at.

    Otherwise a ward could take over the account of somebody who also serves the province.
    """
    if actor.kind is ActorKind.SYSTEM:
        return
    actor.require(MANAGE_ACCOUNTS)
    held = find_held_agency_ids(account.pk, today())
    if account.pk == actor.account_id or not held or not held <= actor.agencies_with(MANAGE_ACCOUNTS):
        raise NotPermittedError(permission=MANAGE_ACCOUNTS)
