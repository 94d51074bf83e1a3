"""Answers that name a province or a commune: right on the day they speak of, never by bare code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from tinhso.kernel.orgs.models import AdministrativeUnit, UnitLevel
from tinhso.kernel.orgs.selectors import find_provinces, find_unit_name

from .checking import Problem, walk_shown
from .dates import parse_date
from .fields import Field, FieldKind
from .sentences import lower_first
from .values import Values, get_value


def find_unit_problems(
    fields: Sequence[Field], values: Values, on: dt.date, wrong: Container[str] = ()
) -> Iterator[Problem]:
    """Codes that name nothing on their day, and communes of another province.

    A unit whose day is among the `wrong` answers waits until that day is right.
    """
    asked = [
        (path, answer, find_day(field, values, on))
        for field, path in walk_shown(fields, values)
        if field.kind is FieldKind.UNIT
        and field.schema.get("x-as-of") not in wrong
        and isinstance(answer := get_value(values, path), Mapping)
    ]
    gazetteer = _read_gazetteer([answer for _, answer, _ in asked])
    for path, answer, day in asked:
        yield from _check_unit(path, answer, day, gazetteer)


def find_day(field: Field, values: Values, on: dt.date) -> dt.date:
    """The day a unit is spoken of: the answer `x-as-of` points to when it is a day, else the day of asking."""
    told = get_value(values, field.schema.get("x-as-of", "")) if "x-as-of" in field.schema else None
    day = parse_date(told) if isinstance(told, str) else None
    return day if isinstance(day, dt.date) else on


def describe_unit(answer: Mapping[str, Any], on: dt.date) -> str:
    """ "Phường Việt Trì, tỉnh Phú Thọ" as of a day; the bare code where it names nothing."""
    names = []
    for key, level in (("commune", UnitLevel.COMMUNE), ("province", UnitLevel.PROVINCE)):
        code = answer.get(key)
        if isinstance(code, str) and code:
            names.append(find_unit_name(level, code, on) or code)
    return ", ".join(names[:1] + [lower_first(name) for name in names[1:]])


def list_provinces(on: dt.date) -> list[tuple[str, str]]:
    """Code and name of every province on a day, by name."""
    return [(unit.code, unit.name) for unit in find_provinces(on)]


def list_communes(province: str, on: dt.date) -> list[tuple[str, str]]:
    """Code and name of every commune of a province on a day; none for an unknown province.

    Until 30/6/2025 a district stood between the two; its name tells communes of one name apart.
    """
    rows = (
        AdministrativeUnit.objects.as_of(on)
        .filter(level=UnitLevel.COMMUNE)
        .filter(
            Q(parent__level=UnitLevel.PROVINCE, parent__code=province)
            | Q(parent__parent__level=UnitLevel.PROVINCE, parent__parent__code=province)
        )
        .order_by("name", "pk")
        .values_list("code", "name", "parent__level", "parent__name")
    )
    return [
        (code, f"{name}, {above}" if level == UnitLevel.DISTRICT else name)
        for code, name, level, above in rows
    ]


Gazetteer = Mapping[tuple[str, str], Sequence[AdministrativeUnit]]
"""Level and code to every unit the code has ever named."""


def _read_gazetteer(answers: Sequence[Mapping[str, Any]]) -> Gazetteer:
    """Whatever the codes of these answers have named, in one query; none when there are no codes."""
    codes = {code for answer in answers for code in answer.values() if isinstance(code, str)}
    if not codes:
        return {}
    rows = (
        AdministrativeUnit.objects.believed()
        .filter(level__in=[UnitLevel.PROVINCE, UnitLevel.COMMUNE], code__in=codes)
        .select_related("parent__parent")
    )
    found: dict[tuple[str, str], list[AdministrativeUnit]] = {}
    for unit in rows:
        found.setdefault((unit.level, unit.code), []).append(unit)
    return found


def _check_unit(path: str, answer: Mapping[str, Any], on: dt.date, gazetteer: Gazetteer) -> Iterator[Problem]:
    named: dict[str, AdministrativeUnit] = {}
    for level in (UnitLevel.PROVINCE, UnitLevel.COMMUNE):
        code = answer.get(level.value)
        if not isinstance(code, str):
            return
        units = [unit for unit in gazetteer.get((level, code), ()) if unit.is_valid_on(on)]
        if not units:
            yield Problem(f"{path}.{level.value}", "unknown_unit", {"limit": on})
            return
        named[level] = units[0]
    if not _is_below(named[UnitLevel.COMMUNE], named[UnitLevel.PROVINCE]):
        yield Problem(f"{path}.commune", "foreign_commune")


def _is_below(unit: AdministrativeUnit, top: AdministrativeUnit) -> bool:
    above = unit.parent
    while above is not None:
        if above.pk == top.pk:
            return True
        above = above.parent
    return False
