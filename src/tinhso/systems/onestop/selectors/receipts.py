"""E-receipts and the tables made of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from tinhso.kernel.api.paging import cut_page
from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import Actor, ActorKind

from ..errors import PaymentNotFoundError
from ..models import FeeCollector, FeeReceipt, ReceiptReport
from ..permissions import KEEP_ACCOUNTS, VIEW_PAYMENTS
from .payments import get_collector

PAGE_SIZE = 50
MOST_REPORTS = 40


def find_receipt_page(actor: Actor, after: str = "") -> tuple[list[FeeReceipt], str | None]:
    """Receipts of the agencies whose payments the actor may see, newest first. Raises InvalidCursorError."""
    rows = FeeReceipt.objects.filter(agency_id__in=actor.agencies_with(VIEW_PAYMENTS))
    rows = rows.select_related("payment__dossier", "report", "agency").defer("payment__dossier__form_values")
    return cut_page(rows, ("-issued_at", "-id"), after, PAGE_SIZE)


def has_receipt(payment_id: UUID) -> bool:
    return FeeReceipt.objects.filter(payment_id=payment_id).exists()


def find_reports(actor: Actor) -> list[ReceiptReport]:
    """The newest tables of the agencies whose accounts the actor keeps."""
    rows = _reports(actor).select_related("agency", "sent_by").defer("content")
    return list(rows.order_by("-on", "-ordinal", "agency__short_name")[:MOST_REPORTS])


def get_report(actor: Actor, report_id: UUID) -> ReceiptReport:
    report = _reports(actor).filter(pk=report_id).first()
    if report is None:
        raise PaymentNotFoundError
    return report


def count_unsent_reports(actor: Actor) -> int:
    return _reports(actor).filter(sent_at__isnull=True).count()


def find_unreported_days(until: dt.date) -> list[tuple[UUID, dt.date]]:
    """Collectors and days with receipts that no table has yet, oldest first."""
    rows = (
        FeeReceipt.objects.filter(report__isnull=True)
        .annotate(on=TruncDate("issued_at", tzinfo=timezone.get_default_timezone()))
        .filter(on__lte=until)
        .values_list("agency_id", "on")
        .distinct()
        .order_by("on", "agency_id")
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class CollectorLine:
    """Who collects for an agency today, and whether it is the agency itself."""

    agency_id: UUID
    collector: FeeCollector | None
    is_own: bool


def get_collector_line(actor: Actor) -> CollectorLine | None:
    """Of the agency the actor works at. None outside of any agency."""
    if actor.agency_id is None:
        return None
    found = get_collector(actor.agency_id, today())
    return CollectorLine(
        actor.agency_id, found, is_own=found is not None and found.agency_id == actor.agency_id
    )


def _reports(actor: Actor) -> QuerySet[ReceiptReport]:
    if actor.kind is ActorKind.SYSTEM:
        return ReceiptReport.objects.all()
    return ReceiptReport.objects.filter(agency_id__in=actor.agencies_with(KEEP_ACCOUNTS))
