from __future__ import annotations

import datetime as dt
from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import now, today
from tinhso.kernel.services import service

from ..actor import Actor
from ..errors import RoleAlreadyEndedError, RolePeriodError
from ..models import RoleAssignment
from ..permissions import MANAGE_ROLES
from ._account import lock_official, stream_of


@service
def end_role(*, actor: Actor, assignment_id: UUID, last_day: dt.date | None = None) -> UUID:
    """End a role after its last day, or at this very moment when `last_day` is None. Returns its holder.

    What was delegated from the role ends with it.
    """
    assignment = RoleAssignment.objects.filter(
        pk=assignment_id, agency_id__in=actor.agencies_with(MANAGE_ROLES)
    ).first()
    if assignment is None:
        raise NotFoundError
    lock_official(assignment.account_id)
    assignment.refresh_from_db()
    is_over = assignment.valid_to is not None and assignment.valid_to < today()
    if assignment.revoked_at is not None or is_over:
        raise RoleAlreadyEndedError
    if last_day is not None and last_day < max(today(), assignment.valid_from):
        raise RolePeriodError

    if last_day is None:
        assignment.revoked_at = now()
    else:
        assignment.valid_to = last_day
    assignment.save(update_fields=["revoked_at", "valid_to"])

    record(
        stream=stream_of(assignment.account_id),
        action="people.role_ended",
        actor=actor,
        agency_id=assignment.agency_id,
        detail={
            "assignment_id": str(assignment.pk),
            "last_day": last_day.isoformat() if last_day else None,
        },
    )
    return assignment.account_id
