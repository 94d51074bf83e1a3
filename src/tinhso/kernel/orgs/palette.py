"""Units and agencies for the command palette."""

from __future__ import annotations

from django.urls import reverse

from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.registry import SearchHit

from .selectors import search_units


def find_unit_hits(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    """Open to all, so every actor finds the same."""
    return [
        SearchHit(
            title=unit.name,
            detail=f"{unit.code}, {unit.parent.full_name}" if unit.parent else unit.code,
            url=reverse("orgs:unit", args=[unit.pk]),
            icon="map-pin",
        )
        for unit in search_units(query, today()).select_related("parent")[:limit]
    ]
