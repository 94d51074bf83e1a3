"""Who an account is today."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tinhso.kernel.dated import valid_on
from tinhso.kernel.orgs.selectors import find_descendant_ids

from .actor import NOBODY, Actor, ActorKind, Post
from .models import Account, Delegation, RoleAssignment


def get_actor(account: Account, agency_id: UUID | None = None, on: dt.date | None = None) -> Actor:
    """The account as an actor. `agency_id` is the agency chosen in the switcher; ignored when not held."""
    day = on or timezone.localdate()
    if not account.is_active:
        return NOBODY
    if not account.is_official:
        return Actor(kind=ActorKind(account.kind), account_id=account.pk, name=account.full_name, on=day)
    posts = tuple(_find_posts(account.pk, day))
    held = [post.agency_id for post in posts]
    chosen = agency_id if agency_id in held else (held[0] if held else None)
    return Actor(
        kind=ActorKind.OFFICIAL,
        account_id=account.pk,
        name=account.full_name,
        agency_id=chosen,
        posts=posts,
        on=day,
    )


def _find_posts(account_id: UUID, day: dt.date) -> list[Post]:
    lent = Delegation.objects.filter(
        valid_on(day), to_account_id=account_id, revoked_at__isnull=True
    ).values_list("assignment_id", "assignment__account__full_name")
    lender_by_assignment = dict(lent)
    assignments = (
        RoleAssignment.objects.filter(Q(account_id=account_id) | Q(pk__in=lender_by_assignment))
        .filter(valid_on(day), account__is_active=True)
        .select_related("role", "agency")
        .order_by("valid_from", "pk")
    )
    rows = list(assignments)
    below = find_descendant_ids([a.agency_id for a in rows if a.reaches_below], day)
    return [
        Post(
            agency_id=a.agency_id,
            agency_name=a.agency.short_name,
            title=a.title,
            permissions=frozenset(a.role.permissions),
            reached_agency_ids=frozenset({a.agency_id} | below.get(a.agency_id, set())),
            delegated_by=lender_by_assignment.get(a.pk, "") if a.account_id != account_id else "",
        )
        for a in rows
    ]
