from __future__ import annotations

from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.services import service

from ..actor import Actor
from ._account import lock_official, require_whole_reach, stream_of
from .register_official import make_temporary_password


@service
def reset_password(*, actor: Actor, account_id: UUID) -> str:
    """Replace an official's password by a temporary one, to be handed over in person.

    Sessions opened with the old password end; a second factor stays as it is.
    """
    account = lock_official(account_id)
    require_whole_reach(actor, account)

    password = make_temporary_password()
    account.set_password(password)
    account.has_temporary_password = True
    account.save(update_fields=["password", "has_temporary_password"])

    record(stream=stream_of(account_id), action="people.password_reset", actor=actor)
    return password
