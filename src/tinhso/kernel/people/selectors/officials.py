"""Officials and their roles, as far as an administrator's agencies reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from tinhso.kernel.dated import valid_on
from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import Agency

from ..actor import Actor
from ..models import Account, AccountKind, Role, RoleAssignment
from ..permissions import MANAGE_ROLES
from ..rights import AgencyRule, Gate

PAGE_SIZE = 50

OFFICIALS = Gate(
    model=Account,
    rules=(
        AgencyRule(
            MANAGE_ROLES,
            lambda agency_ids: Q(
                kind=AccountKind.OFFICIAL,
                pk__in=RoleAssignment.objects.filter(agency_id__in=agency_ids).values("account_id"),
            ),
        ),
    ),
)
ASSIGNMENTS = Gate(
    model=RoleAssignment,
    rules=(AgencyRule(MANAGE_ROLES, lambda agency_ids: Q(agency_id__in=agency_ids)),),
)


def find_officials(
    actor: Actor, words: str = "", after: UUID | None = None, size: int = PAGE_SIZE
) -> Sequence[Account]:
    """One page of officials by name, each with `held`: what he holds today at the actor's agencies.

    `after` is the last official of the page before; it need not be on it any more.
    """
    held = (
        ASSIGNMENTS.rows(actor)
        .filter(valid_on(today()), revoked_at__isnull=True)
        .select_related("role", "agency")
        .order_by("valid_from", "pk")
    )
    rows = OFFICIALS.rows(actor)
    if words:
        rows = rows.filter(Q(full_name__folded_words=words) | Q(username__icontains=words))
    if after is not None and (last := Account.objects.filter(pk=after).only("full_name").first()):
        rows = rows.filter(Q(full_name__gt=last.full_name) | Q(full_name=last.full_name, pk__gt=last.pk))
    return list(
        rows.order_by("full_name", "pk").prefetch_related(
            Prefetch("assignments", queryset=held, to_attr="held")
        )[:size]
    )


def get_official(actor: Actor, account_id: UUID) -> Account:
    try:
        return OFFICIALS.rows(actor).get(pk=account_id)
    except Account.DoesNotExist as error:
        raise NotFoundError from error


def find_assignments(actor: Actor, account_id: UUID) -> QuerySet[RoleAssignment]:
    """Every role the official holds or held at the actor's agencies, newest first."""
    return (
        ASSIGNMENTS.rows(actor)
        .filter(account_id=account_id)
        .select_related("role", "agency")
        .order_by("-valid_from", "-pk")
    )


def find_held_assignments(actor: Actor) -> QuerySet[RoleAssignment]:
    """The actor's own roles of today, delegated ones left out."""
    return (
        RoleAssignment.objects.filter(
            valid_on(actor.on or today()), account_id=actor.require_account(), revoked_at__isnull=True
        )
        .select_related("role", "agency")
        .order_by("valid_from", "pk")
    )


def find_held_agency_ids(account_id: UUID, on: dt.date) -> frozenset[UUID]:
    """Agencies at which the account holds a role of its own that day, whoever asks."""
    return frozenset(
        RoleAssignment.objects.filter(
            valid_on(on), account_id=account_id, revoked_at__isnull=True
        ).values_list("agency_id", flat=True)
    )


def find_roles() -> QuerySet[Role]:
    return Role.objects.order_by("name", "code")


def find_manageable_agencies(actor: Actor) -> QuerySet[Agency]:
    """Agencies at which the actor may give and end roles today."""
    return (
        Agency.objects.filter(pk__in=actor.agencies_with(MANAGE_ROLES))
        .filter(valid_on(actor.on or today()))
        .order_by("name", "pk")
    )
