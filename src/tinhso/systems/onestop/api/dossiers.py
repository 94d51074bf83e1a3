from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from ninja import Header, Query, Router, Schema

from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.ids import new_id
from tinhso.kernel.people.actor import Actor, ActorKind
from tinhso.kernel.web.access import get_actor_of

from ..choices import Channel
from ..data.filing import Applicant, Filing, HandedPaper
from ..errors import DossierNotFoundError
from ..models import Dossier, IssuedLetter
from ..selectors.clocks import read_dossier_clock
from ..selectors.dossiers import find_dossiers, get_dossier
from ..selectors.letters import find_letters_out
from ..selectors.timeline import find_happenings, get_public_progress
from ..services.file_dossier import file_dossier
from ..services.receive_at_counter import receive_at_counter
from .shapes import DossierLine, DossierWhole, FilingIn, ProgressOut

router = Router()
PAGE = 50


class DossierPage(Schema):
    items: list[DossierLine]
    next: str
    """Give it back as `after`; empty on the last page."""


@router.get("/dossiers", response=DossierPage, summary="Dossiers the caller may see, newest first")
def list_dossiers(
    request: HttpRequest,
    status: Annotated[int | None, Query(ge=1, le=10)] = None,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = PAGE,
) -> DossierPage:
    actor = get_actor_of(request)
    rows = find_dossiers(actor).annotate(procedure=F("version__procedure__code"))
    if status is not None:
        rows = rows.filter(status=status)
    if after is not None:
        last = get_dossier(actor, after)
        rows = rows.filter(Q(filed_at__lt=last.filed_at) | Q(filed_at=last.filed_at, pk__lt=last.pk))
    found = list(rows.order_by("-filed_at", "-pk")[: limit + 1])
    page = found[:limit]
    return DossierPage(
        items=[_line(dossier, getattr(dossier, "procedure", "")) for dossier in page],
        next=str(page[-1].pk) if len(found) > limit else "",
    )


@router.post("/dossiers", response={201: DossierLine}, summary="File a dossier, once per Idempotency-Key")
def file(
    request: HttpRequest,
    filing: FilingIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=64)],
) -> tuple[int, DossierLine]:
    """A citizen files for himself; an official with the counter's right files for `applicant` and accepts at once."""
    actor = get_actor_of(request)
    as_filed = _as_filing(filing, actor)
    if actor.kind is ActorKind.OFFICIAL:
        dossier_id = receive_at_counter(actor=actor, filing=as_filed, idempotency_key=idempotency_key)
    else:
        dossier_id = file_dossier(
            actor=actor, filing=as_filed, idempotency_key=idempotency_key, channel=Channel.ONLINE
        )
    dossier = get_dossier(actor, dossier_id)
    return 201, _line(dossier, dossier.version.procedure.code)


@router.get(
    "/dossiers/{uuid:dossier_id}", response=DossierWhole, summary="One dossier with its clock and history"
)
def read(request: HttpRequest, dossier_id: UUID) -> DossierWhole:
    actor = get_actor_of(request)
    dossier = get_dossier(actor, dossier_id)
    reading = read_dossier_clock(dossier) if dossier.accepted_at else None
    happenings = find_happenings(dossier, is_official=actor.kind is ActorKind.OFFICIAL)
    return DossierWhole(
        **_line(dossier, dossier.version.procedure.code).dict(),
        accepted_at=dossier.accepted_at,
        decided_at=dossier.decided_at,
        applicant_name=dossier.applicant_name,
        intake_agency=dossier.intake_agency.name,
        resolving_agency=dossier.resolving_agency.name,
        fee_vnd=dossier.fee_vnd,
        clock=[str(step.sentence) for step in reading.steps] if reading else [],
        history=[
            {"title": str(h.title), "at": h.at, "who": str(h.by), "text": str(h.text)} for h in happenings
        ],
        papers=[
            {"code": p.paper_code, "name": p.name, "file_id": p.file_id, "size": p.size}
            for p in dossier.papers.all()
        ],
        results=[
            {"name": r.name, "notation": r.notation, "file_id": r.file_id, "check_code": r.check_code}
            for r in dossier.results.filter(signed_at__isnull=False)
        ],
        letters=[
            {"kind": x.kind, "file_id": x.file_id, "check_code": x.check_code, "issued_at": x.issued_at}
            for x in _find_letters(actor, dossier)
        ],
    )


@router.get("/look-up", response=ProgressOut, auth=None, summary="Degree of completion by code, for anyone")
def look_up(request: HttpRequest, code: Annotated[str, Query(max_length=50)]) -> ProgressOut:
    progress = get_public_progress(code)
    if progress is None:
        raise DossierNotFoundError
    return ProgressOut(code=progress.code, percent=progress.percent)


def _find_letters(actor: Actor, dossier: Dossier) -> QuerySet[IssuedLetter]:
    """An official sees those that wait for a signature too: they have no file yet."""
    return dossier.letters.all() if actor.kind is ActorKind.OFFICIAL else find_letters_out(dossier)


def _as_filing(filing: FilingIn, actor: Actor) -> Filing:
    if actor.kind is ActorKind.OFFICIAL and filing.applicant is None:
        raise InvalidInputError({"applicant": "applicant"})
    return Filing(
        dossier_id=filing.dossier_id or new_id(),
        version_id=filing.version_id,
        agency_id=filing.agency_id or (actor.agency_id if actor.kind is ActorKind.OFFICIAL else None),
        values=filing.values,
        papers=tuple(HandedPaper(**paper.dict()) for paper in filing.papers),
        applicant=Applicant(**filing.applicant.dict()) if filing.applicant else None,
        copies=filing.copies,
    )


def _line(dossier: Dossier, procedure: str) -> DossierLine:
    return DossierLine(
        id=dossier.pk,
        code=dossier.code,
        revision=dossier.revision,
        status=dossier.status,
        channel=dossier.channel,
        procedure=procedure,
        filed_at=dossier.filed_at,
        due_at=dossier.due_at,
    )
