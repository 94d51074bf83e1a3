"""Answers to any form of the catalogue, right enough to be filed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import Any

from tinhso.kernel.forms.checking import walk_shown
from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.forms.fields import Field, FieldKind, is_shown
from tinhso.kernel.forms.sources import Sources
from tinhso.kernel.forms.territory import find_day
from tinhso.kernel.forms.values import Values, get_value, set_value

from .names import STREETS, make_birthday, make_citizen_number, make_name, make_phone

TRIES = 12
TEXTS = {
    "name": ("Hùng Vương", "Sông Lô", "Tam Đảo", "Đất Tổ"),
    "reason": ("Theo nhu cầu của gia đình", "Bổ sung hồ sơ cá nhân", "Thay đổi theo đề nghị"),
    "address": tuple(f"Số {n}, đường {s}" for n, s in zip((12, 45, 108, 7, 33), STREETS, strict=False)),
    "default": ("Theo giấy tờ kèm theo", "Như đã khai", "Đúng như giấy tờ gốc"),
}


Territory = Callable[[dt.date], tuple[str, str]]
"""Codes of province and commune of one place, as they were on a day."""


class AnswerError(RuntimeError):
    """The form could not be answered: its rules leave this generator no way."""


def make_answers(
    definition: FormDefinition, rng: random.Random, *, on: dt.date, sources: Sources, territory: Territory
) -> Values:
    """Answers without a problem on that day. Raises AnswerError."""
    problems: dict[str, str] = {}
    for _attempt in range(TRIES):
        values = definition.fill({}, sources)
        Pen(rng, on, territory).answer(definition.fields, values)
        agree(values, rng, on)
        name_units(definition.fields, values, on, territory)
        problems = definition.check(values, on=on)
        if not problems:
            return values
    raise AnswerError(f"{definition.title}: {problems}")


class Pen:
    """Fills what a form requires, in its order, for one person on one day."""

    def __init__(self, rng: random.Random, on: dt.date, territory: Territory) -> None:
        self.rng = rng
        self.on = on
        self.territory = territory

    def answer(self, fields: Sequence[Field], values: Values, holder: str = "") -> None:
        for field in fields:
            path = f"{holder}.{field.name}" if holder else field.name
            if not is_shown(field, values, holder) or not field.is_required:
                continue
            if field.kind is FieldKind.GROUP:
                self.answer(field.children, values, path)
            elif get_value(values, path) is None:
                set_value(values, path, self.make(field))

    def make(self, field: Field) -> Any:
        if field.kind is FieldKind.UNIT:
            return write_unit(self.territory, self.on)
        if field.kind is FieldKind.ROWS:
            return [self.make_object(field) for _row in range(max(1, field.schema.get("minItems", 1)))]
        if field.kind is FieldKind.GROUP:
            return self.make_object(field)
        return _make(field, self.rng, self.on)

    def make_object(self, field: Field) -> Values:
        row: Values = {}
        for child in field.children:
            if child.is_required and all(row.get(name) in said for name, said in child.show_when.items()):
                row[child.name] = self.make(child)
        return row


WOMEN, MEN, YOUNG = {"mother", "bride"}, {"father", "groom"}, {"child"}


def agree(values: Values, rng: random.Random, on: dt.date, who: str = "") -> None:
    """Make each person's number, birthday and sex say the same; a child was born lately."""
    for name, value in values.items():
        if isinstance(value, dict):
            agree(value, rng, on, name)
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    agree(row, rng, on, name)
    if who in YOUNG and "born_on" in values:
        values["born_on"] = (on - dt.timedelta(days=rng.randint(2, 40))).isoformat()
    if "personal_number" in values and "born_on" in values:
        sex = "female" if who in WOMEN else "male" if who in MEN else values.get("sex") or _sex(rng)
        born_on = make_birthday(rng, youngest=22)
        if who in YOUNG:
            born_on = dt.date.fromisoformat(values["born_on"])
        values["born_on"] = born_on.isoformat()
        values["personal_number"] = make_citizen_number(rng, born_on, sex)


def name_units(fields: Sequence[Field], values: Values, on: dt.date, territory: Territory) -> None:
    """Say each territory as it was on the day its answer speaks of: a child was born in the commune of then."""
    for field, path in walk_shown(fields, values):
        if field.kind is FieldKind.UNIT and get_value(values, path) is not None:
            set_value(values, path, write_unit(territory, find_day(field, values, on)))


def write_unit(territory: Territory, day: dt.date) -> dict[str, str]:
    province, commune = territory(day)
    return {"province": province, "commune": commune}


Maker = Callable[[Field, random.Random, dt.date], Any]

MAKERS: dict[FieldKind, Maker] = {
    FieldKind.RADIO: lambda field, rng, on: rng.choice(field.schema["enum"]),
    FieldKind.SELECT: lambda field, rng, on: rng.choice(field.schema["enum"]),
    FieldKind.CHECKS: lambda field, rng, on: [rng.choice(field.schema["items"]["enum"])],
    FieldKind.YES_NO: lambda field, rng, on: rng.random() < 0.5,
    FieldKind.CONFIRM: lambda field, rng, on: True,
    FieldKind.INTEGER: lambda field, rng, on: _make_number(field, rng),
    FieldKind.NUMBER: lambda field, rng, on: _make_number(field, rng),
    FieldKind.MONEY: lambda field, rng, on: _make_number(field, rng),
    FieldKind.DATE: lambda field, rng, on: _make_date(field, rng, on).isoformat(),
    FieldKind.CITIZEN_NUMBER: lambda field, rng, on: make_citizen_number(rng, make_birthday(rng), _sex(rng)),
    FieldKind.PHONE: lambda field, rng, on: make_phone(rng),
    FieldKind.EMAIL: lambda field, rng, on: f"nguoi.dan{rng.randint(100, 999)}@vidu.vn",
}


def _sex(rng: random.Random) -> str:
    return rng.choice(("male", "female"))


def _make(field: Field, rng: random.Random, on: dt.date) -> Any:
    maker = MAKERS.get(field.kind)
    return maker(field, rng, on) if maker else _make_text(field, rng, _sex(rng))


def _make_number(field: Field, rng: random.Random) -> int:
    least = int(field.schema.get("minimum", 1))
    most = int(field.schema.get("maximum", max(least + 9, 10)))
    return rng.randint(least, min(most, least + 9))


def _make_date(field: Field, rng: random.Random, on: dt.date) -> dt.date:
    is_birth = "born" in field.name
    if "until" in field.name:
        return on + dt.timedelta(days=rng.randint(40, 600))
    return make_birthday(rng) if is_birth else on - dt.timedelta(days=rng.randint(1, 50))


PATTERNS: dict[str, Callable[[random.Random], str]] = {
    "^[0-9]{10,13}$": lambda rng: f"26{rng.randint(0, 99_999_999):08d}",
    "^(0[1-9]|1[0-2])/(19|20)[0-9]{2}$": lambda rng: f"{rng.randint(1, 12):02d}/20{rng.randint(10, 24)}",
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": lambda rng: f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}",
    "^[0-9]{4}$": lambda rng: f"20{rng.randint(10, 24)}",
    "^[0-9]{2}[A-Z]{1,2}-?[0-9]{3}\\.?[0-9]{2}$": lambda rng: (
        f"19C-{rng.randint(100, 999)}.{rng.randint(0, 99):02d}"
    ),
    "^[^0-9!@#$%^&*()_+=<>?/|~]+$": lambda rng: make_name(rng, _sex(rng)),
}


def _make_text(field: Field, rng: random.Random, sex: str) -> str:
    if maker := PATTERNS.get(field.schema.get("pattern", "")):
        return maker(rng)
    kind = next((key for key in TEXTS if key in field.name), "default")
    text = (
        make_name(rng, sex)
        if "full_name" in field.name or field.name.endswith("_name")
        else rng.choice(TEXTS[kind])
    )
    return text[: field.schema.get("maxLength", 200)]
