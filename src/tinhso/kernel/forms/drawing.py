"""Fields made ready for the templates: ids, boxes, words, what was typed and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .dates import split_date
from .fields import Field, FieldKind, Page, is_shown
from .numbers import write_number
from .sentences import lower_first
from .territory import find_day, list_communes, list_provinces
from .values import Values, get_value

AUTOCOMPLETE = {
    "account.full_name": "name",
    "account.phone": "tel",
    "account.email": "email",
    "account.organisation_name": "organization",
}
INPUT_MODES = {
    FieldKind.INTEGER: "numeric",
    FieldKind.MONEY: "numeric",
    FieldKind.NUMBER: "decimal",
    FieldKind.CITIZEN_NUMBER: "numeric",
    FieldKind.PHONE: "tel",
    FieldKind.EMAIL: "email",
}
TEMPLATES = {
    FieldKind.LONG_TEXT: "forms/field_long_text.html",
    FieldKind.DATE: "forms/field_date.html",
    FieldKind.RADIO: "forms/field_choice.html",
    FieldKind.YES_NO: "forms/field_choice.html",
    FieldKind.CHECKS: "forms/field_choice.html",
    FieldKind.CONFIRM: "forms/field_confirm.html",
    FieldKind.SELECT: "forms/field_select.html",
    FieldKind.UNIT: "forms/field_unit.html",
    FieldKind.GROUP: "forms/field_group.html",
    FieldKind.ROWS: "forms/field_rows.html",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One of the three boxes of a date, or one choice."""

    id: str
    name: str
    title: str
    value: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class DrawnField:
    path: str
    id: str
    template: str
    kind: str
    title: str
    hint: str
    is_required: bool
    value: str = ""
    problem: str = ""
    mark: str = ""
    is_locked: bool = False
    is_hidden: bool = False
    show_when: str = ""
    """JSON: absolute path to the answers under which the field is asked for; empty: always."""
    boxes: tuple[Box, ...] = ()
    children: tuple[DrawnField, ...] = ()
    rows: tuple[DrawnRow, ...] = ()
    most_characters: int | None = None
    input_mode: str = ""
    autocomplete: str = ""
    unit: str = ""
    is_plain: bool = False
    """A group whose title the page already says."""
    communes_url: str = ""
    """A list of provinces: where the communes of the chosen one come from."""
    communes_id: str = ""
    row_name: str = ""
    """What one row is called, inside a sentence."""
    may_add: bool = False
    """Rows: another one fits."""

    @property
    def has_problem(self) -> bool:
        return bool(self.problem) or any(child.has_problem for child in self.children if self.kind == "unit")

    @property
    def described_by(self) -> str:
        """Ids of what a screen reader says after the label."""
        parts = [(self.hint, "hint"), ("always", "problem"), (self.mark, "mark")]
        return " ".join(f"{self.id}-{suffix}" for text, suffix in parts if text)

    @property
    def first_input_id(self) -> str:
        """Where a link in the list of problems leads."""
        if self.boxes:
            return self.boxes[0].id
        return self.children[0].id if self.kind == "unit" else self.id


@dataclass(frozen=True, slots=True)
class DrawnRow:
    path: str
    title: str
    name: str
    children: tuple[DrawnField, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list beside the form."""

    number: int
    title: str
    state: str
    """done, now or later."""
    caption: str = ""
    url: str = ""


class Fault(NamedTuple):
    """One line of the list of problems over the form, as the tag `error_summary` takes it."""

    input_id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DrawnPage:
    code: str
    title: str
    hint: str
    number: int
    count: int
    fields: tuple[DrawnField, ...]
    faults: tuple[Fault, ...]
    steps: tuple[Step, ...]
    payload: str
    """JSON for `static/forms/check.js`."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What every field of one drawing shares."""

    values: Values
    on: dt.date
    language: str
    problems: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)

    def draw_all(self, fields: tuple[Field, ...], holder: str) -> tuple[DrawnField, ...]:
        return tuple(self.draw(part, f"{holder}.{part.name}" if holder else part.name) for part in fields)

    def draw_page_fields(self, page: Page) -> tuple[DrawnField, ...]:
        return tuple(self.draw(part, part.path) for part in page.fields)

    def draw(self, part: Field, path: str) -> DrawnField:
        answer = get_value(self.values, path)
        if answer is None and path not in self.problems:
            answer = part.schema.get("default")
        holder = path.rpartition(".")[0]
        more = self._draw_kind(part, path, answer)
        return DrawnField(
            path=path,
            id=make_id(path),
            template=TEMPLATES.get(part.kind, "forms/field_text.html"),
            kind=part.kind.value,
            title=part.title(self.language),
            hint=part.hint(self.language),
            is_required=part.is_required,
            problem=self.problems.get(path, ""),
            mark=self.marks.get(path, ""),
            is_locked=bool(part.schema.get("x-locked")) and path in self.marks,
            is_hidden=not is_shown(part, self.values, holder),
            show_when=_write_condition(part, holder),
            most_characters=part.schema.get("maxLength"),
            input_mode=INPUT_MODES.get(part.kind, ""),
            autocomplete=AUTOCOMPLETE.get(part.schema.get("x-fill", ""), ""),
            unit=part.unit(self.language),
            is_plain=bool(part.schema.get("x-plain")),
            **more,
        )

    def _draw_kind(self, part: Field, path: str, answer: Any) -> dict[str, Any]:
        draw = DRAWERS.get(part.kind)
        return draw(self, part, path, answer) if draw else {"value": write_number(answer, self.language)}

    def _draw_group(self, part: Field, path: str, answer: Any) -> dict[str, Any]:
        return {"children": self.draw_all(part.children, path)}

    def _draw_choices(self, part: Field, path: str, answer: Any) -> dict[str, Any]:
        chosen = answer if isinstance(answer, list) else [answer]
        boxes = tuple(
            Box(
                f"{make_id(path)}-{index}",
                path,
                choice.title,
                choice.value,
                choice.hint,
                choice.value in chosen,
            )
            for index, choice in enumerate(part.choices(self.language))
        )
        return {"boxes": boxes}

    def _draw_rows(self, part: Field, path: str, answer: Any) -> dict[str, Any]:
        count = max(len(answer) if isinstance(answer, list) else 0, part.schema.get("minItems", 1))
        title = part.row_title(self.language)
        names = [(f"{path}.{index}", f"{title} {index + 1}") for index in range(count)]
        rows = tuple(
            DrawnRow(place, name, lower_first(name), self.draw_all(part.children, place))
            for place, name in names
        )
        return {
            "rows": rows,
            "row_name": lower_first(title),
            "may_add": count < part.schema.get("maxItems", 100),
        }

    def _draw_unit(self, part: Field, path: str, answer: Any) -> dict[str, Any]:
        """Two lists, the second of the province chosen in the first, as of the unit's day."""
        day = find_day(part, self.values, self.on)
        told = answer if isinstance(answer, Mapping) else {}
        lists = {
            "province": list_provinces(day),
            "commune": list_communes(str(told.get("province", "")), day),
        }
        children = tuple(
            self._draw_unit_list(child, f"{path}.{child.name}", lists[child.name], told.get(child.name), day)
            for child in part.children
        )
        return {"children": children}

    def _draw_unit_list(
        self, child: Field, path: str, units: list[tuple[str, str]], told: object, day: dt.date
    ) -> DrawnField:
        holder = path.rpartition(".")[0]
        is_province = child.name == "province"
        query = urlencode({"path": holder, "on": day.isoformat()})
        return DrawnField(
            path=path,
            id=make_id(path),
            template="forms/field_select.html",
            kind=child.name,
            title=child.title(self.language),
            hint="",
            is_required=child.is_required,
            problem=self.problems.get(path, ""),
            boxes=tuple(Box("", path, name, code, is_chosen=code == told) for code, name in units),
            communes_url=f"{reverse('forms:communes')}?{query}" if is_province else "",
            communes_id=make_id(f"{holder}.commune") if is_province else "",
        )


def make_id(path: str) -> str:
    return "f-" + path.replace(".", "-")


def _draw_date(pen: Pen, part: Field, path: str, answer: Any) -> dict[str, Any]:
    titles = (_("Ngày"), _("Tháng"), _("Năm"))
    boxes = tuple(
        Box(f"{make_id(path)}-{letter}", f"{path}:{letter}", title, typed)
        for letter, title, typed in zip("dmy", titles, split_date(answer), strict=True)
    )
    return {"boxes": boxes}


def _draw_yes_no(pen: Pen, part: Field, path: str, answer: Any) -> dict[str, Any]:
    yes = Box(f"{make_id(path)}-0", path, _("Có"), "yes", is_chosen=answer is True)
    no = Box(f"{make_id(path)}-1", path, _("Không"), "no", is_chosen=answer is False)
    return {"boxes": (yes, no)}


def _draw_confirm(pen: Pen, part: Field, path: str, answer: Any) -> dict[str, Any]:
    return {"value": "yes" if answer is True else ""}


DRAWERS: Mapping[FieldKind, Callable[[Pen, Field, str, Any], dict[str, Any]]] = {
    FieldKind.DATE: _draw_date,
    FieldKind.RADIO: Pen._draw_choices,
    FieldKind.SELECT: Pen._draw_choices,
    FieldKind.CHECKS: Pen._draw_choices,
    FieldKind.YES_NO: _draw_yes_no,
    FieldKind.CONFIRM: _draw_confirm,
    FieldKind.UNIT: Pen._draw_unit,
    FieldKind.GROUP: Pen._draw_group,
    FieldKind.ROWS: Pen._draw_rows,
}


def _write_condition(part: Field, holder: str) -> str:
    if not part.show_when:
        return ""
    prefix = f"{holder}." if holder else ""
    return json.dumps(
        {f"{prefix}{name}": answers for name, answers in part.show_when.items()}, ensure_ascii=False
    )
