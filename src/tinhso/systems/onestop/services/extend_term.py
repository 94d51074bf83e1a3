from __future__ import annotations

import datetime as dt
from uuid import UUID

from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.moment import now, today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Action
from ..data.rules import get_rule
from ..errors import (
    ExtensionAlreadyUsedError,
    ExtensionNotLaterError,
    ExtensionTooLateError,
    ReasonMissingError,
)
from ..events import TermExtended
from ..selectors.clocks import get_end_of_work
from .acting import Turn, append_clock_event, close_turn, open_dossier


@service
def extend_term(*, actor: Actor, dossier_id: UUID, turn: Turn, new_due_on: dt.date, reason: str) -> None:
    """Apologise and give a new date: once, and at least a day before the term ends (form 04).

    NĐ 61/2018 article 19.9; NĐ 118/2025.
    """
    dossier = open_dossier(actor=actor, dossier_id=dossier_id, action=Action.EXTEND, turn=turn)
    if dossier is None:
        return
    if dossier.extended_at:
        raise ExtensionAlreadyUsedError
    if not reason.strip():
        raise ReasonMissingError
    old_due = dossier.due_at
    moment = now()
    if old_due is not None:
        days = get_rule("extension_days_before", today()).value
        if moment > old_due - dt.timedelta(days=days):
            raise ExtensionTooLateError(days=days, due=f"{old_due:%d/%m/%Y}")
    new_due = get_end_of_work(dossier.resolving_agency_id, new_due_on)
    if new_due is None or (old_due is not None and new_due <= old_due):
        raise ExtensionNotLaterError(due=f"{old_due:%d/%m/%Y}" if old_due else "")

    append_clock_event(dossier, ClockEventKind.EXTENDED, moment, cause="extension", new_due_at=new_due)
    dossier.due_at = new_due
    dossier.extended_at = moment
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.EXTEND,
        turn=turn,
        changed=("clock_events", "due_at", "extended_at"),
        detail={
            "reason": reason,
            "old_due_at": old_due.isoformat() if old_due else None,
            "new_due_at": new_due.isoformat(),
        },
        at=moment,
    )

    emit(TermExtended(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment, due_at=new_due))
