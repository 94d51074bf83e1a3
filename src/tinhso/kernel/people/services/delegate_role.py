from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel.audit.journal import record
from tinhso.kernel.dated import valid_on
from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.moment import now, today
from tinhso.kernel.notify.services import notify, speaking_to
from tinhso.kernel.services import service

from ..actor import Actor
from ..errors import (
    AlreadyDelegatedError,
    DelegationPeriodError,
    DelegationReceiverError,
    NotOwnAssignmentError,
)
from ..models import Delegation, RoleAssignment
from ..terms import get_terms
from ._account import lock_official, stream_of


@service
def delegate_role(
    *,
    actor: Actor,
    assignment_id: UUID,
    to_account_id: UUID,
    valid_from: dt.date,
    valid_to: dt.date,
    reason: str,
) -> UUID:
    """Lend a role of one's own to a colleague of the same agency, both days included.

    A lent role cannot be lent on, and the loan ends with the role itself.
    """
    if not reason.strip():
        raise InvalidInputError({"reason": _("Ghi lý do ủy quyền.")})
    lender = lock_official(actor.require_account())
    assignment = (
        RoleAssignment.objects.filter(
            valid_on(today()), pk=assignment_id, account=lender, revoked_at__isnull=True
        )
        .select_related("role", "agency")
        .first()
    )
    if assignment is None:
        raise NotOwnAssignmentError
    _require_period(assignment, valid_from, valid_to)
    if not _is_colleague(to_account_id, assignment, valid_from):
        raise DelegationReceiverError
    if _is_lent(assignment, to_account_id, valid_from, valid_to):
        raise AlreadyDelegatedError

    delegation = Delegation.objects.create(
        assignment=assignment,
        to_account_id=to_account_id,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason.strip(),
        created_at=now(),
    )

    record(
        stream=stream_of(lender.pk),
        action="people.role_delegated",
        actor=actor,
        agency_id=assignment.agency_id,
        detail={
            "delegation_id": str(delegation.pk),
            "assignment_id": str(assignment.pk),
            "to_account_id": str(to_account_id),
            "valid_from": valid_from.isoformat(),
            "valid_to": valid_to.isoformat(),
            "reason": reason.strip(),
        },
    )
    with speaking_to(to_account_id):
        notify(
            account_id=to_account_id,
            subject=_("Bạn được ủy quyền vai trò %(role)s") % {"role": assignment.role.name},
            body=_("%(agency)s, từ %(first)s đến hết %(last)s.")
            % {
                "agency": assignment.agency.name,
                "first": f"{valid_from:%d/%m/%Y}",
                "last": f"{valid_to:%d/%m/%Y}",
            },
            url="/toi",
        )
    return delegation.pk


def _require_period(assignment: RoleAssignment, valid_from: dt.date, valid_to: dt.date) -> None:
    days = get_terms(today()).delegation_days
    too_long = (valid_to - valid_from).days >= days
    past_the_role = assignment.valid_to is not None and valid_to > assignment.valid_to
    if valid_from < today() or valid_to < valid_from or too_long or past_the_role:
        raise DelegationPeriodError(days=days)


def _is_colleague(account_id: UUID, assignment: RoleAssignment, on: dt.date) -> bool:
    return (
        RoleAssignment.objects.filter(valid_on(on), agency_id=assignment.agency_id, revoked_at__isnull=True)
        .filter(account_id=account_id, account__is_active=True)
        .exclude(account_id=assignment.account_id)
        .exists()
    )


def _is_lent(assignment: RoleAssignment, to_account_id: UUID, valid_from: dt.date, valid_to: dt.date) -> bool:
    return Delegation.objects.filter(
        assignment=assignment,
        to_account_id=to_account_id,
        revoked_at__isnull=True,
        valid_from__lte=valid_to,
        valid_to__gte=valid_from,
    ).exists()
