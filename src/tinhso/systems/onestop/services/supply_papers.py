from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action, DossierStatus
from ..data.filing import HandedPaper
from ..errors import PaperMissingError
from ..events import SupplementSupplied
from ..models import DossierPaper
from ..selectors.clocks import compute_due
from .acting import Turn, append_clock_event, close_turn, open_dossier
from .file_dossier import describe_paper, get_stored_files


@service
def supply_papers(*, actor: Actor, dossier_id: UUID, turn: Turn, papers: Sequence[HandedPaper]) -> None:
    """The applicant, or the counter for him, hands in what was asked for. The clock starts again under the policy in force
    (NĐ 61/2018 article 19.4: from zero); a dossier not yet accepted goes back to the counter."""
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.SUPPLY, turn=turn)
    if dossier is None:
        return
    request = dossier.supplement_request or {}
    if not papers:
        raise PaperMissingError(papers="; ".join(need["name"] for need in request.get("papers", [])))
    files = get_stored_files(dossier.pk, [p.file_id for p in papers if p.file_id])

    moment = now()
    rows = [
        DossierPaper(
            dossier=dossier,
            is_supplement=True,
            **describe_paper(_name_of(request, paper, files), paper, files),
        )
        for paper in papers
    ]
    DossierPaper.objects.bulk_create(rows)
    was_running = bool(request.get("was_running"))
    if was_running:
        append_clock_event(dossier, ClockEventKind.RESUMED, moment, cause="supplement")
        dossier.due_at = compute_due(dossier)
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.SUPPLY,
        turn=turn,
        changed=("clock_events", "due_at"),
        detail={"papers": [row.name for row in rows]},
        at=moment,
        to=DossierStatus.ACCEPTED if was_running else DossierStatus.REGISTERED,
    )

    emit(SupplementSupplied(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment))


def _name_of(request: dict[str, object], paper: HandedPaper, files: Mapping[UUID, StoredFile]) -> str:
    needs = request.get("papers", [])
    if isinstance(needs, list):
        for index, need in enumerate(needs):
            if paper.paper_code in {need.get("paper_code"), str(index)}:
                return str(need["name"])
    file = files.get(paper.file_id) if paper.file_id else None
    return file.name if file else paper.paper_code
