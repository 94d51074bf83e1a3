"""The history for the programs of auditors, and the check of a receipt for everybody's."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Query, Router, Schema

from tinhso.kernel.api.paging import Cursor, Limit, Page, cut_page
from tinhso.kernel.web.access import get_actor_of

from .masking import list_masked
from .models import AuditEntry
from .permissions import VIEW_HISTORY
from .receipt import Outcome, check_receipt
from .selectors import HistoryFilter, find_history
from .trust import ProvinceTrust

router = Router(tags=["audit"])


class EntryOut(Schema):
    id: UUID
    stream: str
    sequence: int
    action: str
    at: dt.datetime
    recorded_at: dt.datetime
    actor_name: str
    actor_title: str
    agency_id: UUID | None
    detail: dict[str, str]
    hash: str


class FindingOut(Schema):
    kind: str
    sentence: str
    sequence: int | None
    day: dt.date | None


class VerdictOut(Schema):
    outcome: Outcome
    sentence: str
    stream: str
    made_at: dt.datetime | None
    signer: str
    fingerprint: str
    entry_count: int
    sealed_count: int
    findings: list[FindingOut]


@router.get(
    "/entries", response=Page[EntryOut], summary="What was done where the caller may view the history"
)
def list_entries(
    request: HttpRequest,
    *,
    stream: Annotated[str, Query(max_length=100)] = "",
    from_on: dt.date | None = None,
    to_on: dt.date | None = None,
    after: Cursor = "",
    limit: Limit = 50,
) -> Page[EntryOut]:
    actor = get_actor_of(request)
    actor.require(VIEW_HISTORY)
    found = find_history(actor, HistoryFilter(stream=stream, from_on=from_on, to_on=to_on))
    rows, following = cut_page(found, ("-recorded_at", "-id"), after, limit)
    return Page[EntryOut](items=[_describe(row) for row in rows], next=following)


@router.post("/check-receipt", response=VerdictOut, auth=None, summary="Whether a history receipt holds")
def check(request: HttpRequest, receipt: Annotated[dict[str, Any], Body()]) -> VerdictOut:
    verdict = check_receipt(receipt, ProvinceTrust())
    return VerdictOut(
        outcome=verdict.outcome,
        sentence=verdict.outcome.sentence,
        stream=verdict.stream,
        made_at=verdict.made_at,
        signer=verdict.signer,
        fingerprint=verdict.fingerprint,
        entry_count=len(verdict.entries),
        sealed_count=verdict.sealed_count,
        findings=[FindingOut.from_orm(finding) for finding in verdict.findings],
    )


def _describe(row: AuditEntry) -> EntryOut:
    return EntryOut(
        id=row.pk,
        stream=row.stream,
        sequence=row.sequence,
        action=row.action,
        at=row.at,
        recorded_at=row.recorded_at,
        actor_name=row.actor_name,
        actor_title=row.actor_title,
        agency_id=row.agency_id,
        detail=dict(list_masked(row.detail)),
        hash=row.hash,
    )
