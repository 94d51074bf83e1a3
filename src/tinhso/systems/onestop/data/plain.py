"""Frozen data from plain values and back: the same strict road for the shipped files and the database."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Mapping
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class PlainValueError(ValueError):
    """A plain value that does not fit; `where` is its place, e.g. `versions.0.fees.1.per`."""

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        super().__init__(f"{where}: {what}" if where else what)


def from_plain(kind: type[T], plain: object, where: str = "") -> T:
    """Build a dataclass from nested plain values. Unknown, missing and mistyped members are refused."""
    if not isinstance(plain, Mapping):
        raise PlainValueError(where, "not a table")
    hints = get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(plain) - set(fields)):
        raise PlainValueError(where, f"unknown {', '.join(unknown)}")
    members: dict[str, Any] = {}
    for name, field in fields.items():
        place = f"{where}.{name}" if where else name
        if name in plain:
            members[name] = _read(hints[name], plain[name], place)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise PlainValueError(place, "missing")
    return kind(**members)


def to_plain(value: object) -> Any:
    """The nested plain values of a dataclass, without members that still have their default."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if getattr(value, field.name) != _default(field)
        }
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    return value


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _read(hint: Any, plain: object, where: str) -> Any:
    origin = get_origin(hint)
    if origin in {types.UnionType, Union}:
        return _read_optional(hint, plain, where)
    if origin is tuple:
        if not isinstance(plain, list):
            raise PlainValueError(where, "not a list")
        item = get_args(hint)[0]
        return tuple(_read(item, value, f"{where}.{index}") for index, value in enumerate(plain))
    if origin is not None:
        if not isinstance(plain, Mapping):
            raise PlainValueError(where, "not a table")
        return dict(plain)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, plain, where)
    return _read_scalar(hint, plain, where)


def _read_optional(hint: Any, plain: object, where: str) -> Any:
    if plain is None:
        return None
    [inner] = [kind for kind in get_args(hint) if kind is not type(None)]
    return _read(inner, plain, where)


def _read_scalar(hint: Any, plain: object, where: str) -> Any:
    if hint is dt.date:
        if isinstance(plain, str):
            return dt.date.fromisoformat(plain)
        if isinstance(plain, dt.date) and not isinstance(plain, dt.datetime):
            return plain
    elif hint is float and isinstance(plain, int | float) and not isinstance(plain, bool):
        return float(plain)
    elif type(plain) is hint:
        return plain
    raise PlainValueError(where, f"{plain!r} is no {hint.__name__}")
