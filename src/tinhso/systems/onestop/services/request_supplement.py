from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action, DossierStatus
from ..data.filing import PaperNeed
from ..errors import ReasonMissingError, SupplementAlreadyRequestedError
from ..events import SupplementRequested
from .acting import Turn, append_clock_event, close_turn, open_dossier


@service
def request_supplement(
    *, actor: Actor, dossier_id: UUID, turn: Turn, papers: Sequence[PaperNeed], reason: str
) -> None:
    """Ask the applicant, once, for everything that is missing (form 02). Stops the clock.

    NĐ 61/2018 articles 11 and 19.4, NĐ 118/2025 article 17.
    """
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.REQUEST_SUPPLEMENT, turn=turn)
    if dossier is None:
        return
    if dossier.supplement_requested_at:
        raise SupplementAlreadyRequestedError(when=f"{dossier.supplement_requested_at:%d/%m/%Y}")
    if not reason.strip() or not papers:
        raise ReasonMissingError

    moment = now()
    was_running = dossier.status != DossierStatus.REGISTERED
    if was_running:
        append_clock_event(dossier, ClockEventKind.PAUSED, moment, cause="supplement")
    dossier.due_at = None
    dossier.supplement_requested_at = moment
    dossier.supplement_request = {
        "reason": reason,
        "papers": [{"name": p.name, "note": p.note, "paper_code": p.paper_code} for p in papers],
        "was_running": was_running,
    }
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.REQUEST_SUPPLEMENT,
        turn=turn,
        changed=("clock_events", "due_at", "supplement_requested_at", "supplement_request"),
        detail={"reason": reason, "papers": [p.name for p in papers]},
        at=moment,
    )

    emit(
        SupplementRequested(
            dossier_id=dossier.pk, dossier_code=dossier.code, at=moment, paper_count=len(papers)
        )
    )
