from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator

from tinhso.kernel.audit.journal import record
from tinhso.kernel.services import service

from ..actor import Actor
from ._account import lock_official, require_whole_reach, stream_of


@service
def forget_second_factor(*, actor: Actor, account_id: UUID) -> None:
    """For an official who lost phone, keys and recovery codes: he enters by password and enrols anew."""
    account = lock_official(account_id)
    require_whole_reach(actor, account)
    count, _ = Authenticator.objects.filter(user_id=account_id).delete()
    if count:
        record(
            stream=stream_of(account_id),
            action="people.second_factor_forgotten",
            actor=actor,
            detail={"count": count},
        )
