"""Whose calendar an official may change: the province's, or that of agencies he administers."""

from __future__ import annotations

from uuid import UUID

from tinhso.kernel.orgs.models import Agency, AgencyLevel
from tinhso.kernel.people.actor import Actor, ActorKind

from .permissions import EDIT_CALENDAR


def may_edit(actor: Actor, agency_id: UUID | None) -> bool:
    """The province's calendar (None) belongs to who holds the permission at an agency of the province."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    held = actor.agencies_with(EDIT_CALENDAR)
    if agency_id is not None:
        return agency_id in held
    return bool(held) and Agency.objects.filter(pk__in=held, level=AgencyLevel.PROVINCE).exists()


def find_edited_agencies(actor: Actor) -> list[Agency]:
    return list(Agency.objects.filter(pk__in=actor.agencies_with(EDIT_CALENDAR)).order_by("name"))
