"""Reconciled days and what the two books did not agree on."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet

from tinhso.kernel.people.actor import Actor, ActorKind

from ..errors import PaymentNotFoundError
from ..models import Difference, ReconciledDay
from ..permissions import KEEP_ACCOUNTS

MOST_DAYS = 31


def find_differences(actor: Actor) -> QuerySet[Difference]:
    """Of payments of agencies whose accounts the actor keeps, and those that belong to no payment of ours."""
    if actor.kind is ActorKind.SYSTEM:
        return Difference.objects.all()
    agencies = actor.agencies_with(KEEP_ACCOUNTS)
    if not agencies:
        return Difference.objects.none()
    return Difference.objects.filter(Q(attempt__isnull=True) | Q(attempt__payment__agency_id__in=agencies))


def find_days(actor: Actor) -> list[ReconciledDay]:
    """The newest days, each with `open_count` differences the actor may settle."""
    waiting = dict(
        find_differences(actor)
        .filter(settled_at__isnull=True)
        .values_list("day_id")
        .annotate(count=Count("pk"))
    )
    days = list(ReconciledDay.objects.select_related("run_by").order_by("-on")[:MOST_DAYS])
    for day in days:
        day.open_count = waiting.get(day.pk, 0)  # type: ignore[attr-defined]
    return days


def get_day(on: dt.date) -> ReconciledDay:
    day = ReconciledDay.objects.select_related("run_by").filter(on=on).first()
    if day is None:
        raise PaymentNotFoundError
    return day


def find_day_differences(actor: Actor, day: ReconciledDay) -> list[Difference]:
    """What is open first."""
    rows = find_differences(actor).filter(day=day).select_related("attempt__payment__dossier", "settled_by")
    return sorted(rows, key=lambda d: (d.settled_at is not None, d.kind, d.reference))


def count_open_differences(actor: Actor) -> int:
    return find_differences(actor).filter(settled_at__isnull=True).count()
