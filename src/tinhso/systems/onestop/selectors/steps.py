"""The internal process of one dossier as its page shows it: who did what, and the hours it took of those planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Dossier, DossierStep
from .clocks import count_working_minutes

MINUTES = 60


@dataclass(frozen=True, slots=True)
class StepLine:
    name: str
    name_en: str
    state: str
    """done, now or later."""
    who: str
    hours: float
    """Planned working hours."""
    used_hours: float | None
    """Working hours so far; None for a step not begun."""

    @property
    def is_over(self) -> bool:
        return self.used_hours is not None and self.used_hours > self.hours


def describe_steps(dossier: Dossier, steps: Sequence[DossierStep], now: dt.datetime) -> list[StepLine]:
    """In the order of the process. One query, for the step that runs."""
    return [
        StepLine(
            name=step.name,
            name_en=step.name_en,
            state=_get_state(dossier, step),
            who=step.taken_by.full_name if step.taken_by else "",
            hours=float(step.hours),
            used_hours=_count_used(dossier, step, now),
        )
        for step in steps
    ]


def _get_state(dossier: Dossier, step: DossierStep) -> str:
    if step.finished_at is not None:
        return "done"
    return "now" if step.ordinal == dossier.step_ordinal else "later"


def _count_used(dossier: Dossier, step: DossierStep, now: dt.datetime) -> float | None:
    if step.finished_at is not None:
        return step.used_minutes / MINUTES
    if step.started_at is None or step.ordinal != dossier.step_ordinal:
        return None
    return count_working_minutes(dossier.resolving_agency_id, step.started_at, now) / MINUTES
