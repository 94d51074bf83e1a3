"""Every address of the product, found where Django finds it: in the map of addresses itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tinhso.kernel.web.access import Access

PARAMETER = re.compile(r"<(?:[^:>]+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    name: str
    """`namespace:name`, as `reverse` takes it."""
    template: str
    access: Access | None
    """The mark its view carries; None is a fault."""

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.template)

    @property
    def is_api(self) -> bool:
        return self.template.startswith("/api/v")

    @property
    def description_path(self) -> str:
        """As the API's own description writes it."""
        return PARAMETER.sub(r"{\1}", self.template)

    def fill(self, values: Mapping[str, object]) -> str:
        return PARAMETER.sub(lambda found: str(values[found.group(1)]), self.template)


@dataclass(frozen=True)
class Place:
    """A route with real values in it."""

    route: Route
    values: Mapping[str, object]

    @property
    def path(self) -> str:
        return self.route.fill(self.values)

    def __str__(self) -> str:
        return f"{self.route.name} {self.path}"


def find_routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: Iterable[URLPattern | URLResolver], path: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        template = f"{path}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, template, inner)
        else:
            access = getattr(pattern.callback, "access", None)
            yield Route(f"{namespace}{pattern.name or ''}", template, access)


def fill_in(route: Route, values: Mapping[str, Sequence[object]]) -> list[Place]:
    """The route once for every combination of values of its parameters."""
    names = route.parameters
    combinations = itertools.product(*(values[name] for name in names))
    return [Place(route, dict(zip(names, chosen, strict=True))) for chosen in combinations]


def make_example(schema: Mapping[str, Any], components: Mapping[str, Any]) -> Any:
    """The least a JSON schema of the API's own description lets pass."""
    if "$ref" in schema:
        return make_example(components[schema["$ref"].rpartition("/")[2]], components)
    for choices in (schema.get("anyOf"), schema.get("oneOf"), schema.get("allOf")):
        if choices:
            return make_example(choices[0], components)
    if "enum" in schema or "const" in schema or "default" in schema:
        return schema.get("const", schema.get("default", schema.get("enum", [None])[0]))
    return _make_plain(schema, components)


def _make_plain(schema: Mapping[str, Any], components: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "object":
        members = schema.get("properties", {})
        return {name: make_example(members[name], components) for name in schema.get("required", [])}
    if kind == "array":
        return [make_example(schema["items"], components)] * schema.get("minItems", 0)
    if kind in {"integer", "number"}:
        return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    if kind == "boolean":
        return False
    formats = {
        "uuid": "01980000-0000-7000-8000-000000000000",
        "date": "2026-12-31",
        "date-time": "2026-12-31T08:00:00Z",
    }
    return formats.get(schema.get("format", ""), "x" * max(schema.get("minLength", 1), 1))
