"""Roles lent to colleagues, seen from the lender and from the receiver."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tinhso.kernel.dated import valid_on
from tinhso.kernel.moment import today

from ..actor import Actor
from ..models import Account, AccountKind, Delegation, RoleAssignment
from ..rights import Gate, OwnerRule
from .officials import find_held_assignments

DELEGATIONS = Gate(
    model=Delegation,
    rules=(
        OwnerRule(
            lambda account_id: Q(assignment__account_id=account_id) | Q(to_account_id=account_id),
        ),
    ),
)


def find_given_delegations(actor: Actor) -> QuerySet[Delegation]:
    """What the actor lent, the running ones first."""
    return _told(DELEGATIONS.rows(actor).filter(assignment__account_id=actor.require_account()))


def find_received_delegations(actor: Actor) -> QuerySet[Delegation]:
    """What is lent to the actor today or will be, as far as its lender still holds it."""
    day = actor.on or today()
    return _told(
        DELEGATIONS.rows(actor)
        .filter(valid_on(day, "assignment__"), assignment__revoked_at__isnull=True)
        .filter(to_account_id=actor.require_account(), revoked_at__isnull=True, valid_to__gte=day)
    )


def find_delegable_posts(actor: Actor) -> QuerySet[RoleAssignment]:
    return find_held_assignments(actor)


def find_receivers(actor: Actor) -> QuerySet[Account]:
    """Colleagues who work today at an agency where the actor holds a role of his own."""
    day = actor.on or today()
    mine = RoleAssignment.objects.filter(
        valid_on(day), account_id=actor.require_account(), revoked_at__isnull=True
    ).values("agency_id")
    colleagues = RoleAssignment.objects.filter(valid_on(day), agency_id__in=mine, revoked_at__isnull=True)
    return (
        Account.objects.filter(
            pk__in=colleagues.values("account_id"), kind=AccountKind.OFFICIAL, is_active=True
        )
        .exclude(pk=actor.require_account())
        .order_by("full_name", "pk")
    )


def _told(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    return rows.select_related(
        "to_account", "assignment__account", "assignment__role", "assignment__agency"
    ).order_by("-valid_to", "-pk")
