"""What an agency's leader sees: load, overdue, what waits for a signature."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from tinhso.kernel.moment import now
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import Actor

from ..choices import OPEN_STATUSES, PAUSED_STATUSES
from ..data.screens import AgencyLoad, HolderLoad
from ..models import Dossier
from ..permissions import SIGN, VIEW_LOAD
from .dossiers import find_dossiers
from .letters import find_waiting_letters


def find_waiting_signature(actor: Actor) -> QuerySet[Dossier]:
    """Submitted results this leader may sign, the most urgent first."""
    return (
        find_dossiers(actor)
        .filter(is_submitted=True, status=4, handling_agency_id__in=actor.agencies_with(SIGN))
        .select_related("version", "assignee", "resolving_agency")
        .defer("version__content")
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )


def count_waiting_signature(actor: Actor) -> int:
    return find_waiting_signature(actor).count() + find_waiting_letters(actor).count()


def find_loads(actor: Actor) -> list[AgencyLoad]:
    """One line per agency the actor leads. Counted from the dossiers themselves; each figure opens to its list."""
    agencies = Agency.objects.filter(pk__in=actor.agencies_with(VIEW_LOAD)).order_by("short_name", "pk")
    lying = _count_open(actor)
    decided = _count_decided(actor)
    return [
        AgencyLoad(
            agency_id=agency.pk,
            agency_name=agency.short_name,
            **lying.get(agency.pk, dict.fromkeys(OPEN_FIGURES, 0)),
            **decided.get(agency.pk, dict.fromkeys(DECIDED_FIGURES, 0)),
        )
        for agency in agencies
        if agency.pk in lying or agency.pk in decided
    ]


OPEN_FIGURES = ("open", "overdue", "due_today", "paused", "waiting_signature")
DECIDED_FIGURES = ("decided_this_month", "on_time_this_month")


def find_holders(actor: Actor, agency_id: UUID) -> list[HolderLoad]:
    """Who holds how much at an agency the actor leads, most overdue first; what is submitted lies with the leader."""
    if agency_id not in actor.agencies_with(VIEW_LOAD):
        return []
    moment, start = now(), _start_of_day()
    rows = (
        find_dossiers(actor)
        .filter(handling_agency_id=agency_id, status__in=OPEN_STATUSES, is_submitted=False)
        .values("assignee_id", "assignee__full_name")
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=Q(due_at__lt=moment)),
            due_today=Count("pk", filter=Q(due_at__gte=start, due_at__lt=start + dt.timedelta(days=1))),
            paused=Count("pk", filter=Q(status__in=PAUSED_STATUSES)),
        )
        .order_by("-overdue", "-due_today", "-open", "assignee__full_name")
    )
    return [
        HolderLoad(
            account_id=row["assignee_id"],
            name=row["assignee__full_name"] or "",
            **{figure: row[figure] for figure in ("open", "overdue", "due_today", "paused")},
        )
        for row in rows
    ]


def _start_of_day() -> dt.datetime:
    return timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)


def _count_open(actor: Actor) -> dict[UUID, dict[str, int]]:
    moment, start = now(), _start_of_day()
    rows = (
        find_dossiers(actor)
        .filter(handling_agency_id__in=actor.agencies_with(VIEW_LOAD), status__in=OPEN_STATUSES)
        .values("handling_agency_id")
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=Q(due_at__lt=moment)),
            due_today=Count("pk", filter=Q(due_at__gte=start, due_at__lt=start + dt.timedelta(days=1))),
            paused=Count("pk", filter=Q(status__in=PAUSED_STATUSES)),
            waiting_signature=Count("pk", filter=Q(is_submitted=True)),
        )
        .values_list("handling_agency_id", *OPEN_FIGURES)
    )
    return {agency_id: dict(zip(OPEN_FIGURES, counts, strict=True)) for agency_id, *counts in rows}


def _count_decided(actor: Actor) -> dict[UUID, dict[str, int]]:
    month = timezone.localtime(now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = (
        find_dossiers(actor)
        .filter(resolving_agency_id__in=actor.agencies_with(VIEW_LOAD), decided_at__gte=month)
        .values("resolving_agency_id")
        .annotate(
            decided_this_month=Count("pk"),
            on_time_this_month=Count("pk", filter=Q(decided_at__lte=F("due_at"))),
        )
        .values_list("resolving_agency_id", *DECIDED_FIGURES)
    )
    return {agency_id: dict(zip(DECIDED_FIGURES, counts, strict=True)) for agency_id, *counts in rows}
