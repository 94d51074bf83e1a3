from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.moment import today
from tinhso.kernel.services import service

from ..actor import Actor
from ..errors import UsernameTakenError
from ..models import Account, AccountKind
from ..permissions import MANAGE_ACCOUNTS
from ._account import stream_of
from .assign_role import assign_role


@dataclass(frozen=True, slots=True)
class RegisteredOfficial:
    """`temporary_password` is shown once, to be handed over; its owner replaces it at the first sign-in."""

    id: UUID
    temporary_password: str


@service
def register_official(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    email: str,
    role_code: str,
    agency_id: UUID,
    title: str,
    reaches_below: bool = False,
) -> RegisteredOfficial:
    """Open an official's account with its first role, from today."""
    actor.require(MANAGE_ACCOUNTS, agency_id)
    if Account.objects.filter(username__iexact=username).exists():
        raise UsernameTakenError

    password = make_temporary_password()
    account = Account.objects.create_user(
        username,
        password,
        kind=AccountKind.OFFICIAL,
        full_name=full_name,
        email=email,
        has_temporary_password=True,
    )

    record(
        stream=stream_of(account.pk),
        action="people.official_registered",
        actor=actor,
        agency_id=agency_id,
        detail={"username": username},
    )
    assign_role(
        actor=actor,
        account_id=account.pk,
        role_code=role_code,
        agency_id=agency_id,
        title=title,
        valid_from=today(),
        reaches_below=reaches_below,
    )
    return RegisteredOfficial(account.pk, password)


# No 0 O 1 l I: it is read from a screen and typed once.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def make_temporary_password() -> str:
    """Sixteen letters in fours: 80 bits, easy to read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
