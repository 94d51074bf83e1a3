from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..data.receipt_rules import SERIES, TAX_CODE
from ..data.rules import E_RECEIPT_ON
from ..errors import CollectorInvalidError
from ..models import FeeCollector
from ..permissions import KEEP_ACCOUNTS


@dataclass(frozen=True, slots=True)
class Registration:
    """What an agency collects under from a day on."""

    valid_from: dt.date
    tax_code: str
    series: str
    account_number: str = ""
    account_holder: str = ""
    bank_code: str = ""


@service
def register_collector(*, actor: Actor, agency_id: UUID, said: Registration) -> None:
    """What the agency has registered with the tax office (Circular 91/2026/TT-BTC, article 17) and where its money
    goes, from a day on; what held before ends the day before. Raises NotPermittedError, CollectorInvalidError.
    """
    if not actor.may(KEEP_ACCOUNTS, agency_id):
        raise NotPermittedError
    _refuse_wrong(said)
    rows = FeeCollector.objects.select_for_update().filter(agency_id=agency_id)
    last = rows.order_by("valid_from").last()
    if last is not None and said.valid_from <= last.valid_from:
        raise CollectorInvalidError(
            problem=_("Ngày áp dụng phải sau ngày %(day)s của lần khai trước.")
            % {"day": f"{last.valid_from:%d/%m/%Y}"}
        )
    if last is not None:
        last.valid_to = said.valid_from - dt.timedelta(days=1)
        last.save(update_fields=["valid_to"])
    FeeCollector.objects.create(
        agency_id=agency_id,
        valid_from=said.valid_from,
        tax_code=said.tax_code,
        series=said.series,
        account_number=said.account_number.strip()[:40],
        account_holder=said.account_holder.strip()[:200],
        bank_code=said.bank_code.strip()[:20],
    )
    record(
        stream=f"onestop.collector:{agency_id}",
        action="onestop.collector_registered",
        actor=actor,
        detail={
            "valid_from": said.valid_from.isoformat(),
            "tax_code": said.tax_code,
            "series": said.series,
            "account_number": said.account_number,
        },
        agency_id=agency_id,
    )


def _refuse_wrong(said: Registration) -> None:
    if not TAX_CODE.fullmatch(said.tax_code):
        raise CollectorInvalidError(
            problem=_("Mã số thuế có 10 chữ số, hoặc 10 chữ số, gạch ngang và 3 chữ số.")
        )
    if not SERIES.fullmatch(said.series):
        raise CollectorInvalidError(
            problem=_("Ký hiệu là hai chữ cái in hoa trong A B C D E G H K L M N P Q R S T U V X Y.")
        )
    if said.valid_from < E_RECEIPT_ON or said.valid_from < today():
        raise CollectorInvalidError(problem=_("Ngày áp dụng từ hôm nay trở đi."))
