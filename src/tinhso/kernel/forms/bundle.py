"""From the schema as a person writes it to the schema as it is kept: whole, closed, plain JSON Schema.

Writing: `$ref` to a shared part, `x-show-when` beside the field it governs. Kept: parts in place, because a
filed version must not change when a part does; every object closed; and each `x-show-when` also as
`if`/`then`/`else`, so that any validator of JSON Schema 2020-12 gives the same verdict.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from .errors import FormSchemaError

DIALECT = "https://json-schema.org/draft/2020-12/schema"

PartReader = Callable[[str], Mapping[str, Any]]
"""From the name before `#` in a `$ref` to that document."""

ANNOTATIONS = frozenset({"title", "description", "minItems", "maxItems"})
"""What may stand beside a `$ref` and replace the part's own word; besides these, anything `x-`."""


def bundle(schema: Mapping[str, Any], read_part: PartReader) -> dict[str, Any]:
    """The whole form from its written parts. Raises FormSchemaError for an unknown part or a circle."""
    whole: dict[str, Any] = _resolve(copy.deepcopy(dict(schema)), read_part, ())
    whole.pop("$defs", None)
    whole["$schema"] = DIALECT
    _close(whole)
    return whole


def _resolve(node: Any, read_part: PartReader, trail: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_resolve(child, read_part, trail) for child in node]
    if not isinstance(node, Mapping):
        return node
    if "$ref" not in node:
        return {key: _resolve(child, read_part, trail) for key, child in node.items()}
    reference = node["$ref"]
    if reference in trail:
        raise FormSchemaError([f"{reference}: refers to itself"])
    beside = {key: value for key, value in node.items() if key != "$ref"}
    odd = [key for key in beside if key not in ANNOTATIONS and not key.startswith("x-")]
    if odd:
        raise FormSchemaError([f"{reference}: {', '.join(odd)} may not stand beside $ref"])
    part = _resolve(_find_part(reference, read_part), read_part, (*trail, reference))
    return {**part, **_resolve(beside, read_part, trail)}


def _find_part(reference: str, read_part: PartReader) -> Mapping[str, Any]:
    document, _, pointer = reference.partition("#")
    node: Any = read_part(document)
    for name in filter(None, pointer.split("/")):
        if not isinstance(node, Mapping) or name not in node:
            raise FormSchemaError([f"{reference}: no such part"])
        node = node[name]
    return copy.deepcopy(node)


def _close(node: Any) -> None:
    if not isinstance(node, dict):
        return
    if node.get("type") == "object":
        node["additionalProperties"] = False
        _write_conditions(node)
        for child in node.get("properties", {}).values():
            _close(child)
    elif node.get("type") == "array":
        _close(node.get("items"))


def _write_conditions(node: dict[str, Any]) -> None:
    required: list[str] = list(node.get("required", ()))
    rules: list[dict[str, Any]] = []
    for name, child in node.get("properties", {}).items():
        condition = child.get("x-show-when")
        if not condition:
            continue
        rules.append(_write_rule(name, condition, is_required=name in required))
        if name in required:
            required.remove(name)
    if required:
        node["required"] = required
    else:
        node.pop("required", None)
    if rules:
        node["allOf"] = rules


def _write_rule(name: str, condition: Mapping[str, list[Any]], *, is_required: bool) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "if": {
            "properties": {sibling: {"enum": list(answers)} for sibling, answers in condition.items()},
            "required": list(condition),
        },
        "else": {"properties": {name: False}},
    }
    if is_required:
        rule["then"] = {"required": [name]}
    return rule
