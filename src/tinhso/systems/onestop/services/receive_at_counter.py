from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext

from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..choices import Channel
from ..data.filing import Filing
from ..permissions import RECEIVE
from .accept_dossier import accept_dossier
from .acting import Turn
from .file_dossier import file_dossier


@service
def receive_at_counter(
    *, actor: Actor, filing: Filing, idempotency_key: str, channel: Channel = Channel.DIRECT
) -> UUID:
    """File on behalf of the person at the counter and accept at once: one press, one transaction.

    Raises like `file_dossier` and `accept_dossier`.
    """
    actor.require(RECEIVE, filing.agency_id)
    if filing.applicant is None or not filing.applicant.name or not filing.applicant.number:
        raise InvalidInputError({"applicant": gettext("Ghi họ tên và số định danh của chủ hồ sơ.")})

    dossier_id = file_dossier(actor=actor, filing=filing, idempotency_key=idempotency_key, channel=channel)
    accept_dossier(actor=actor, dossier_id=dossier_id, turn=Turn(key=f"counter:{idempotency_key}"[:64]))
    return dossier_id
