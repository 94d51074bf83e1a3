"""Imported records of the national portal, for who looks after the catalogue."""

from __future__ import annotations

from ..data.national.answers import settle
from ..data.national.record import PublishedProcedure
from ..models import NationalRecord


def get_settled(row: NationalRecord) -> PublishedProcedure:
    """The record with the officials' answers in their places."""
    answers = row.doubts.filter(settled_at__isnull=False).order_by("ordinal").values_list("field", "value")
    return settle(row.told, answers)
