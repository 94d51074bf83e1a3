from __future__ import annotations

from typing import Any
from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.ids import new_id
from tinhso.kernel.services import service

from ..actor import Actor, ActorKind
from ..backends import may_authenticate
from ..errors import DemoAccountError, IdentityMismatchError
from ..identity import IdentityClaims
from ..models import Account, AccountKind
from ._account import stream_of


@service
def recognise_identity(*, claims: IdentityClaims, linked_account_id: UUID | None = None) -> UUID:
    """The account of the person or organisation the claims name, opened at its first sign-in.

    It is found by the national number alone: never by e-mail, never by name. `linked_account_id` is the
    account this e-identity opened before, None at its first time here.
    """
    is_citizen = claims.kind is AccountKind.CITIZEN
    told: dict[str, Any] = {
        "full_name": claims.name,
        "born_on": claims.born_on,
        "sex": claims.sex,
        "tech_id": claims.tech_id,
        "identity_level": claims.level,
    }
    key = "personal_number" if is_citizen else "organisation_number"
    account_id = new_id()
    account, is_new = Account.objects.select_for_update().get_or_create(
        **{key: claims.number},
        defaults={
            "id": account_id,
            "kind": claims.kind,
            # Never the number itself: a user name may be printed where a personal number may not.
            "username": f"{claims.kind}-{account_id}",
            "password": _no_password(),
            **told,
        },
    )
    if account.kind != claims.kind or linked_account_id not in (None, account.pk):
        raise IdentityMismatchError
    if account.is_demo and not may_authenticate(account):
        raise DemoAccountError
    changed = [name for name, value in told.items() if getattr(account, name) != value]

    for name in changed:
        setattr(account, name, told[name])
    if changed:
        account.save(update_fields=changed)

    if is_new or changed:
        record(
            stream=stream_of(account.pk),
            action="people.account_opened" if is_new else "people.identity_changed",
            actor=Actor(kind=ActorKind(account.kind), account_id=account.pk, name=account.full_name),
            detail={"changed": changed},
        )
    return account.pk


def _no_password() -> str:
    nobody = Account()
    nobody.set_unusable_password()
    return nobody.password
