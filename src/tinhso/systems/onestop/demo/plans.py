"""What is filed where, when, by whom and how it will go: decided from the seed before anything happens.

The processes that share the work plan all of it alike, and each lives its own share.
"""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from uuid import UUID

from tinhso.kernel.clock.calendar import VIETNAM, WorkingCalendar, instant
from tinhso.kernel.clock.selectors import get_calendar
from tinhso.kernel.people.models import Account

from ..choices import Channel
from ..data.procedure_file import VersionFile
from ..data.reading import read_applicants
from ..models import ProcedureVersion
from ..selectors.procedures import get_content
from .departments import MERGED_ON
from .names import ORGANISATIONS
from .people import KNOWN
from .places import Place, Province, find_residents

YEARS = dt.timedelta(days=730)
RECENT = dt.timedelta(days=25)
MOVING = dt.timedelta(days=4)
"""Before a merger the offices that end only finish what they have."""
ONLINE_HOURS = (
    (6, 2), (7, 6), (8, 14), (9, 14), (10, 11), (11, 6), (12, 4), (13, 6), (14, 9), (15, 8), (16, 7), (17, 3), (18, 2),
    (19, 4), (20, 6), (21, 5), (22, 2),
)  # fmt: skip
"""Hour of the day and how many in a hundred file in it."""
CHANNELS = ((Channel.ONLINE, 68), (Channel.DIRECT, 27), (Channel.POST, 5))
CHANNEL_NAMES = {Channel.ONLINE: "online", Channel.DIRECT: "counter", Channel.POST: "post"}
COMMON = {
    "1.001193": 9, "1.004222": 7, "1.004194": 6, "2.000815": 24, "2.000884": 12, "1.004873": 6, "2.000635": 5,
    "1.001612": 4, "1.000894": 3, "2.000908": 3, "2.002288": 3, "3.000333": 5, "3.000348": 5, "1.012783": 4,
    "1.013225": 2, "1.000656": 2, "2.000720": 2, "1.012784": 2,
}  # fmt: skip
"""Procedures that are filed more often than once for every rare one, by their code."""
REPEATED = {"2.000815", "2.000884", "2.000635", "2.000908", "2.002288"}
"""What one person may need again the next week."""
ONCE = {"1.000894"}
AGAIN = dt.timedelta(days=240)
COMMUNE_SHARE, COMMUNE_SHARE_BEFORE = 0.68, 0.75
"""How many dossiers are a commune's, since the merger and before it."""
FEATURED_WEIGHT = 6
"""How many times as busy as another the featured place is."""
KNOWN_SHARE = 0.05
"""How many of its dossiers are of each of the two people the sign-in page names first."""
FATES = (
    ("plain", 78), ("supplement", 8), ("payment", 3), ("late", 3), ("extended", 4), ("sent_back", 2), ("refused", 2),
    ("withdrawn", 1), ("stopped", 1),
)  # fmt: skip
HALTS = (("accept", 1), ("take", 3), ("finish", 4), ("sign", 3))
HALTING, HALTING_FEATURED, HALTING_WITHIN = 0.3, 0.45, 16
"""How many of the dossiers of the last working days somebody has not got round to yet, and for how many days."""
SILENT, SILENT_WITHIN = 0.5, 40
"""How many applicants have not answered a request yet, of those filed in the last working days."""
LEAST_HOURS = {"commune": 10, "province": 30}
"""Working hours an office that is about to end needs for one more dossier, by its level."""
LONG_TERM = 5
"""Days of a term that somebody may want to extend."""
TRIES = 60


@dataclass(frozen=True, slots=True)
class Plan:
    number: int
    """Place in the order of filing, from 1."""
    at: dt.datetime
    place: Place
    version: ProcedureVersion
    channel: Channel
    citizen: Account
    fate: str
    halt: str
    """The act nobody has come to yet; empty: nothing is left lying."""
    seed: str


def plan_dossiers(province: Province, count: int, seed: int, until: dt.datetime) -> list[Plan]:
    """All dossiers in the order of their filing."""
    return Planner(province, random.Random(f"{seed}:plans"), until).plan(count, seed)  # noqa: S311 (a demo)


def share_out(plans: Sequence[Plan], shares: int) -> list[list[Plan]]:
    """Shares about as large as each other; dossiers that draw numbers from one register stay together."""
    by_counter: dict[UUID, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_counter[plan.place.counter.pk].append(plan)
    dealt: list[list[Plan]] = [[] for _ in range(shares)]
    for group in sorted(by_counter.values(), key=lambda group: (-len(group), group[0].number)):
        min(dealt, key=len).extend(group)
    return [sorted(share, key=lambda plan: plan.number) for share in dealt]


class Planner:
    def __init__(self, province: Province, rng: random.Random, until: dt.datetime) -> None:
        self.rng = rng
        self.until = until.astimezone(VIETNAM)
        self.province = province
        self.calendar = get_calendar(None, self.first_day, self.until.date())
        self.applicants = read_applicants()
        self.versions = list(
            ProcedureVersion.objects.filter(is_filed_here=True)
            .select_related("procedure")
            .defer("content")
            .order_by("procedure__code", "valid_from")
        )
        self.filed: dict[tuple[UUID, str], dt.date] = {}

    def plan(self, count: int, seed: int) -> list[Plan]:
        moments = sorted(self._choose_moment() for _ in range(count))
        return [self._plan_one(n, at, channel, seed) for n, (at, channel) in enumerate(moments, start=1)]

    @property
    def first_day(self) -> dt.date:
        return (self.until - YEARS).date()

    @cached_property
    def days(self) -> list[dt.date]:
        return [self.first_day + dt.timedelta(days=n) for n in range(YEARS.days + 1)]

    @cached_property
    def online_weights(self) -> list[float]:
        return list(accumulate(self._weigh(day, rest=0.3) for day in self.days))

    @cached_property
    def office_weights(self) -> list[float]:
        return list(accumulate(self._weigh(day, rest=0) for day in self.days))

    def _weigh(self, day: dt.date, rest: float) -> float:
        """More from year to year, and most in the weeks whose dossiers are still open; `rest` on days off."""
        if MERGED_ON - MOVING <= day < MERGED_ON:
            return 0
        age = self.until.date() - day
        trend = (1.35 - 0.6 * (age / YEARS)) * (2.4 if age <= RECENT else 1)
        if self.calendar.is_working_day(day):
            return trend * (1.15 if day.weekday() == 0 else 1)
        return trend * rest * (0.3 if self.calendar.named(day) else 1)

    def _choose_moment(self) -> tuple[dt.datetime, Channel]:
        (channel,) = self.rng.choices([c for c, _ in CHANNELS], [w for _, w in CHANNELS])
        is_online = channel is Channel.ONLINE
        for _try in range(TRIES):
            weights = self.online_weights if is_online else self.office_weights
            day = self.days[bisect(weights, self.rng.random() * weights[-1])]
            moment = self._choose_hour(day) if is_online else self._choose_office_hour(day)
            if moment < self.until - dt.timedelta(minutes=2):
                return moment, channel
        raise LookupError(f"no moment before {self.until}")

    def _choose_hour(self, day: dt.date) -> dt.datetime:
        (hour,) = self.rng.choices([h for h, _ in ONLINE_HOURS], [w for _, w in ONLINE_HOURS])
        return instant(day, hour * 3600 + self.rng.randrange(3600))

    def _choose_office_hour(self, day: dt.date) -> dt.datetime:
        """More before noon than after, never in the last minutes."""
        opening, length = self.calendar.opening(day), self.calendar.seconds_on(day)
        return self.calendar.add_seconds(opening, 60 + int((length - 1200) * self.rng.betavariate(1.2, 1.8)))

    def _plan_one(self, number: int, at: dt.datetime, channel: Channel, seed: int) -> Plan:
        """What, where and by whom; what does not fit together is chosen again."""
        for _try in range(TRIES):
            version = self._choose_version(at.date())
            place = self._choose_place(version, at)
            citizen = self._choose_citizen(version, place, at.date()) if place else None
            if place is not None and citizen is not None and _takes(version, channel):
                fate = self._choose_fate(version, place, channel)
                halt = self._choose_halt(at.date(), fate, place)
                self.filed[citizen.pk, version.procedure.code] = at.date()
                return Plan(number, at, place, version, channel, citizen, fate, halt, f"{seed}:{number}")
        raise LookupError(f"nothing can be filed at {at}")

    def _choose_version(self, day: dt.date) -> ProcedureVersion:
        is_commune = self.rng.random() < (COMMUNE_SHARE if day >= MERGED_ON else COMMUNE_SHARE_BEFORE)
        valid = [v for v in self.versions if v.is_valid_on(day) and _is_of_commune(v) == is_commune]
        (version,) = self.rng.choices(valid, [COMMON.get(v.procedure.code, 1) for v in valid])
        return version

    def _choose_place(self, version: ProcedureVersion, at: dt.datetime) -> Place | None:
        content, day = get_content(version), at.date()
        places = [
            place
            for place in self.province.places
            if place.agency.is_valid_on(day)
            and place.is_commune == (content.level == "commune")
            and (place.is_commune or place.holds(content.owner_function, day))
            and self._has_time(place, at)
        ]
        if not places:
            return None
        (place,) = self.rng.choices(places, [FEATURED_WEIGHT if place.is_featured else 1 for place in places])
        return place

    def _has_time(self, place: Place, at: dt.datetime) -> bool:
        """Whether an office that ends can still finish what comes in now."""
        if place.agency.valid_to is None:
            return True
        left = self.calendar.seconds_between(at, get_closing(self.calendar, place.agency.valid_to))
        return left >= LEAST_HOURS[place.agency.level] * 3600

    def _choose_citizen(self, version: ProcedureVersion, place: Place, day: dt.date) -> Account | None:
        """Somebody who may file it, lives there and has not just had the same."""
        code, may = version.procedure.code, self.applicants[version.procedure.code]
        people = list(self._find_people(place))
        if "organisation" in may and ("citizen" not in may or self.rng.random() < 0.25):
            function = get_content(version).owner_function
            people = [a for a in self.province.organisations if function in ORGANISATIONS[a.full_name]]
        if not people:
            return None
        citizen = self._draw(people, place)
        last = self.filed.get((citizen.pk, code))
        if last is None or code in REPEATED:
            return citizen
        return citizen if code not in ONCE and day - last >= AGAIN else None

    def _draw(self, people: Sequence[Account], place: Place) -> Account:
        """Those at the head of the list more often."""
        if place.is_featured and (known := int(self.rng.random() / KNOWN_SHARE)) < KNOWN:
            return people[min(known, len(people) - 1)]
        return self.rng.choices(people, [(rank + 6) ** -0.6 for rank in range(len(people))])[0]

    def _find_people(self, place: Place) -> Iterable[Account]:
        return self._residents.setdefault(place.homes, find_residents(self.province.citizens, place.homes))

    @cached_property
    def _residents(self) -> dict[frozenset[str], list[Account]]:
        return {}

    def _choose_fate(self, version: ProcedureVersion, place: Place, channel: Channel) -> str:
        """What an office that ends takes in goes straight through."""
        (fate,) = self.rng.choices([f for f, _ in FATES], [w for _, w in FATES])
        content = get_content(version)
        can_be = {
            "payment": any(fee.amount_vnd for fee in content.fees),
            "refused": channel is Channel.ONLINE,
            "extended": content.term is not None and content.term.value >= LONG_TERM,
        }
        return fate if place.agency.valid_to is None and can_be.get(fate, True) else "plain"

    def _choose_halt(self, day: dt.date, fate: str, place: Place) -> str:
        age = self.calendar.count_working_days(day, self.until.date())
        if fate in {"supplement", "payment"} and age <= SILENT_WITHIN and self.rng.random() < SILENT:
            return "answer"
        halting = HALTING_FEATURED if place.is_featured else HALTING
        if age > HALTING_WITHIN or self.rng.random() >= halting:
            return ""
        (halt,) = self.rng.choices([h for h, _ in HALTS], [w for _, w in HALTS])
        return halt


def get_closing(calendar: WorkingCalendar, last_day: dt.date) -> dt.datetime:
    """The last minute of work of an office that ends."""
    return calendar.closing(
        last_day if calendar.is_working_day(last_day) else _last_before(calendar, last_day)
    )


def _last_before(calendar: WorkingCalendar, day: dt.date) -> dt.date:
    while not calendar.is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def _is_of_commune(version: ProcedureVersion) -> bool:
    return get_content(version).level == "commune"


def _takes(version: ProcedureVersion, channel: Channel) -> bool:
    content: VersionFile = get_content(version)
    return CHANNEL_NAMES[channel] in content.channels
