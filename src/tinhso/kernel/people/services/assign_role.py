from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import NotFoundError, NotPermittedError
from tinhso.kernel.notify.services import notify, speaking_to
from tinhso.kernel.orgs.selectors import find_descendant_ids, get_agency
from tinhso.kernel.services import service

from ..actor import Actor
from ..errors import OwnRoleError, RoleAlreadyHeldError, RolePeriodError
from ..models import Role, RoleAssignment
from ..permissions import MANAGE_ROLES
from ._account import lock_official, stream_of


@service
def assign_role(
    *,
    actor: Actor,
    account_id: UUID,
    role_code: str,
    agency_id: UUID,
    title: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    reaches_below: bool = False,
) -> UUID:
    """Give an official a role at an agency, both days included; no end when `valid_to` is None."""
    actor.require(MANAGE_ROLES, agency_id)
    if account_id == actor.account_id:
        raise OwnRoleError
    if valid_to is not None and valid_to < valid_from:
        raise RolePeriodError
    if reaches_below:
        _require_reach(actor, agency_id, valid_from)
    account = lock_official(account_id)
    role = Role.objects.filter(code=role_code).first()
    if role is None or not account.is_active:
        raise NotFoundError
    if _is_held(account_id, role, agency_id, valid_from, valid_to):
        raise RoleAlreadyHeldError

    agency = get_agency(agency_id)
    assignment = RoleAssignment.objects.create(
        account=account,
        role=role,
        agency=agency,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        reaches_below=reaches_below,
    )

    record(
        stream=stream_of(account_id),
        action="people.role_assigned",
        actor=actor,
        agency_id=agency_id,
        detail={
            "assignment_id": str(assignment.pk),
            "role": role.code,
            "title": title,
            "valid_from": valid_from.isoformat(),
            "valid_to": valid_to.isoformat() if valid_to else None,
            "reaches_below": reaches_below,
        },
    )
    with speaking_to(account_id):
        notify(
            account_id=account_id,
            subject=_("Bạn được giao vai trò %(role)s") % {"role": role.name},
            body=_("%(agency)s, từ %(day)s.") % {"agency": agency.name, "day": f"{valid_from:%d/%m/%Y}"},
            url="/toi",
        )
    return assignment.pk


def _require_reach(actor: Actor, agency_id: UUID, on: dt.date) -> None:
    below = find_descendant_ids([agency_id], on).get(agency_id, set())
    if not all(actor.may(MANAGE_ROLES, agency_below) for agency_below in below):
        raise NotPermittedError(permission=MANAGE_ROLES)


def _is_held(
    account_id: UUID, role: Role, agency_id: UUID, valid_from: dt.date, valid_to: dt.date | None
) -> bool:
    rows = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from),
        account_id=account_id,
        role=role,
        agency_id=agency_id,
        revoked_at__isnull=True,
    )
    return rows.filter(valid_from__lte=valid_to).exists() if valid_to else rows.exists()
