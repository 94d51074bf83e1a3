from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation

from tinhso.kernel.files.receiving import take_own_pdf
from tinhso.kernel.files.services import keep_file
from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.services import service
from tinhso.kernel.signing.services import describe_check, register_issued
from tinhso.kernel.web import formats

from ..data.payment_states import Means
from ..data.receipt_rules import MONEY_KINDS, write_in_words
from ..errors import PaymentNotFoundError
from ..models import FeeReceipt
from .letter_values import write_moment
from .seals import sign_form

RECEIPT_FILE_KIND = "onestop.payment"
TITLE = "Biên lai thu phí, lệ phí"


@translation.override("vi")
@service
def issue_fee_receipt(*, payment_id: UUID) -> UUID:
    """The sheet of a numbered receipt: set, signed by the collector, made once. Returns the id of its file.

    It bears what Decree 254/2026/NĐ-CP, article 23.2 asks for. Raises PaymentNotFoundError where there is no
    receipt: the money came before the collector had registered any.
    """
    receipt = (
        FeeReceipt.objects.select_for_update(of=("self",))
        .select_related("agency__parent", "agency__unit", "payment__dossier__version__procedure")
        .defer("payment__dossier__version__content", "payment__dossier__form_values")
        .filter(payment_id=payment_id)
        .first()
    )
    if receipt is None:
        raise PaymentNotFoundError
    if receipt.file_id is not None:
        return receipt.file_id

    content = sign_form(
        pdf=render_letter("onestop/fee_receipt", receipt_values(receipt), at=receipt.issued_at),
        agency=receipt.agency,
        reason=TITLE,
        at=receipt.issued_at,
    )
    file = keep_file(
        actor=SYSTEM,
        received=take_own_pdf(content, name=f"{TITLE} {receipt.notation}.pdf"),
        owner_kind=RECEIPT_FILE_KIND,
        owner_id=receipt.payment_id,
    )
    receipt.file_id, receipt.file_sha256 = file.pk, file.sha256
    receipt.save(update_fields=["file_id", "file_sha256"])
    register_issued(
        code=receipt.check_code,
        content=content,
        owner_kind=RECEIPT_FILE_KIND,
        owner_id=receipt.payment_id,
        stream=receipt.payment.stream,
        title=TITLE,
        number=receipt.notation,
        reference=receipt.payment.dossier.code,
        agency_name=receipt.agency.name,
        issued_at=receipt.issued_at,
    )
    return file.pk


def receipt_values(receipt: FeeReceipt) -> dict[str, Any]:
    payment = receipt.payment
    on = timezone.localdate(receipt.issued_at)
    return {
        "title": TITLE.upper(),
        "form_symbol": receipt.form_symbol,
        "symbol": receipt.symbol,
        "number": f"{receipt.number:08d}",
        "collector": {
            "name": receipt.agency.name,
            "tax_code": receipt.tax_code,
            "address": receipt.agency.address,
        },
        "payer": {
            "name": payment.payer_name,
            "number": formats.mask_number(payment.payer_number) if payment.payer_number else "",
            "address": payment.payer_address,
        },
        "dossier": payment.dossier.code,
        "procedure": payment.dossier.version.name,
        "lines": [
            {
                "kind": str(MONEY_KINDS[line["kind"]]),
                "name": line["name"],
                "amount": formats.number(line["amount_vnd"], 0),
            }
            for line in payment.lines
        ],
        "total": formats.number(payment.amount_vnd, 0),
        "in_words": write_in_words(payment.amount_vnd),
        "means": str(Means(payment.means).label),
        "day": f"Ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        "signed": ["Ký bởi: " + receipt.agency.name, f"Ngày ký: {write_moment(receipt.issued_at)}"],
        "province": settings.PROVINCE_NAME,
        "verification": describe_check(receipt.check_code),
    }
