from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import now, today
from tinhso.kernel.notify.services import notify, speaking_to
from tinhso.kernel.services import service

from ..actor import Actor
from ..errors import DelegationOverError
from ..models import Delegation
from ..permissions import MANAGE_ROLES
from ._account import lock_official, stream_of


@service
def revoke_delegation(*, actor: Actor, delegation_id: UUID) -> None:
    """Take a lent role back at once; the lender may, and an administrator of the agency."""
    delegation = (
        Delegation.objects.filter(pk=delegation_id)
        .filter(
            Q(assignment__account_id=actor.account_id)
            | Q(assignment__agency_id__in=actor.agencies_with(MANAGE_ROLES))
        )
        .select_related("assignment__role")
        .first()
    )
    if delegation is None:
        raise NotFoundError
    lender = lock_official(delegation.assignment.account_id)
    changed = Delegation.objects.filter(
        pk=delegation_id, revoked_at__isnull=True, valid_to__gte=today()
    ).update(revoked_at=now())
    if not changed:
        raise DelegationOverError

    record(
        stream=stream_of(lender.pk),
        action="people.delegation_revoked",
        actor=actor,
        agency_id=delegation.assignment.agency_id,
        detail={"delegation_id": str(delegation_id)},
    )
    with speaking_to(delegation.to_account_id):
        notify(
            account_id=delegation.to_account_id,
            subject=_("Ủy quyền vai trò %(role)s đã được thu hồi")
            % {"role": delegation.assignment.role.name},
            body=_("Từ bây giờ bạn không còn vai trò này."),
            url="/toi",
        )
