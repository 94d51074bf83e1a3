from __future__ import annotations

from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.services import service

from ..actor import Actor, ActorKind
from ._account import lock_official, stream_of


@service
def choose_password(*, account_id: UUID, password: str) -> None:
    """Replace the temporary password by the owner's own, which has passed the password policy."""
    account = lock_official(account_id)
    account.set_password(password)
    account.has_temporary_password = False
    account.save(update_fields=["password", "has_temporary_password"])

    owner = Actor(kind=ActorKind.OFFICIAL, account_id=account_id, name=account.full_name)
    record(stream=stream_of(account_id), action="people.password_chosen", actor=owner)
