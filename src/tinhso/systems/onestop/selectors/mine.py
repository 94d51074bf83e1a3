"""A person's own dossiers, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from tinhso.kernel.people.actor import Actor

from ..data.screens import WorkRow
from ..models import Dossier
from .dossiers import find_dossiers
from .worklist import ROW_FIELDS, as_rows, in_reading_language

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class MyPage:
    rows: tuple[WorkRow, ...]
    next_cursor: str


def find_my_dossiers(actor: Actor, after: str = "") -> MyPage:
    rows = find_dossiers(actor).filter(account_id=actor.require_account())
    if last := _get_last(actor, after):
        rows = rows.filter(Q(filed_at__lt=last.filed_at) | Q(filed_at=last.filed_at, pk__lt=last.pk))
    found = list(
        rows.annotate(procedure_name=in_reading_language("version__name"))
        .only(*ROW_FIELDS)
        .order_by("-filed_at", "-pk")[: PAGE_SIZE + 1]
    )
    page = found[:PAGE_SIZE]
    return MyPage(tuple(as_rows(page)), str(page[-1].pk) if len(found) > PAGE_SIZE else "")


def _get_last(actor: Actor, after: str) -> Dossier | None:
    try:
        return find_dossiers(actor).filter(pk=UUID(after)).only("id", "filed_at").first()
    except ValueError:
        return None
