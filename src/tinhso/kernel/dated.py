"""Validity in days: `valid_from` and `valid_to` are both inside, as the law writes them."""

from __future__ import annotations

import datetime as dt
from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.db.models.expressions import Combinable

M = TypeVar("M", bound=models.Model)


def valid_on(day: dt.date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


def never_twice(*key: str | Combinable, name: str, condition: Q | None = None) -> ExclusionConstraint:
    """The database refuses two rows of one key whose days overlap, so a day never has two answers.

    Checked at the end of each statement: one `update()` may move a boundary between two rows.
    """
    days = Func(
        F("valid_from"),
        F("valid_to"),
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="daterange",
        output_field=DateRangeField(),
    )
    parts: list[tuple[str | Combinable, str]] = [(part, RangeOperators.EQUAL) for part in key]
    return ExclusionConstraint(
        name=name,
        expressions=[*parts, (days, RangeOperators.OVERLAPS)],
        condition=condition,
        deferrable=Deferrable.IMMEDIATE,
    )


class DatedQuerySet(models.QuerySet[M]):
    def as_of(self, day: dt.date) -> Self:
        return self.filter(valid_on(day))


class Dated(models.Model):
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_valid_order",
            )
        ]

    def is_valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
