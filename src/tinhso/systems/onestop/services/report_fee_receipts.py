"""The table of a day's receipts for the tax office, due on the day itself (Decree 254/2026/NĐ-CP, article 29.3.b)."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import now, today
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import SYSTEM, Actor
from tinhso.kernel.services import service

from ..data.receipt_rules import ReportLayout, get_report_layout
from ..errors import PaymentNotFoundError
from ..models import FeeReceipt, ReceiptReport
from ..permissions import KEEP_ACCOUNTS
from ..selectors.receipts import find_unreported_days

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run: such a cell gets an apostrophe before it."""


def report_what_is_left() -> int:
    """Every collector's receipts that no table has yet, up to today. Returns how many tables were made."""
    made = 0
    for agency_id, on in find_unreported_days(today()):
        made += make_receipt_report(actor=SYSTEM, agency_id=agency_id, on=on) is not None
    return made


@service
def make_receipt_report(*, actor: Actor, agency_id: UUID, on: dt.date) -> UUID | None:
    """The receipts of the day that no table has yet, as one more table. None where there are none.

    Raises NotPermittedError.
    """
    if not actor.may(KEEP_ACCOUNTS, agency_id):
        raise NotPermittedError
    Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency_id)
    start = timezone.make_aware(dt.datetime.combine(on, dt.time()))
    rows = FeeReceipt.objects.select_for_update(of=("self",)).select_related("payment__dossier")
    receipts = list(
        rows.filter(
            agency_id=agency_id,
            report__isnull=True,
            issued_at__gte=start,
            issued_at__lt=start + dt.timedelta(days=1),
        ).order_by("symbol", "number")
    )
    if not receipts:
        return None
    layout = get_report_layout(on)
    content = write_report(receipts, layout)
    last = ReceiptReport.objects.filter(agency_id=agency_id, on=on).aggregate(last=Max("ordinal"))["last"]
    report = ReceiptReport.objects.create(
        agency_id=agency_id,
        on=on,
        ordinal=(last or 0) + 1,
        layout=layout.name,
        receipt_count=len(receipts),
        amount_vnd=sum(receipt.payment.amount_vnd for receipt in receipts),
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        made_at=now(),
    )
    FeeReceipt.objects.filter(pk__in=[receipt.pk for receipt in receipts]).update(report=report)
    return report.pk


@service
def mark_report_sent(*, actor: Actor, report_id: UUID, remark: str = "") -> None:
    """An officer has handed the table to the tax office's system. Raises PaymentNotFoundError, NotPermittedError."""
    report = ReceiptReport.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise PaymentNotFoundError
    if not actor.may(KEEP_ACCOUNTS, report.agency_id):
        raise NotPermittedError
    if report.sent_at is not None:
        return
    report.sent_at, report.sent_by_id = now(), actor.account_id
    report.remark = remark.strip()[:200]
    report.save(update_fields=["sent_at", "sent_by_id", "remark"])


def write_report(receipts: Sequence[FeeReceipt], layout: ReportLayout) -> str:
    """The table as text, with a byte order mark so that spreadsheets read the marks of Vietnamese."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=layout.delimiter, lineterminator="\r\n")
    table.writerow([column.title for column in layout.columns])
    for ordinal, receipt in enumerate(receipts, start=1):
        cells = _describe(receipt, ordinal)
        table.writerow([_guard(cells[column.code]) for column in layout.columns])
    return "\ufeff" + out.getvalue()


def _describe(receipt: FeeReceipt, ordinal: int) -> dict[str, str]:
    payment = receipt.payment
    return {
        "ordinal": str(ordinal),
        "form_symbol": receipt.form_symbol,
        "symbol": receipt.symbol,
        "number": f"{receipt.number:08d}",
        "issued_on": f"{timezone.localdate(receipt.issued_at):%d/%m/%Y}",
        "payer_name": payment.payer_name,
        "payer_number": payment.payer_number,
        "lines": "; ".join(line["name"] for line in payment.lines),
        "amount_vnd": str(payment.amount_vnd),
        "note": payment.dossier.code,
    }


def _guard(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
