"""The part of JSON Schema 2020-12 this engine speaks, in Python and in the browser alike.

A schema that uses anything else is refused when it is loaded: a keyword that only one side understands
would let the two give different verdicts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from .errors import FormSchemaError
from .fields import FieldKind

COMMON = frozenset({"type", "title", "description"})
KEYWORDS: Mapping[str, frozenset[str]] = {
    "object": COMMON | {"properties", "required", "additionalProperties", "allOf"},
    "array": COMMON | {"items", "minItems", "maxItems", "uniqueItems"},
    "string": COMMON | {"default", "enum", "pattern", "minLength", "maxLength", "format"},
    "integer": COMMON | {"default", "minimum", "maximum"},
    "number": COMMON | {"minimum", "maximum", "exclusiveMinimum"},
    "boolean": COMMON | {"const"},
}
ROOT_KEYWORDS = frozenset({"$schema", "$id"})
FORMATS = frozenset({"date", "email", "phone", "citizen-number"})
HINTS = frozenset({
    "x-age-min", "x-as-of", "x-choices", "x-en", "x-fill", "x-locked", "x-messages", "x-not-after",
    "x-not-before", "x-number-agrees", "x-plain", "x-row", "x-show-when", "x-unit", "x-widget",
})  # fmt: skip
ROOT_HINTS = frozenset({"x-pages"})
LONGEST_SIGN = 2
"""Letters of a sign such as "m²"."""
UNIT_NAMES = ({"province"}, {"province", "commune"})

CLASS_SHORTHAND = re.compile(r"\\[dDwWsSbBpP]")
"""Read differently by Python and by a browser."""


def require_dialect(schema: Mapping[str, Any]) -> None:
    """Raises FormSchemaError with every fault found."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise FormSchemaError([f"not a JSON Schema: {error.message}"]) from error
    faults = list(_check_root(schema))
    if faults:
        raise FormSchemaError(faults)


def _check_root(schema: Mapping[str, Any]) -> Iterator[str]:
    if schema.get("type") != "object":
        yield "the root is not an object"
        return
    yield from _check_node(schema, "", rows=0)
    yield from _check_pages(schema)


def _check_node(node: Mapping[str, Any], path: str, *, rows: int) -> Iterator[str]:
    kind = node.get("type")
    if not isinstance(kind, str) or kind not in KEYWORDS:
        yield f"{path}: type {kind!r}"
        return
    allowed = KEYWORDS[kind] | HINTS | (frozenset() if path else ROOT_KEYWORDS | ROOT_HINTS)
    for keyword in sorted(node.keys() - allowed):
        yield f"{path}: keyword {keyword}"
    yield from _check_words(node, path)
    if kind == "object":
        yield from _check_object(node, path, rows=rows)
    elif kind == "array":
        yield from _check_array(node, path, rows=rows)
    elif kind == "string":
        yield from _check_text(node, path)


def _check_words(node: Mapping[str, Any], path: str) -> Iterator[str]:
    for key in ("title", "description"):
        if key in node and not node.get("x-en", {}).get(key):
            yield f"{path}: {key} without English"
    if "title" not in node:
        yield f"{path}: no title"
    if unknown := set(node.get("x-en", {})) - {"title", "description"}:
        yield f"{path}: x-en {sorted(unknown)}"
    for kind, text in node.get("x-messages", {}).items():
        if set(text) != {"vi", "en"}:
            yield f"{path}: message {kind} needs vi and en"
    if "x-widget" in node and node["x-widget"] not in set(FieldKind):
        yield f"{path}: widget {node['x-widget']}"
    if node.get("title", "").endswith("?") and "required" not in node.get("x-messages", {}):
        yield f"{path}: a title that asks needs its own message for no answer"
    if "x-unit" in node:
        yield from _check_unit(node["x-unit"], path)


def _check_unit(unit: Mapping[str, str], path: str) -> Iterator[str]:
    """m² is written alike for any number; an English word has a form for one."""
    if not {"vi", "en"} <= set(unit) <= {"vi", "en", "one"}:
        yield f"{path}: x-unit in two languages"
    elif len(unit["en"]) > LONGEST_SIGN and "one" not in unit:
        yield f"{path}: x-unit {unit['en']} needs the word for one"


def _check_object(node: Mapping[str, Any], path: str, *, rows: int) -> Iterator[str]:
    properties = node.get("properties", {})
    if node.get("additionalProperties") is not False:
        yield f"{path}: not closed"
    if unknown := set(node.get("required", ())) - set(properties):
        yield f"{path}: requires unknown {sorted(unknown)}"
    if node.get("x-widget") == FieldKind.UNIT and set(properties) not in UNIT_NAMES:
        yield f"{path}: a unit has a province and perhaps a commune"
    yield from _check_conditions(node, path)
    if unknown := set(node.get("x-number-agrees", {}).values()) - set(properties):
        yield f"{path}: x-number-agrees names {sorted(unknown)}"
    for name, child in properties.items():
        if "." in name or "*" in name:
            yield f"{path}: name {name}"
        yield from _check_node(child, _join(path, name), rows=rows)


def _check_conditions(node: Mapping[str, Any], path: str) -> Iterator[str]:
    """Each hidden field has its rule in `allOf`, and depends only on siblings written before it."""
    seen: list[str] = []
    governed = {name for rule in node.get("allOf", ()) for name in rule.get("else", {}).get("properties", {})}
    for name, child in node.get("properties", {}).items():
        condition = child.get("x-show-when", {})
        if bool(condition) != (name in governed):
            yield f"{_join(path, name)}: x-show-when and allOf disagree"
        if later := set(condition) - set(seen):
            yield f"{_join(path, name)}: depends on {sorted(later)}, not asked before it"
        seen.append(name)


def _check_array(node: Mapping[str, Any], path: str, *, rows: int) -> Iterator[str]:
    items = node.get("items", {})
    if "enum" in items:
        if "x-choices" not in items or set(items["x-choices"]) != set(items["enum"]):
            yield f"{path}: choices without words"
        return
    if items.get("type") != "object" or rows:
        yield f"{path}: rows are objects, and hold no rows"
        return
    if "x-row" not in node:
        yield f"{path}: x-row says what one row is called"
    yield from _check_node({"title": "-", "x-en": {"title": "-"}, **items}, f"{path}.*", rows=rows + 1)


def _check_text(node: Mapping[str, Any], path: str) -> Iterator[str]:
    if node.get("format", "date") not in FORMATS:
        yield f"{path}: format {node['format']}"
    if "enum" in node and set(node.get("x-choices", {})) != set(node["enum"]):
        yield f"{path}: choices without words"
    if pattern := node.get("pattern"):
        if not (pattern.startswith("^") and pattern.endswith("$")) or CLASS_SHORTHAND.search(pattern):
            yield f"{path}: pattern is not anchored, or uses a class shorthand"
        elif "x-messages" not in node:
            yield f"{path}: a pattern needs its own message"
    if not any(key in node for key in ("enum", "format", "maxLength")):
        yield f"{path}: no maxLength"
    for key in ("x-not-after", "x-not-before"):
        if key in node and not _is_day(node[key]):
            yield f"{path}: {key} {node[key]}"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_day(text: str) -> bool:
    try:
        return text == "today" or bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _check_pages(schema: Mapping[str, Any]) -> Iterator[str]:
    """Every answer is asked for on exactly one page."""
    pages = schema.get("x-pages", [])
    known = set(_walk_paths(schema, ""))
    leaves = {path for path in known if not any(other.startswith(f"{path}.") for other in known)}
    asked: Counter[str] = Counter()
    for page in pages:
        if not page.get("title") or not page.get("x-en", {}).get("title"):
            yield f"page {page.get('code')}: title in two languages"
        for path in page.get("fields", ()):
            if path not in known:
                yield f"page {page.get('code')}: no field {path}"
            asked.update(leaf for leaf in leaves if leaf == path or leaf.startswith(f"{path}."))
    if len({page.get("code") for page in pages}) != len(pages):
        yield "two pages with one code"
    for leaf in sorted(leaves):
        if asked[leaf] != 1:
            yield f"{leaf}: asked on {asked[leaf]} pages"


def _walk_paths(node: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, child in node.get("properties", {}).items():
        path = f"{prefix}{name}"
        yield path
        if child.get("x-widget") != FieldKind.UNIT:
            yield from _walk_paths(child, f"{path}.")
