"""The exchange with the National Portal as those who run it see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.people.actor import SYSTEM, Actor
from tinhso.kernel.people.rights import AgencyRule, Gate

from ..choices import ArrivalState
from ..clients.national_portal import is_connected
from ..models import CitizenDoor, Dossier, PortalArrival, PortalContact
from ..permissions import RUN_PORTAL

PAGE = 50
SILENCES = {
    "timeout": _("Quá thời gian chờ."),
    "unreachable": _("Không kết nối được tới máy chủ của Cổng."),
    "not_allowed": _("Máy chủ của Cổng chưa có trong danh sách được phép kết nối."),
    "status 401": _("Cổng không nhận khóa kết nối."),
    "status 403": _("Cổng không nhận khóa kết nối."),
    "status 429": _("Cổng báo đang quá tải."),
    "status 503": _("Cổng báo đang tạm dừng."),
}

TOLD_DOSSIERS = Gate(
    Dossier,
    (
        AgencyRule(
            RUN_PORTAL,
            lambda agencies: Q(resolving_agency_id__in=agencies) | Q(intake_agency_id__in=agencies),
        ),
    ),
)
"""Codes and states for who runs the exchange; the dossiers themselves stay behind their own gate."""


@dataclass(frozen=True, slots=True)
class PortalState:
    is_connected: bool
    behind_count: int
    refused_count: int
    held_count: int
    oldest_behind_at: dt.datetime | None
    """When the oldest dossier that is not told whole was filed."""
    last_success_at: dt.datetime | None
    silent_since: dt.datetime | None
    """First failure since the portal last answered; None while it answers."""
    silence: str
    """Why, as `PortalContact.outcome` has it."""

    @property
    def silence_words(self) -> str:
        return str(SILENCES.get(self.silence, self.silence))


def find_behind(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers the portal does not know the present state of, oldest first."""
    return TOLD_DOSSIERS.rows(actor).filter(portal_revision__lt=F("revision")).order_by("pk")


def find_sendable(at: dt.datetime) -> QuerySet[Dossier]:
    """Those that may be sent now: neither held back after a refusal of this very state, nor being sent."""
    is_free = Q(portal_sync=None) | Q(portal_sync__leased_until=None) | Q(portal_sync__leased_until__lt=at)
    is_due = (
        Q(portal_sync=None)
        | Q(portal_sync__next_try_at=None)
        | Q(portal_sync__next_try_at__lte=at)
        | Q(portal_sync__refused_revision__lt=F("revision"))
    )
    return find_behind(SYSTEM).filter(is_free & is_due)


def find_refused(actor: Actor) -> QuerySet[Dossier]:
    return find_behind(actor).filter(portal_sync__refused_revision=F("revision"))


def find_held_arrivals(actor: Actor) -> QuerySet[PortalArrival]:
    """They belong to no agency yet, so whoever runs the exchange anywhere sees them."""
    rows = PortalArrival.objects.filter(state=ArrivalState.HELD).order_by("arrived_at", "pk")
    return rows if actor.may(RUN_PORTAL) else rows.none()


def count_troubles(actor: Actor) -> int:
    """What waits for a person: states the portal refused and dossiers we could not take in."""
    return find_refused(actor).count() + find_held_arrivals(actor).count()


def get_portal_state(actor: Actor) -> PortalState:
    behind = find_behind(actor)
    answered = PortalContact.objects.filter(outcome__in=ANSWERED).order_by("-at").first()
    failures = PortalContact.objects.exclude(outcome__in=ANSWERED).order_by("at")
    first_failure = failures.filter(at__gt=answered.at).first() if answered else failures.first()
    return PortalState(
        is_connected=is_connected(),
        behind_count=behind.count(),
        refused_count=find_refused(actor).count(),
        held_count=find_held_arrivals(actor).count(),
        oldest_behind_at=behind.values_list("filed_at", flat=True).first(),
        last_success_at=answered.at if answered else None,
        silent_since=first_failure.at if first_failure else None,
        silence=first_failure.outcome if first_failure else "",
    )


ANSWERED = ("acknowledged", "refused", "not_understood")


def find_door(on: dt.date) -> CitizenDoor | None:
    """The decision in force on a day; None where the province has not decided, and the pages are open."""
    return CitizenDoor.objects.filter(valid_from__lte=on).order_by("-valid_from").first()


def is_citizen_door_open(on: dt.date) -> bool:
    door = find_door(on)
    return door is None or door.is_open


def find_doors() -> QuerySet[CitizenDoor]:
    """Every decision, newest first."""
    return CitizenDoor.objects.select_related("decided_by").order_by("-valid_from")
