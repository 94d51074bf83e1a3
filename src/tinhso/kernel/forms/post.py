"""From the boxes of a posted page back to answers. Mirrored by `readPage` in `static/forms/check.js`."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from .dates import join_date
from .fields import Field, FieldKind, is_shown
from .numbers import read_number
from .values import Values, get_value, set_value

ADD_ROW = "_add"
REMOVE_ROW = "_remove"
REDRAW = "_redraw"
"""Pressed after choosing a province where the browser runs no script."""

MOST_ROWS = 100
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

NUMBER_KINDS = frozenset({FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY})


@dataclass(frozen=True, slots=True)
class Posted:
    """What a page posted. `is_redraw`: a row was added or removed, or a province chosen; draw without checking."""

    values: Values
    is_redraw: bool = False


def read_page(
    fields: Sequence[Field], page_fields: Sequence[Field], post: QueryDict, values: Values, language: str
) -> Posted:
    """The answers with this page's boxes read into them, and what is no longer asked for taken out."""
    answers = copy.deepcopy(values)
    for field in page_fields:
        set_value(answers, field.path, _read(field, field.path, post, language))
    is_redraw = REDRAW in post
    if path := post.get(ADD_ROW):
        is_redraw = True
        _add_row(page_fields, answers, path)
    if path := post.get(REMOVE_ROW):
        is_redraw = True
        _remove_row(page_fields, answers, path)
    return Posted(answers if is_redraw else prune(fields, answers), is_redraw)


def prune(fields: Sequence[Field], values: Mapping[str, Any]) -> Values:
    """The answers without those no longer asked for, blank rows and empty groups."""
    kept: Values = dict(values)
    for field in fields:
        if field.name not in kept:
            continue
        if not is_shown(field, kept, ""):
            del kept[field.name]
            continue
        answer = kept[field.name]
        if field.kind in {FieldKind.GROUP, FieldKind.UNIT} and isinstance(answer, Mapping):
            answer = prune(field.children, answer) or None
        elif field.kind is FieldKind.ROWS and isinstance(answer, list):
            rows = [prune(field.children, row) if isinstance(row, Mapping) else row for row in answer]
            answer = [row for row in rows if row] or None
        if answer is None:
            del kept[field.name]
        else:
            kept[field.name] = answer
    return kept


def clean_text(text: str, *, is_long: bool) -> str:
    """One form of each letter, no control characters, no space around; line breaks only in long text."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = CONTROL_CHARACTERS.sub("", text)
    if is_long:
        return text.strip(" \t\n\u00a0")
    return re.sub(r"[ \t\n\u00a0]+", " ", text).strip(" ")


def _read(field: Field, path: str, post: QueryDict, language: str) -> Any:
    """The answer in a field's boxes, or None."""
    if field.kind in {FieldKind.GROUP, FieldKind.UNIT}:
        found = {child.name: _read(child, f"{path}.{child.name}", post, language) for child in field.children}
        return {name: answer for name, answer in found.items() if answer is not None} or None
    if field.kind is FieldKind.ROWS:
        return _read_rows(field, path, post, language)
    if field.kind is FieldKind.DATE:
        day, month, year = (clean_text(post.get(f"{path}:{part}", ""), is_long=False) for part in "dmy")
        return join_date(day, month, year)
    if field.kind is FieldKind.CHECKS:
        ticked = post.getlist(path)
        return [choice for choice in field.schema["items"]["enum"] if choice in ticked] or None
    return _read_box(
        field.kind, clean_text(post.get(path, ""), is_long=field.kind is FieldKind.LONG_TEXT), language
    )


def _read_box(kind: FieldKind, text: str, language: str) -> Any:
    if kind in {FieldKind.YES_NO, FieldKind.CONFIRM}:
        return {"yes": True, "no": False}.get(text)
    if not text:
        return None
    if kind in NUMBER_KINDS:
        return read_number(text, language)
    if kind is FieldKind.CITIZEN_NUMBER:
        return re.sub(r"[ .]", "", text)
    if kind is FieldKind.PHONE:
        return re.sub(r"^\+84", "0", re.sub(r"[ .()-]", "", text))
    return text


def _read_rows(field: Field, path: str, post: QueryDict, language: str) -> list[Any] | None:
    """Rows in the order of their numbers; a row whose boxes are all empty stays, as `{}`, until pruned."""
    pattern = re.compile(re.escape(path) + r"\.([0-9]{1,3})(?:\.|$)")
    numbers = sorted({int(match[1]) for name in post if (match := pattern.match(name))})[:MOST_ROWS]
    rows = []
    for number in numbers:
        found = {
            child.name: _read(child, f"{path}.{number}.{child.name}", post, language)
            for child in field.children
        }
        rows.append({name: answer for name, answer in found.items() if answer is not None})
    return rows or None


def _add_row(page_fields: Sequence[Field], answers: Values, path: str) -> None:
    field = _find_rows(page_fields, path)
    if field is None:
        return
    rows = get_value(answers, path) or []
    if len(rows) < field.schema.get("maxItems", MOST_ROWS):
        set_value(answers, path, [*rows, {}])


def _remove_row(page_fields: Sequence[Field], answers: Values, path: str) -> None:
    holder, _, number = path.rpartition(".")
    rows = get_value(answers, holder)
    if _find_rows(page_fields, holder) is None or not isinstance(rows, list) or not number.isdigit():
        return
    left = [row for index, row in enumerate(rows) if index != int(number)]
    set_value(answers, holder, left or None)


def _find_rows(page_fields: Sequence[Field], path: str) -> Field | None:
    parts = (part for root in page_fields for part in root.walk())
    return next((part for part in parts if part.kind is FieldKind.ROWS and part.path == path), None)
