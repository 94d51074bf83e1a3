from __future__ import annotations

from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.services import service

from ..actor import Actor
from ._account import lock_official, require_whole_reach, stream_of


@service
def set_account_active(*, actor: Actor, account_id: UUID, is_active: bool) -> None:
    """Lock an official's account at once, or open it again. Roles and history stay."""
    account = lock_official(account_id)
    require_whole_reach(actor, account)
    if account.is_active == is_active:
        return

    account.is_active = is_active
    account.save(update_fields=["is_active"])

    action = "people.account_unlocked" if is_active else "people.account_locked"
    record(stream=stream_of(account_id), action=action, actor=actor)
