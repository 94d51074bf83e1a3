"""Pages cut by key: the cursor is the sort key of the last row seen, so a page never shifts under the reader."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Field, Model, Q, QuerySet
from ninja import Query, Schema

from .errors import InvalidCursorError

MOST_ROWS = 100

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows on a page.")]
Cursor = Annotated[
    str, Query(max_length=400, description="The `next` of the page before; empty for the first.")
]


class Page(Schema, Generic[T]):
    items: list[T]
    next: str | None
    """Give it back as `after` for the next page; null on the last."""


def cut_page(
    rows: QuerySet[M], order: Sequence[str], after: str = "", limit: int = 50
) -> tuple[list[M], str | None]:
    """The rows behind the cursor, at most `limit`, and the cursor of the next page.

    `order` names columns, `-` for descending, the last of them unique; none of them may be null.
    Errors: InvalidCursorError.
    """
    if after:
        rows = rows.filter(_behind(order, _read_cursor(rows.model, order, after)))
    found = list(rows.order_by(*order)[: limit + 1])
    page = found[:limit]
    return page, _write_cursor(page[-1], order) if len(found) > limit else None


def _behind(order: Sequence[str], values: Sequence[Any]) -> Q:
    """(a, b) behind (x, y) means a behind x, or a = x and b behind y."""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column = name.removeprefix("-")
        step = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{column}__{step}": value})
        equal &= Q(**{column: value})
    return condition


def _write_cursor(row: Model, order: Sequence[str]) -> str:
    values = [_write(getattr(row, name.removeprefix("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _write(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _read_cursor(model: type[Model], order: Sequence[str], cursor: str) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        columns = [_get_column(model, name) for name in order]
        return [column.to_python(value) for column, value in zip(columns, values, strict=True)]
    except Exception as error:
        raise InvalidCursorError from error


def _get_column(model: type[Model], name: str) -> Field[Any, Any]:
    column = model._meta.get_field(name.removeprefix("-"))
    if not isinstance(column, Field):
        raise TypeError(f"{name} is no column")
    return column
