from __future__ import annotations

from uuid import UUID

from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import find_holders

from ..permissions import PROCESS


def find_colleagues(agency_id: UUID) -> list[Account]:
    """Officials who may process dossiers at an agency today, by name."""
    return list(find_holders(PROCESS, agency_id).order_by("full_name", "pk"))


def get_full_name(account_id: UUID) -> str:
    """Empty where there is no such account."""
    return Account.objects.filter(pk=account_id).values_list("full_name", flat=True).first() or ""
