"""Search without accents on any text column: `name__folded_contains="quyet dinh"`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import FullResultSet
from django.db.models import CharField, Func, Lookup, TextField

from .folding import fold, fold_words

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    AnyLookup = Lookup[Any]
else:
    AnyLookup = Lookup

LIKE_SPECIAL = re.compile(r"([\\%_])")


def escape_like(text: str) -> str:
    return LIKE_SPECIAL.sub(r"\\\1", text)


class Fold(Func):
    """`ts_fold(column)`, the SQL twin of `fold`."""

    function = "ts_fold"
    arity = 1
    output_field = TextField()


class FoldedTrigramIndex(GinIndex):
    """The index that `folded_contains` and `folded_words` run on; words of three letters or more use it."""

    def __init__(self, column: str, *, name: str) -> None:
        self.column = column
        super().__init__(OpClass(Fold(column), name="gin_trgm_ops"), name=name)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        return path, (self.column,), {"name": self.name}


class FoldedContains(AnyLookup):
    """The text, folded, appears in the column, folded."""

    lookup_name = "folded_contains"

    def get_prep_lookup(self) -> str:
        return fold(str(self.rhs))

    def get_parts(self) -> list[str]:
        return [self.rhs]

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, column_params = self.process_lhs(compiler, connection)
        parts = self.get_parts()
        if not parts:
            raise FullResultSet
        sql = " AND ".join([f"ts_fold({column}) LIKE %s"] * len(parts))
        return f"({sql})", tuple(p for part in parts for p in (*column_params, f"%{escape_like(part)}%"))


class FoldedWords(FoldedContains):
    """Every word of the text appears in the column, in any order."""

    lookup_name = "folded_words"

    def get_parts(self) -> list[str]:
        return fold_words(self.rhs)


def register_lookups() -> None:
    for field in (CharField, TextField):
        field.register_lookup(FoldedContains)
        field.register_lookup(FoldedWords)
