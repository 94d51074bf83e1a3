"""Territories as of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Q, QuerySet, When
from django.db.models.functions import Coalesce, Length

from tinhso.kernel.dated import valid_on
from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.search.folding import fold
from tinhso.kernel.search.lookups import Fold

from ..errors import UnknownUnitError
from ..models import AdministrativeUnit, UnitLevel

Units = QuerySet[AdministrativeUnit]


SIZE = Case(
    When(level=UnitLevel.PROVINCE, then=0),
    When(level=UnitLevel.DISTRICT, then=1),
    default=2,
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One line of a list to choose from. `group` is the district, while there were districts."""

    id: UUID
    name: str
    group: str


def get_unit(level: str, code: str, on: dt.date, known_at: dt.datetime | None = None) -> AdministrativeUnit:
    """What the code meant on a day; with `known_at`, what this system believed about that day at that instant.

    Raises UnknownUnitError (`orgs.unknown_unit`), which tells what the code means on other days.
    """
    meanings = AdministrativeUnit.objects.believed(known_at).filter(level=level, code=code)
    unit = meanings.filter(valid_on(on)).select_related("parent__parent").first()
    if unit is None:
        raise UnknownUnitError(level, code, on, others=meanings.order_by("valid_from"))
    return unit


def find_unit_name(level: str, code: str, on: dt.date) -> str | None:
    """What the code was called on a day; None where it named nothing."""
    meanings = AdministrativeUnit.objects.as_of(on).filter(level=level, code=code)
    return meanings.values_list("name", flat=True).first()


def get_unit_by_id(unit_id: UUID) -> AdministrativeUnit:
    """The unit itself, whatever day it is; an earlier belief about it is not found."""
    unit = AdministrativeUnit.objects.believed().select_related("parent__parent").filter(pk=unit_id).first()
    if unit is None:
        raise NotFoundError
    return unit


def get_province(on: dt.date) -> AdministrativeUnit:
    """The province this installation serves, as it was on a day."""
    return get_unit(UnitLevel.PROVINCE, settings.PROVINCE_CODE, on)


def find_provinces(on: dt.date) -> Units:
    return AdministrativeUnit.objects.as_of(on).filter(level=UnitLevel.PROVINCE).by_name()


def find_units(parent_id: UUID, on: dt.date) -> Units:
    """The units directly below one on a day, by name."""
    return AdministrativeUnit.objects.as_of(on).filter(parent_id=parent_id).by_name()


def find_units_after(units: Units, last: AdministrativeUnit | None) -> Units:
    """The rest of a list by name, after the last unit of a page."""
    if last is None:
        return units
    return units.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))


def find_units_before(units: Units, first: AdministrativeUnit) -> Units:
    """The part of a list by name that stands before the first unit of a page, nearest first."""
    earlier = Q(name__lt=first.name) | Q(name=first.name, pk__lt=first.pk)
    return units.filter(earlier).order_by("-name", "-pk")


def get_units_for_select(province_code: str, on: dt.date) -> list[UnitChoice]:
    """Every commune of a province on a day. Choose by id: the code of a commune says nothing without its day."""
    province = get_unit(UnitLevel.PROVINCE, province_code, on)
    communes = (
        AdministrativeUnit.objects.as_of(on)
        .filter(Q(parent=province) | Q(parent__parent=province), level=UnitLevel.COMMUNE)
        .order_by("parent__name", "name", "pk")
    )
    rows = communes.values_list("pk", "name", "parent__level", "parent__name")
    return [
        UnitChoice(id=pk, name=name, group=above if level == UnitLevel.DISTRICT else "")
        for pk, name, level, above in rows
    ]


def find_other_meanings(unit: AdministrativeUnit) -> list[AdministrativeUnit]:
    """What the same code of the same level means on other days."""
    same_code = AdministrativeUnit.objects.believed().filter(level=unit.level, code=unit.code)
    return list(same_code.exclude(pk=unit.pk).order_by("valid_from"))


def find_earlier_beliefs(unit: AdministrativeUnit) -> list[AdministrativeUnit]:
    """What this system held about the unit before it was corrected, newest first."""
    return list(unit.earlier_beliefs.order_by("-superseded_at"))


def search_units(text: str, on: dt.date, level: str | None = None) -> Units:
    """Units of a day by words of their full name or by their code, the closest first.

    "dong da vinh yen" finds Phường Đống Đa, Thành phố Vĩnh Yên, Tỉnh Vĩnh Phúc.
    """
    units = AdministrativeUnit.objects.as_of(on).annotate(size=SIZE, folded=Fold("name"))
    if level:
        units = units.filter(level=level)
    words = fold(text.replace(",", " "))
    by_code = units.filter(code=words)
    if words.isdigit() and by_code.exists():
        return by_code.order_by("size")
    closeness = Case(
        When(Q(folded=words) | Q(folded__endswith=f" {words}"), then=0),
        When(name__folded_words=words, then=1),
        default=2,
        output_field=IntegerField(),
    )
    found = units.filter(full_name__folded_words=words).annotate(closeness=closeness)
    return found.order_by("closeness", "size", Length("name"), "full_name", "pk")


def search_other_days(text: str, on: dt.date) -> Units:
    """Units that bear the name or the code on other days than the one asked for, the largest first."""
    words = fold(text.replace(",", " "))
    units = AdministrativeUnit.objects.believed().exclude(valid_on(on)).annotate(size=SIZE)
    by_code = units.filter(code=words)
    if words.isdigit() and by_code.exists():
        return by_code.order_by("size", "valid_from")
    found = units.filter(full_name__folded_words=words, name__folded_words=words)
    return found.order_by("size", Length("name"), "full_name", "pk")


def count_communes(on: dt.date) -> dict[UUID, int]:
    """For each province of a day, how many communes it has."""
    communes = AdministrativeUnit.objects.as_of(on).filter(level=UnitLevel.COMMUNE)
    by_province = communes.values_list(Coalesce("parent__parent_id", "parent_id"))
    return dict(by_province.annotate(Count("pk")).order_by())
