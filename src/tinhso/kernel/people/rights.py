"""The one rights engine: every list, search, export and board starts from the rows an actor may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from .actor import Actor, ActorKind

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class AgencyRule:
    """Rows reached through a permission held at some agencies."""

    permission: str
    where: Callable[[frozenset[UUID]], Q]


@dataclass(frozen=True, slots=True)
class OwnerRule:
    """Rows that are the signed-in person's own."""

    where: Callable[[UUID], Q]


@dataclass(frozen=True, slots=True)
class Gate(Generic[M]):
    """One per noun. `rows(actor)` is where every `find_*` and `get_*` of that noun begins."""

    model: type[M]
    rules: tuple[AgencyRule | OwnerRule, ...]

    def condition(self, actor: Actor) -> Q | None:
        """The row condition, or None when the actor sees nothing."""
        parts: list[Q] = []
        for rule in self.rules:
            if isinstance(rule, OwnerRule):
                if actor.account_id is not None:
                    parts.append(rule.where(actor.account_id))
            elif agencies := actor.agencies_with(rule.permission):
                parts.append(rule.where(agencies))
        return reduce(or_, parts) if parts else None

    def rows(self, actor: Actor) -> QuerySet[M]:
        rows: QuerySet[M] = self.model._default_manager.all()
        if actor.kind is ActorKind.SYSTEM:
            return rows
        condition = self.condition(actor)
        return rows.none() if condition is None else rows.filter(condition)
