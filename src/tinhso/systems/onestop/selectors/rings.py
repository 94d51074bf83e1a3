"""What a list says of each clock: how far its ring is filled, since when it stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from tinhso.kernel.clock.calendar import CalendarRangeError
from tinhso.kernel.clock.errors import PolicyUnknownError
from tinhso.kernel.clock.reading import ClockEvent, ClockEventKind
from tinhso.kernel.clock.selectors import get_clock_rules_of_many
from tinhso.kernel.clock.share import read_used_share
from tinhso.kernel.moment import now

from ..choices import PAUSED_STATUSES, RUNNING_STATUSES
from ..models import Dossier


@dataclass(frozen=True, slots=True)
class Ring:
    used_share: float | None = None
    paused_at: dt.datetime | None = None


def find_rings(dossiers: Sequence[Dossier]) -> dict[UUID, Ring]:
    """One query for the whole page, however many rows and agencies are on it."""
    rings = {d.pk: Ring(paused_at=_get_pause(d)) for d in dossiers if d.status in PAUSED_STATUSES}
    running = [d for d in dossiers if d.status in RUNNING_STATUSES and d.due_at and d.accepted_at]
    if running:
        rings |= _read_running(running)
    return rings


def _get_pause(dossier: Dossier) -> dt.datetime | None:
    pauses = [e for e in dossier.clock_events if e["kind"] == ClockEventKind.PAUSED.value]
    return ClockEvent.from_json(pauses[-1]).at if pauses else None


def _read_running(running: list[Dossier]) -> dict[UUID, Ring]:
    moment = now()
    asked = [(d.resolving_agency_id, timezone.localdate(d.accepted_at)) for d in running]
    try:
        rules = get_clock_rules_of_many(asked)
        return {
            dossier.pk: Ring(
                used_share=read_used_share(
                    [ClockEvent.from_json(event) for event in dossier.clock_events],
                    due_at=dossier.due_at or moment,
                    calendar=calendar,
                    policy=policy,
                    now=moment,
                )
            )
            for dossier, (calendar, policy) in zip(running, rules, strict=True)
        }
    except (CalendarRangeError, PolicyUnknownError):
        # A dossier carried over from before the decrees: its list is shown all the same.
        return {}
