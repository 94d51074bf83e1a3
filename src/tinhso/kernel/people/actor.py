"""Who acts, for which agency, and what that person may do there today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tinhso.kernel.errors import NotPermittedError, SignInRequiredError


class ActorKind(StrEnum):
    NOBODY = "nobody"
    CITIZEN = "citizen"
    ORGANISATION = "organisation"
    OFFICIAL = "official"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Post:
    """A role held at an agency today, by assignment or by delegation."""

    agency_id: UUID
    agency_name: str
    title: str
    permissions: frozenset[str]
    reached_agency_ids: frozenset[UUID]
    """The agency itself and, when the role reaches below, every agency under it."""
    delegated_by: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    kind: ActorKind
    account_id: UUID | None = None
    name: str = ""
    agency_id: UUID | None = None
    """The agency an official works for at the moment (agency switcher)."""
    posts: tuple[Post, ...] = field(default=())
    on: dt.date | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def title(self) -> str:
        return next((p.title for p in self.posts if p.agency_id == self.agency_id), "")

    def require_account(self) -> UUID:
        """The id of the signed-in account. Raises SignInRequiredError for nobody and for the system."""
        if self.account_id is None:
            raise SignInRequiredError
        return self.account_id

    def agencies_with(self, permission: str) -> frozenset[UUID]:
        """Agencies where the actor holds the permission today."""
        return frozenset(a for p in self.posts if permission in p.permissions for a in p.reached_agency_ids)

    def may(self, permission: str, agency_id: UUID | None = None) -> bool:
        if self.kind is ActorKind.SYSTEM:
            return True
        held = self.agencies_with(permission)
        return bool(held) if agency_id is None else agency_id in held

    def require(self, permission: str, agency_id: UUID | None = None) -> None:
        if not self.is_signed_in and self.kind is not ActorKind.SYSTEM:
            raise SignInRequiredError
        if not self.may(permission, agency_id):
            raise NotPermittedError(permission=permission)


NOBODY = Actor(kind=ActorKind.NOBODY)
SYSTEM = Actor(kind=ActorKind.SYSTEM, name="Hệ thống")
