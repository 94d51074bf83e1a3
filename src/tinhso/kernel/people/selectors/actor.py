"""Who an account is today."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from tinhso.kernel.dated import valid_on
from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import today
from tinhso.kernel.orgs.selectors import find_descendant_ids

from ..actor import NOBODY, Actor, ActorKind, Post
from ..models import Account, Delegation, RoleAssignment

NOTHING: frozenset[str] = frozenset()


def get_actor(
    account: Account,
    agency_id: UUID | None = None,
    on: dt.date | None = None,
    withheld: frozenset[str] = NOTHING,
) -> Actor:
    """The account as an actor. At most three queries, none for a citizen.

    `agency_id` is the agency chosen in the switcher; ignored when not held. `withheld` are permissions
    this sign-in does not carry, whatever the role says.
    """
    day = on or today()
    if not account.is_active:
        return NOBODY
    if not account.is_official:
        return Actor(kind=ActorKind(account.kind), account_id=account.pk, name=account.full_name, on=day)
    posts = tuple(_find_posts(account.pk, day, withheld))
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


def get_actor_of(account_id: UUID, on: dt.date | None = None) -> Actor:
    """The same, for code that holds only the id (jobs, handlers)."""
    return get_actor(get_account(account_id), on=on)


def get_account(account_id: UUID) -> Account:
    try:
        return Account.objects.get(pk=account_id)
    except Account.DoesNotExist as error:
        raise NotFoundError from error


def find_agency_choices(actor: Actor) -> list[Post]:
    """One post per agency the actor may switch to, in the order the roles were given."""
    by_agency: dict[UUID, Post] = {}
    for post in actor.posts:
        by_agency.setdefault(post.agency_id, post)
    return list(by_agency.values())


def find_holders(permission: str, agency_id: UUID, on: dt.date | None = None) -> QuerySet[Account]:
    """Officials who hold the permission at that very agency on a day, their own role or a lent one."""
    day = on or today()
    held = _live_assignments(day).filter(agency_id=agency_id, role__permissions__contains=[permission])
    lent = Delegation.objects.filter(valid_on(day), assignment__in=held, revoked_at__isnull=True)
    return (
        Account.objects.filter(Q(pk__in=held.values("account_id")) | Q(pk__in=lent.values("to_account_id")))
        .filter(is_active=True)
        .order_by("full_name", "pk")
    )


def _live_assignments(day: dt.date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(valid_on(day), revoked_at__isnull=True, account__is_active=True)


def _find_posts(account_id: UUID, day: dt.date, withheld: frozenset[str]) -> list[Post]:
    lent = Delegation.objects.filter(
        valid_on(day), to_account_id=account_id, revoked_at__isnull=True
    ).values_list("assignment_id", "assignment__account__full_name")
    lender_by_assignment = dict(lent)
    rows = list(
        _live_assignments(day)
        .filter(Q(account_id=account_id) | Q(pk__in=lender_by_assignment))
        .values_list(
            "pk",
            "account_id",
            "agency_id",
            "agency__short_name",
            "title",
            "reaches_below",
            "role__permissions",
            named=True,
        )
        .order_by("valid_from", "pk")
    )
    below = find_descendant_ids([row.agency_id for row in rows if row.reaches_below], day)
    return [
        Post(
            agency_id=row.agency_id,
            agency_name=row.agency__short_name,
            title=row.title,
            permissions=frozenset(row.role__permissions) - withheld,
            reached_agency_ids=frozenset(
                {row.agency_id} | (below.get(row.agency_id, set()) if row.reaches_below else set())
            ),
            delegated_by=lender_by_assignment.get(row.pk, "") if row.account_id != account_id else "",
        )
        for row in rows
    ]
