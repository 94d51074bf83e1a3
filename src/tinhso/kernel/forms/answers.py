"""Answers in words, for reading: the page that checks them, the officer's table, the drafted result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .checking import walk_shown
from .dates import parse_date
from .fields import Field, FieldKind, Page
from .numbers import write_number
from .sentences import lower_first, write_day
from .territory import describe_unit, find_day
from .values import Values, get_value

HOLDERS = frozenset({FieldKind.GROUP, FieldKind.ROWS})


@dataclass(frozen=True, slots=True)
class Answer:
    path: str
    title: str
    text: str
    """Empty when nothing was answered."""
    is_citizen_number: bool = False


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers about one person or one row; `title` is empty for what belongs to the page itself."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What one page asked, answered."""

    code: str
    title: str
    groups: tuple[AnswerGroup, ...]
    change_url: str = ""


def describe_page(
    page: Page, fields: Sequence[Field], values: Values, on: dt.date, language: str
) -> tuple[AnswerGroup, ...]:
    """The answers of one page in its order, gathered by the person or row they are about."""
    by_path = {part.path: part for root in fields for part in root.walk()}
    groups: list[tuple[str, list[Answer]]] = []
    for field, path in walk_shown(fields, values):
        if not page.holds(field.path) or field.kind in HOLDERS or _is_inside_unit(field, by_path):
            continue
        title = _find_group_title(path, by_path, language)
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        text = write_answer(field, get_value(values, path), values, on, language)
        groups[-1][1].append(
            Answer(path, field.title(language), text, field.kind is FieldKind.CITIZEN_NUMBER)
        )
    return tuple(AnswerGroup(title, tuple(answers)) for title, answers in groups)


def write_answer(field: Field, answer: Any, values: Values, on: dt.date, language: str) -> str:
    """One answer as a person reads it: dates and numbers in the language's way, choices by their words."""
    if answer is None:
        return ""
    if field.kind is FieldKind.UNIT:
        return describe_unit(answer, find_day(field, values, on)) if isinstance(answer, Mapping) else ""
    write = WRITERS.get(field.kind, _write_text)
    return write(field, answer, language)


def _write_text(field: Field, answer: Any, language: str) -> str:
    return str(answer)


def _write_day(field: Field, answer: Any, language: str) -> str:
    day = parse_date(str(answer))
    return write_day(day, language) if isinstance(day, dt.date) else str(answer)


def _write_choice(field: Field, answer: Any, language: str) -> str:
    chosen = answer if isinstance(answer, list) else [answer]
    return ", ".join(choice.title for choice in field.choices(language) if choice.value in chosen)


def _write_yes_no(field: Field, answer: Any, language: str) -> str:
    return _("Có") if answer else _("Không")


def _write_money(field: Field, answer: Any, language: str) -> str:
    return _("%(amount)s đ") % {"amount": write_number(answer, language)}


def _write_quantity(field: Field, answer: Any, language: str) -> str:
    return f"{write_number(answer, language)} {field.unit(language, answer)}".strip()


WRITERS = {
    FieldKind.DATE: _write_day,
    FieldKind.RADIO: _write_choice,
    FieldKind.SELECT: _write_choice,
    FieldKind.CHECKS: _write_choice,
    FieldKind.YES_NO: _write_yes_no,
    FieldKind.CONFIRM: _write_yes_no,
    FieldKind.MONEY: _write_money,
    FieldKind.INTEGER: _write_quantity,
    FieldKind.NUMBER: _write_quantity,
}


def _is_inside_unit(field: Field, by_path: Mapping[str, Field]) -> bool:
    holder = by_path.get(field.holder)
    return holder is not None and holder.kind is FieldKind.UNIT


def _find_group_title(path: str, by_path: Mapping[str, Field], language: str) -> str:
    """The nearest holder that has a title of its own: "Người mẹ", or "Thành viên 2"."""
    steps = path.split(".")[:-1]
    words: list[str] = []
    for index, step in enumerate(steps):
        if step.isdigit():
            rows = by_path[_schema_path(steps[:index])]
            words = [f"{rows.row_title(language)} {int(step) + 1}"]
            continue
        holder = by_path.get(_schema_path(steps[: index + 1]))
        if holder is not None and holder.kind is FieldKind.GROUP and not holder.schema.get("x-plain"):
            words.append(holder.title(language))
    return ", ".join(words[:1] + [lower_first(word) for word in words[1:]])


def _schema_path(steps: Sequence[str]) -> str:
    return ".".join("*" if step.isdigit() else step for step in steps)
