"""What the command palette finds in the one-stop."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.registry import SearchHit
from tinhso.kernel.web.clock_words import describe_clock
from tinhso.kernel.web.parts import STATUSES
from tinhso.kernel.web.templatetags.ts import in_language

from ..choices import RUNNING_STATUSES
from ..models import Dossier
from .dossiers import find_dossiers
from .procedures import find_page
from .worklist import get_clock_state


def search_dossiers(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    if len(query.strip()) < 2:
        return []
    rows = (
        find_dossiers(actor)
        .filter(Q(code__icontains=query) | Q(applicant_name__folded_contains=query))
        .select_related("version")
        .defer("version__content")
        .order_by("-filed_at")[:limit]
    )
    return [_as_hit(row, is_official=bool(actor.posts)) for row in rows]


def _as_hit(dossier: Dossier, *, is_official: bool) -> SearchHit:
    """An official looks for a person, the person for what was filed; either learns how it stands."""
    procedure = in_language(dossier.version, "name")
    words = describe_clock(
        state=get_clock_state(dossier.status),
        due_at=dossier.due_at,
        now=now(),
        finished_at=dossier.decided_at,
        is_extended=dossier.extended_at is not None,
        is_brief=True,
    )
    is_running = dossier.status in RUNNING_STATUSES and dossier.due_at is not None
    status = STATUSES[dossier.status]
    return SearchHit(
        title=dossier.applicant_name if is_official else procedure,
        detail=f"{procedure}, {dossier.code}" if is_official else dossier.code,
        url=reverse("onestop:dossier" if is_official else "onestop:my-dossier", args=[dossier.pk]),
        note=words.text if is_running else status.label,
        tone=words.tone if is_running else status.tone,
    )


def search_procedures(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    if len(query.strip()) < 2:
        return []
    return [
        SearchHit(
            in_language(version, "name"),
            version.procedure.code,
            reverse("onestop:procedure", args=[version.procedure.code]),
            "book",
        )
        for version in find_page(query, size=limit).versions
    ]
