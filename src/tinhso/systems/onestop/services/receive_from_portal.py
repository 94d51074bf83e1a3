"""A dossier filed on the National Portal: kept as it came, then taken in; what cannot be taken in is held."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from tinhso.kernel.audit.hashing import digest
from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import InvalidInputError, TinhSoError
from tinhso.kernel.events import emit
from tinhso.kernel.files.receiving import ReceivedFile, receive_file
from tinhso.kernel.files.services import keep_file
from tinhso.kernel.http import OutboundFailedError, call
from tinhso.kernel.moment import now, today
from tinhso.kernel.orgs.selectors import get_agency_by_identifier
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.services import service

from ..choices import ArrivalState, Channel
from ..clients.national_portal import get_key
from ..data.arrival import Arrival, ArrivedPaper
from ..data.filing import Filing, HandedPaper
from ..errors import ArrivalConflictError, ArrivalNotFoundError, PaperUnreachableError
from ..events import PortalDossierArrived
from ..models import DossierPaper, PortalArrival
from ..permissions import DELIVER, RUN_PORTAL
from ..selectors.portal import find_held_arrivals
from ..selectors.procedures import get_procedure
from .file_dossier import FILE_OWNER_KIND, file_dossier

OK = 200


@dataclass(frozen=True, slots=True)
class FetchedPaper:
    paper: ArrivedPaper
    received: ReceivedFile | None
    """None: the portal names the paper and gives no file, as with one looked up in a database."""


@service
def receive_arrival(*, actor: Actor, content: Mapping[str, Any]) -> PortalArrival:
    """Keep what the portal sent, once per its code; the same again changes nothing.

    A corrected one replaces what is not filed yet. Raises ArrivalConflictError when another content has
    been filed under the code.
    """
    actor.require(DELIVER)
    now_digest = digest(content)
    arrival = PortalArrival.objects.select_for_update().filter(code=content["MaHoSo"]).first()
    if arrival is not None and arrival.content_digest == now_digest:
        return arrival
    if arrival is not None and arrival.state == ArrivalState.FILED:
        raise ArrivalConflictError(arrival=arrival.code)
    arrival = arrival or PortalArrival(code=content["MaHoSo"], arrived_at=now())
    arrival.content = dict(content)
    arrival.content_digest = now_digest
    arrival.delivered_by_id = actor.require_account()
    _queue(arrival)
    return arrival


@service
def retry_arrival(*, actor: Actor, arrival_id: UUID) -> None:
    """Try to take a held dossier in again, after its cause is mended."""
    arrival = find_held_arrivals(actor).select_for_update().filter(pk=arrival_id).first()
    if arrival is None:
        raise ArrivalNotFoundError
    actor.require(RUN_PORTAL)
    _queue(arrival)
    record(
        stream=f"onestop.arrival:{arrival.pk}",
        action="onestop.arrival_retried",
        actor=actor,
        detail={"code": arrival.code},
    )


def _queue(arrival: PortalArrival) -> None:
    arrival.state = ArrivalState.WAITING
    arrival.problem_code = arrival.problem = ""
    arrival.save()
    emit(PortalDossierArrived(arrival_id=arrival.pk, code=arrival.code, at=now()))


def take_arrival(*, arrival_id: UUID) -> None:
    """Fetch the papers, then file. A machine that does not answer raises, and the outbox comes again."""
    arrival = PortalArrival.objects.filter(pk=arrival_id, state=ArrivalState.WAITING).first()
    if arrival is None:
        return
    arrived = Arrival.read(arrival.content, settings.TIME_ZONE)
    try:
        fetched = [FetchedPaper(paper, _fetch(paper)) for paper in arrived.papers]
        file_arrival(arrival_id=arrival_id, arrived=arrived, fetched=fetched)
    except OutboundFailedError:
        raise
    except TinhSoError as problem:
        hold_arrival(arrival_id=arrival_id, problem=problem)


def _fetch(paper: ArrivedPaper) -> ReceivedFile | None:
    if not paper.url:
        return None
    answer = call("GET", paper.url, headers=get_key())
    if answer.status != OK:
        raise PaperUnreachableError(paper=paper.name, status=answer.status)
    return receive_file(io.BytesIO(answer.content), name=paper.name)


@service
def file_arrival(*, arrival_id: UUID, arrived: Arrival, fetched: list[FetchedPaper]) -> None:
    """File under the same rules as everybody else. The arrival's id becomes the dossier's."""
    arrival = PortalArrival.objects.select_for_update().select_related("delivered_by").get(pk=arrival_id)
    if arrival.state != ArrivalState.WAITING:
        return
    actor = get_actor(arrival.delivered_by)
    papers = tuple(_hand_in(actor, arrival.pk, one) for one in fetched)
    version = get_procedure(arrived.procedure_code)
    agency = get_agency_by_identifier(arrived.agency_identifier, today())
    arrival.dossier_id = file_dossier(
        actor=actor,
        filing=Filing(
            dossier_id=arrival.pk,
            version_id=version.pk,
            agency_id=agency.pk,
            values=arrived.values,
            papers=papers,
            applicant=arrived.applicant,
        ),
        idempotency_key=f"portal:{arrival.pk}",
        channel=Channel.ONLINE,
    )
    _mark_sources(arrival.pk, arrived)
    arrival.state = ArrivalState.FILED
    arrival.save()


def _hand_in(actor: Actor, owner_id: UUID, one: FetchedPaper) -> HandedPaper:
    if one.received is None:
        return HandedPaper(one.paper.paper_code)
    file = keep_file(actor=actor, received=one.received, owner_kind=FILE_OWNER_KIND, owner_id=owner_id)
    return HandedPaper(one.paper.paper_code, file_id=file.pk, copies=1)


def _mark_sources(dossier_id: UUID, arrived: Arrival) -> None:
    for paper in arrived.papers:
        if paper.is_reused or paper.is_from_personal_store:
            DossierPaper.objects.filter(dossier_id=dossier_id, paper_code=paper.paper_code).update(
                is_reused=paper.is_reused, is_from_personal_store=paper.is_from_personal_store
            )


@service
def hold_arrival(*, arrival_id: UUID, problem: TinhSoError) -> None:
    with translation.override("vi"):
        sentence = problem.sentence
        if isinstance(problem, InvalidInputError):
            fields = "; ".join(f"{path}: {said}" for path, said in problem.problems.items())
            sentence = f"{sentence} {fields}"
    PortalArrival.objects.filter(pk=arrival_id, state=ArrivalState.WAITING).update(
        state=ArrivalState.HELD, problem_code=problem.code, problem=sentence[:500]
    )
