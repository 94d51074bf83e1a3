"""One dossier of the demo on its way: who acts on it, and when the next act comes."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from tinhso.kernel.clock.calendar import VIETNAM, WorkingCalendar
from tinhso.kernel.clock.selectors import get_calendar
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now, today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor

from ..choices import StepKind
from ..data.procedure_file import VersionFile
from ..models import Dossier
from ..selectors.procedures import get_content
from ..services.accept_dossier import find_step_kinds
from ..services.acting import Turn
from .plans import Plan, get_closing

Course = Iterator[dt.datetime]
"""Yields the moment of the next act, and does the act when it is resumed at that moment."""

SHORTEST = 300
"""Seconds of work between two acts, at least, where the term leaves room for fewer."""


class Story:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rng = random.Random(plan.seed)  # noqa: S311 (a demo, not a secret)
        self.dossier_id = new_id()
        self.acts = 0
        place = plan.place
        self.receiver = self.rng.choice(place.receivers)
        self.officer = self.rng.choices(place.officers, range(len(place.officers), 0, -1))[0]
        self.leader = place.leader
        self.owner = plan.citizen

    @property
    def content(self) -> VersionFile:
        return get_content(self.plan.version)

    @property
    def step_hours(self) -> list[float]:
        """Planned hours of the steps of work that lead to the leader's signature."""
        steps = self.content.steps
        kinds = find_step_kinds(steps)
        before = kinds.index(StepKind.SIGN)
        return [steps[n].hours for n in range(before) if kinds[n] is StepKind.WORK]

    @property
    def calendar(self) -> WorkingCalendar:
        return _get_calendar(self.plan.place.agency.pk)

    def turn(self) -> Turn:
        self.acts += 1
        return Turn(f"demo:{self.acts}")

    def act(self, service: Callable[..., Any], account: Account, **given: Any) -> None:
        service(actor=get_acting(account), dossier_id=self.dossier_id, turn=self.turn(), **given)

    def write_voucher(self) -> str:
        """The number of a paper receipt, or of a transfer."""
        return f"BL{self.rng.randint(1, 99_999):05d}"

    def get_dossier(self) -> Dossier:
        rows = Dossier.objects.select_related("version__procedure", "resolving_agency")
        return rows.defer("version__content").get(pk=self.dossier_id)

    def is_halted(self, act: str) -> bool:
        return self.plan.halt == act

    # Moments

    def later(self, low: float, high: float) -> dt.datetime:
        """Some working hours from now; before its end where the office ends."""
        moment = self.calendar.add_working_hours(now(), round(self.rng.uniform(low, high), 3))
        closes_at = self._closes_at
        if closes_at is None or moment < closes_at:
            return moment
        left = self.calendar.seconds_between(now(), closes_at)
        return self.calendar.add_seconds(now(), left // 3)

    def spread(self, due_at: dt.datetime | None, weights: Sequence[float]) -> list[dt.datetime]:
        """Moments for the acts that lead to the decision, by the share of the time each takes."""
        start = now()
        seconds = self._count_seconds_until(due_at)
        seconds = max(int(seconds * self._choose_share()), SHORTEST * len(weights))
        if (closes_at := self._closes_at) is not None:
            seconds = min(seconds, self.calendar.seconds_between(start, closes_at) - SHORTEST)
        drawn = [weight * self.rng.uniform(0.5, 1.5) for weight in weights]
        total, passed, moments = sum(drawn), 0.0, []
        for weight in drawn:
            passed += weight
            moments.append(self.calendar.add_seconds(start, int(seconds * passed / total)))
        return moments

    def _count_seconds_until(self, due_at: dt.datetime | None) -> int:
        if due_at is None:
            return int(sum(self.step_hours) * 3600)
        return self.calendar.seconds_between(now(), due_at)

    def _choose_share(self) -> float:
        """How much of the term is used; more than all of it when the dossier is late."""
        return self.rng.uniform(1.05, 1.7) if self.plan.fate == "late" else self.rng.uniform(0.3, 0.95)

    @property
    def _closes_at(self) -> dt.datetime | None:
        last_day = self.plan.place.agency.valid_to
        return get_closing(self.calendar, last_day) if last_day else None


def get_acting(account: Account) -> Actor:
    """The account as it acts today. Nobody in the demo gets or loses a post while his agency lasts."""
    actor = _known.get(account.pk)
    if actor is None:
        actor = _known[account.pk] = get_actor(account)
    return replace(actor, on=today())


_known: dict[UUID, Actor] = {}


@lru_cache(maxsize=100)
def _get_calendar(agency_id: Any) -> WorkingCalendar:
    day = now().astimezone(VIETNAM).date()
    return get_calendar(agency_id, day, day)
