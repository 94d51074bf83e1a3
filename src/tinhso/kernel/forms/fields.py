"""A schema read as what people see: pages, and on them fields of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .values import get_value

Schema = Mapping[str, Any]

MOST_RADIOS = 6
"""More choices than this are a list to pick from."""
LONG_TEXT_FROM = 300


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    RADIO = "radio"
    SELECT = "select"
    CHECKS = "checks"
    YES_NO = "yes_no"
    CONFIRM = "confirm"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    CITIZEN_NUMBER = "citizen_number"
    PHONE = "phone"
    EMAIL = "email"
    UNIT = "unit"
    GROUP = "group"
    ROWS = "rows"


KIND_BY_FORMAT = {
    "date": FieldKind.DATE,
    "email": FieldKind.EMAIL,
    "phone": FieldKind.PHONE,
    "citizen-number": FieldKind.CITIZEN_NUMBER,
}


def localise(schema: Schema, key: str, language: str) -> str:
    """`title` or `description` in a language; Vietnamese where English is missing."""
    if language == "en":
        english = schema.get("x-en", {}).get(key)
        if english:
            return str(english)
    return str(schema.get(key, ""))


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked for. The path of a field inside rows carries `*` for the row: `members.*.name`."""

    path: str
    kind: FieldKind
    schema: Schema
    is_required: bool
    children: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        return self.path.rsplit(".", 1)[-1]

    @property
    def holder(self) -> str:
        """Path of the object the field sits in; empty at the root."""
        return self.path.rpartition(".")[0]

    @property
    def show_when(self) -> Mapping[str, list[Any]]:
        """Sibling to the answers under which the field is asked for; empty: always."""
        condition: Mapping[str, list[Any]] = self.schema.get("x-show-when", {})
        return condition

    def title(self, language: str) -> str:
        return localise(self.schema, "title", language)

    def hint(self, language: str) -> str:
        return localise(self.schema, "description", language)

    def row_title(self, language: str) -> str:
        """What one row is called, e.g. "Thành viên"."""
        own: str = self.schema.get("x-row", {}).get(language if language == "en" else "vi", "")
        return own or self.title(language)

    def unit(self, language: str, count: object = None) -> str:
        """What a number counts: "m²", "bản"; in English by how many, "1 copy" and "2 copies"."""
        unit = self.schema.get("x-unit", {})
        if language == "en" and count == 1 and "one" in unit:
            return str(unit["one"])
        return str(unit.get(language) or unit.get("vi", ""))

    def choices(self, language: str) -> tuple[Choice, ...]:
        source = self.schema["items"] if self.kind is FieldKind.CHECKS else self.schema
        found = []
        for value in source["enum"]:
            text = source["x-choices"][value]
            hint = text.get("hint", {}).get(language) or text.get("hint", {}).get("vi", "")
            found.append(Choice(value, text.get(language) or text["vi"], hint))
        return tuple(found)

    def walk(self) -> Iterator[Field]:
        """The field and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Page:
    """One question. `fields` may be parts of a group that another page asks the rest of."""

    code: str
    schema: Schema
    fields: tuple[Field, ...]

    def title(self, language: str) -> str:
        return localise(self.schema, "title", language)

    def hint(self, language: str) -> str:
        return localise(self.schema, "description", language)

    def short_title(self, language: str) -> str:
        """For the list of steps beside the form."""
        return localise(self.schema, "short", language) or self.title(language)

    def holds(self, path: str) -> bool:
        return any(path == field.path or path.startswith(f"{field.path}.") for field in self.fields)


def read_fields(schema: Schema, prefix: str = "") -> tuple[Field, ...]:
    """The fields of an object, in the order the schema writes them."""
    required = frozenset(schema.get("required", ())) | _required_when_shown(schema)
    return tuple(
        _read_field(child, f"{prefix}{name}", name in required)
        for name, child in schema.get("properties", {}).items()
    )


def read_pages(schema: Schema, fields: tuple[Field, ...]) -> tuple[Page, ...]:
    by_path = {field.path: field for root in fields for field in root.walk()}
    return tuple(
        Page(page["code"], page, tuple(by_path[path] for path in page["fields"]))
        for page in schema["x-pages"]
    )


def is_shown(field: Field, values: Mapping[str, Any], holder: str) -> bool:
    """Whether the answers so far ask for the field; `holder` is its object's path with real row numbers."""
    siblings = get_value(values, holder) if holder else values
    if not isinstance(siblings, Mapping):
        siblings = {}
    return all(siblings.get(name) in answers for name, answers in field.show_when.items())


def _required_when_shown(schema: Schema) -> frozenset[str]:
    names: set[str] = set()
    for rule in schema.get("allOf", ()):
        names.update(rule.get("then", {}).get("required", ()))
    return frozenset(names)


def _read_field(schema: Schema, path: str, is_required: bool) -> Field:
    kind = _find_kind(schema)
    children: tuple[Field, ...] = ()
    if kind in {FieldKind.GROUP, FieldKind.UNIT}:
        children = read_fields(schema, f"{path}.")
    elif kind is FieldKind.ROWS:
        children = read_fields(schema["items"], f"{path}.*.")
    return Field(path, kind, schema, is_required, children)


def _find_kind(schema: Schema) -> FieldKind:
    if widget := schema.get("x-widget"):
        return FieldKind(widget)
    match schema["type"]:
        case "object":
            return FieldKind.GROUP
        case "array":
            return FieldKind.CHECKS if "enum" in schema["items"] else FieldKind.ROWS
        case "boolean":
            return FieldKind.CONFIRM if schema.get("const") is True else FieldKind.YES_NO
        case "integer" | "number" as plain:
            return FieldKind(plain)
    return _find_text_kind(schema)


def _find_text_kind(schema: Schema) -> FieldKind:
    if choices := schema.get("enum"):
        return FieldKind.RADIO if len(choices) <= MOST_RADIOS else FieldKind.SELECT
    if schema.get("maxLength", 0) >= LONG_TEXT_FROM:
        return FieldKind.LONG_TEXT
    return KIND_BY_FORMAT.get(schema.get("format", ""), FieldKind.TEXT)
