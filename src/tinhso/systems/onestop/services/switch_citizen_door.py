from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from tinhso.kernel.audit.journal import record
from tinhso.kernel.moment import now, today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..errors import DoorDayError, DoorDayTakenError, ReasonMissingError
from ..models import CitizenDoor
from ..permissions import RUN_PORTAL


@service
def switch_citizen_door(*, actor: Actor, valid_from: dt.date, is_open: bool, reason: str) -> None:
    """Open or close the province's own filing pages from a day on; drafts and filed dossiers stay as they are.

    Since 1/7/2025 citizens file on the National Portal (CV 623/TTg-KSTT); which day a province follows is its
    own dated decision. Raises ReasonMissingError, DoorDayError, DoorDayTakenError.
    """
    actor.require(RUN_PORTAL)
    if not reason.strip():
        raise ReasonMissingError
    if valid_from < today():
        raise DoorDayError
    try:
        with transaction.atomic():
            door = CitizenDoor.objects.create(
                valid_from=valid_from,
                is_open=is_open,
                reason=reason.strip()[:500],
                decided_by_id=actor.require_account(),
                decided_at=now(),
            )
    except IntegrityError as error:
        raise DoorDayTakenError(day=f"{valid_from:%d/%m/%Y}") from error
    record(
        stream=f"onestop.citizen_door:{door.pk}",
        action="onestop.citizen_door_switched",
        actor=actor,
        detail={"valid_from": valid_from.isoformat(), "is_open": is_open, "reason": door.reason},
    )
