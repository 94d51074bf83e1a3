"""Answers are nested plain JSON; a place in them is a dotted path: `child.born_on`, `members.0.name`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Values = dict[str, Any]

MISSING = object()


def get_value(values: object, path: str) -> Any:
    """The answer at a path, or None when nothing was answered there."""
    found = values
    for name in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(name, MISSING)
        elif isinstance(found, Sequence) and not isinstance(found, str) and name.isdigit():
            found = found[int(name)] if int(name) < len(found) else MISSING
        else:
            return None
        if found is MISSING:
            return None
    return found


def set_value(values: Values, path: str, value: object) -> None:
    """Put an answer at a path, or take it away when it is None; empty parents go with it."""
    *parents, last = path.split(".")
    chain: list[tuple[Values, str]] = []
    place = values
    for name in parents:
        child = place.get(name)
        if not isinstance(child, dict):
            if value is None:
                return
            child = place[name] = {}
        chain.append((place, name))
        place = child
    if value is not None:
        place[last] = value
        return
    place.pop(last, None)
    for holder, name in reversed(chain):
        if holder[name]:
            break
        del holder[name]


def walk_leaves(values: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every answer with its path, in order."""
    if isinstance(values, Mapping):
        for name, child in values.items():
            yield from walk_leaves(child, f"{prefix}{name}.")
    elif isinstance(values, list):
        for index, child in enumerate(values):
            yield from walk_leaves(child, f"{prefix}{index}.")
    else:
        yield prefix.rstrip("."), values
