"""One unit as of a day: where it stands, what it came from, what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ..models import AdministrativeUnit, Agency, LineageKind, UnitLineage
from .lineage import LineageLink, find_lineage
from .units import find_earlier_beliefs, find_other_meanings, get_unit_by_id


class Standing(TextChoices):
    NOT_YET = "not_yet", _("Chưa có")
    VALID = "valid", _("Đang tồn tại")
    ENDED = "ended", _("Không còn")


@dataclass(frozen=True, slots=True)
class Turn:
    """One side of a reform: the units before, or after. `is_same` when one unit simply went on."""

    on: dt.date
    links: tuple[LineageLink, ...]
    is_same: bool

    @property
    def is_whole(self) -> bool:
        return all(link.kind is LineageKind.WHOLE for link in self.links)

    @property
    def has_default(self) -> bool:
        return any(link.is_default for link in self.links)


@dataclass(frozen=True, slots=True)
class UnitStory:
    unit: AdministrativeUnit
    on: dt.date
    standing: Standing
    ancestors: tuple[AdministrativeUnit, ...]
    """From the province down."""
    before: Turn | None
    after: Turn | None
    other_meanings: tuple[AdministrativeUnit, ...]
    """Other units that bore the code; not the one this unit simply went on from or as."""
    earlier_beliefs: tuple[AdministrativeUnit, ...]
    agencies: tuple[Agency, ...]

    @property
    def tells_another_name(self) -> bool:
        return any(other.name != self.unit.name for other in self.other_meanings)

    @property
    def day_in_force(self) -> dt.date:
        """The day asked for, or the nearest on which the unit existed: what is below it is shown as of then."""
        last = self.unit.valid_to or self.on
        return max(self.unit.valid_from, min(self.on, last))


def get_story(unit_id: UUID, on: dt.date) -> UnitStory:
    unit = get_unit_by_id(unit_id)
    lineage = find_lineage(unit_id)
    before, after = _make_turn(unit, lineage.came_from), _make_turn(unit, lineage.became)
    gone_on = {turn.links[0].unit.pk for turn in (before, after) if turn and turn.is_same}
    return UnitStory(
        unit=unit,
        on=on,
        standing=_find_standing(unit, on),
        ancestors=_find_ancestors(unit),
        before=before,
        after=after,
        other_meanings=tuple(u for u in find_other_meanings(unit) if u.pk not in gone_on),
        earlier_beliefs=tuple(find_earlier_beliefs(unit)),
        agencies=tuple(
            Agency.objects.filter(unit=unit).as_of(on).order_by("name", "pk").prefetch_related("identifiers")
        ),
    )


def _make_turn(unit: AdministrativeUnit, links: tuple[LineageLink, ...]) -> Turn | None:
    """The nearest reform only. Units of the same level tell it; where there is none, whatever there is."""
    nearest = [link for link in links if link.changes == 1]
    if not nearest:
        return None
    chosen = [link for link in nearest if link.unit.level == unit.level] or nearest
    return Turn(on=nearest[0].on, links=tuple(chosen), is_same=_is_same(unit, chosen))


def _is_same(unit: AdministrativeUnit, links: list[LineageLink]) -> bool:
    """One unit became one unit, with nothing added and nothing taken away, under the same name."""
    if len(links) != 1 or links[0].kind is not LineageKind.WHOLE or links[0].unit.name != unit.name:
        return False
    younger = max(unit, links[0].unit, key=lambda u: u.valid_from)
    return UnitLineage.objects.filter(new=younger, old__level=unit.level).count() == 1


def _find_standing(unit: AdministrativeUnit, on: dt.date) -> Standing:
    if on < unit.valid_from:
        return Standing.NOT_YET
    return Standing.VALID if unit.is_valid_on(on) else Standing.ENDED


def _find_ancestors(unit: AdministrativeUnit) -> tuple[AdministrativeUnit, ...]:
    above: list[AdministrativeUnit] = []
    parent = unit.parent
    while parent is not None:
        above.insert(0, parent)
        parent = parent.parent
    return tuple(above)
