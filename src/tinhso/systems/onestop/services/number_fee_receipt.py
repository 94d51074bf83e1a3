from __future__ import annotations

import datetime as dt

from django.utils import timezone

from tinhso.kernel.numbering.periods import by_year
from tinhso.kernel.numbering.services import take_number
from tinhso.kernel.signing.services import new_check_code

from ..data.receipt_rules import FORM_SYMBOL, write_symbol
from ..models import FeeReceipt, Payment
from ..selectors.payments import get_collector


def number_fee_receipt(payment: Payment, at: dt.datetime) -> FeeReceipt | None:
    """The receipt of a payment, numbered in the transaction that takes the money (Decree 254/2026/NĐ-CP, article 24.1).

    None where the collector has registered no e-receipts. Call it last: it holds the series until commit. The
    number begins at 1 each year, or with the first receipt of a series, and is never skipped (article 23.2.c).
    """
    on = timezone.localdate(at)
    collector = get_collector(payment.agency_id, on)
    if collector is None:
        return None
    symbol = write_symbol(on, collector.series)
    register = f"onestop.fee_receipt:{collector.tax_code}:{FORM_SYMBOL}:{symbol}"
    return FeeReceipt.objects.create(
        payment=payment,
        agency_id=collector.agency_id,
        tax_code=collector.tax_code,
        form_symbol=FORM_SYMBOL,
        symbol=symbol,
        number=take_number(register=register, period=by_year(at)),
        issued_at=at,
        check_code=new_check_code(),
    )
