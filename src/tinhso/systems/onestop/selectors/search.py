"""What the command palette finds in the one-stop."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from tinhso.kernel.people.actor import Actor
from tinhso.kernel.registry import SearchHit

from .dossiers import find_dossiers
from .procedures import find_page


def search_dossiers(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    if len(query.strip()) < 2:
        return []
    rows = (
        find_dossiers(actor)
        .filter(Q(code__icontains=query) | Q(applicant_name__folded_contains=query))
        .select_related("version")
        .order_by("-filed_at")[:limit]
    )
    view = "onestop:dossier" if actor.posts else "onestop:my-dossier"
    return [
        SearchHit(row.code, f"{row.version.name}, {row.applicant_name}", reverse(view, args=[row.pk]))
        for row in rows
    ]


def search_procedures(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    if len(query.strip()) < 2:
        return []
    return [
        SearchHit(
            version.name,
            version.procedure.code,
            reverse("onestop:procedure", args=[version.procedure.code]),
            "book",
        )
        for version in find_page(query, size=limit).versions
    ]
