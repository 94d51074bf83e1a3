"""How every action on a dossier begins and ends: lock, look, change, write history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.clock.reading import ClockEvent, ClockEventKind
from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor

from ..choices import CLOSED_STATUSES, Action, DossierStatus
from ..errors import ActionNotAllowedError, ChangedMeanwhileError, DossierNotFoundError
from ..models import Dossier, PerformedAction
from ..selectors.dossiers import DOSSIERS, get_fresh_state, get_last_actor_name
from ..selectors.lifecycle import TRANSITIONS, has_right


@dataclass(frozen=True, slots=True)
class Turn:
    """One press of one button: its key makes a repeat harmless, its revision makes a stale one visible."""

    key: str
    revision: int | None = None


def open_dossier(*, actor: Actor, dossier_id: UUID, action: Action, turn: Turn) -> Dossier | None:
    """Lock the dossier and decide whether the actor may take the action now.

    None means this very turn was taken before: the caller returns without doing anything.

    Raises: DossierNotFoundError (a stranger learns nothing), NotPermittedError,
    ChangedMeanwhileError and ActionNotAllowedError (both 409 with the fresh state).
    """
    rows = DOSSIERS.rows(actor).select_related("version").defer("version__content")
    dossier = rows.filter(pk=dossier_id).select_for_update(of=("self",)).first()
    if dossier is None:
        raise DossierNotFoundError
    if PerformedAction.objects.filter(dossier=dossier, key=turn.key).exists():
        return None
    transition = TRANSITIONS[action]
    if not has_right(actor, dossier, action):
        raise NotPermittedError if transition.permissions else DossierNotFoundError
    if dossier.status not in transition.sources:
        status = DossierStatus(dossier.status).label
        raise ActionNotAllowedError(status=status, fresh=get_fresh_state(dossier))
    if turn.revision is not None and turn.revision != dossier.revision:
        raise ChangedMeanwhileError(who=get_last_actor_name(dossier), fresh=get_fresh_state(dossier))
    return dossier


def close_turn(
    *,
    dossier: Dossier,
    actor: Actor,
    action: Action,
    turn: Turn,
    changed: tuple[str, ...] = (),
    detail: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
    to: int | None = None,
) -> None:
    """Move the state, save the named fields and append to the signed history.

    `to` overrules the table for the few actions that lead back to where the dossier came from.
    """
    moment = at or now()
    to = TRANSITIONS[action].to if to is None else to
    fields = {*changed, "revision"}
    if to is not None:
        dossier.status = to
        fields.add("status")
        if to in CLOSED_STATUSES and dossier.closed_at is None:
            dossier.closed_at = moment
            fields.add("closed_at")
    dossier.revision += 1
    dossier.save(update_fields=fields)
    PerformedAction.objects.create(dossier=dossier, key=turn.key, action=action)
    record(
        stream=dossier.stream,
        action=f"onestop.{action}",
        actor=actor,
        detail={"status": dossier.status, **(detail or {})},
        state=dossier.state(),
        at=moment,
        agency_id=dossier.resolving_agency_id,
    )


def append_clock_event(
    dossier: Dossier,
    kind: ClockEventKind,
    at: dt.datetime,
    cause: str = "",
    new_due_at: dt.datetime | None = None,
) -> None:
    event = ClockEvent(kind=kind, at=at, cause=cause, new_due_at=new_due_at)
    dossier.clock_events = [*dossier.clock_events, event.as_json()]
