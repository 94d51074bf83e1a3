from __future__ import annotations

import io
from uuid import UUID

from tinhso.kernel.files.receiving import ReceivedFile, receive_file
from tinhso.kernel.files.services import keep_file
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.services import service

from ..clients.payment_platform import fetch_bill
from ..data.payment_states import AttemptState
from ..errors import PaymentNotAllowedError
from ..models import PaymentAttempt
from .issue_fee_receipt import RECEIPT_FILE_KIND


def get_bill(*, attempt: PaymentAttempt) -> UUID:
    """The platform's slip of a paid attempt (GET_BILL), fetched once and kept. Whoever asks has been through the
    payment's gate.

    Errors: PaymentNotAllowedError, PaymentPlatformOffError, PlatformRefusedError, those of `kernel.http` and of
    files that are not what they say.
    """
    if attempt.bill_file_id is not None:
        return attempt.bill_file_id
    if attempt.state != AttemptState.PAID:
        raise PaymentNotAllowedError(state=AttemptState(attempt.state).label)
    content = fetch_bill(attempt.reference, attempt.opened_at)
    received = receive_file(
        io.BytesIO(content), name=f"chung-tu-{attempt.reference}.pdf", accept=frozenset({"application/pdf"})
    )
    return keep_bill(attempt_id=attempt.pk, received=received)


@service
def keep_bill(*, attempt_id: UUID, received: ReceivedFile) -> UUID:
    attempt = PaymentAttempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.bill_file_id is None:
        file = keep_file(
            actor=SYSTEM, received=received, owner_kind=RECEIPT_FILE_KIND, owner_id=attempt.payment_id
        )
        attempt.bill_file_id = file.pk
        attempt.save(update_fields=["bill_file_id"])
    return attempt.bill_file_id
