from __future__ import annotations

from uuid import UUID

from tinhso.kernel.people.models import Account
from tinhso.kernel.services import service


@service
def remember_language(*, account_id: UUID, language: str) -> None:
    """The next device of the same person speaks the same language."""
    Account.objects.filter(pk=account_id).update(language=language)
