"""The gate of the noun "payment", and what lists and pages of payments show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from tinhso.kernel.api.paging import cut_page
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.rights import AgencyRule, Gate, OwnerRule

from .. import permissions
from ..choices import DossierStatus
from ..data.fee_steps import FeeStep
from ..data.payment_states import UNPAID, PaymentState, RefundState
from ..data.plain import from_plain
from ..errors import PaymentNotFoundError
from ..models import FeeCollector, Payment, Refund

PAGE_SIZE = 50
NOT_RESOLVED = (DossierStatus.NOT_ACCEPTED, DossierStatus.WITHDRAWN, DossierStatus.STOPPED)

PAYMENTS = Gate(
    Payment,
    (
        OwnerRule(lambda account_id: Q(dossier__account_id=account_id)),
        AgencyRule(
            permissions.VIEW_PAYMENTS,
            lambda agencies: (
                Q(agency_id__in=agencies)
                | Q(dossier__intake_agency_id__in=agencies)
                | Q(dossier__handling_agency_id__in=agencies)
            ),
        ),
    ),
)


def find_payments(actor: Actor) -> QuerySet[Payment]:
    """Every payment the actor may see. Lists, pages, files and the API start here."""
    return PAYMENTS.rows(actor)


def get_payment(actor: Actor, payment_id: UUID) -> Payment:
    rows = find_payments(actor).select_related(
        "agency", "collected_by", "receipt", "dossier__version__procedure", "dossier__intake_agency"
    )
    try:
        return rows.defer("dossier__version__content").get(pk=payment_id)
    except Payment.DoesNotExist as error:
        raise PaymentNotFoundError from error


def get_refund(actor: Actor, refund_id: UUID) -> Refund:
    refund = Refund.objects.filter(pk=refund_id, payment__in=find_payments(actor)).first()
    if refund is None:
        raise PaymentNotFoundError
    return refund


def find_dossier_payments(dossier_id: UUID) -> list[Payment]:
    """For whoever has been through the dossier's gate: oldest first, with receipt, refunds and attempts."""
    rows = Payment.objects.filter(dossier_id=dossier_id).select_related("receipt", "agency")
    return list(rows.prefetch_related("refunds", "attempts").order_by("pk"))


def find_unpaid(dossier_id: UUID) -> QuerySet[Payment]:
    """What is still owed for a dossier."""
    return Payment.objects.filter(dossier_id=dossier_id, state__in=UNPAID)


def total_fee(dossier_id: UUID) -> int:
    """What is asked for a dossier in all, payments that were called off left out."""
    rows = Payment.objects.filter(dossier_id=dossier_id).exclude(state=PaymentState.CANCELLED)
    return sum(rows.values_list("amount_vnd", flat=True))


def read_steps(payment: Payment) -> list[FeeStep]:
    """The way to the sum as it was reckoned, in words of the reader's language."""
    return [from_plain(FeeStep, step) for step in payment.steps]


TABS = ("unpaid", "paid", "refunds", "look", "all")


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    tab: str = "all"
    means: str = ""
    query: str = ""
    from_on: dt.date | None = None
    to_on: dt.date | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.means or self.query or self.from_on or self.to_on)


def find_payment_page(
    actor: Actor, chosen: PaymentFilter, after: str = ""
) -> tuple[list[Payment], str | None]:
    """Newest first, cut by key. Raises InvalidCursorError."""
    rows = _narrow(_at_agency(actor), chosen).select_related("dossier", "receipt")
    return cut_page(rows.defer("dossier__form_values"), ("-asked_at", "-id"), after, PAGE_SIZE)


def count_payments(actor: Actor) -> dict[str, int]:
    """For the tabs that ask for something; how many are paid would say nothing."""
    rows = _at_agency(actor)
    return {tab: rows.filter(_conditions()[tab]).distinct().count() for tab in ("unpaid", "refunds", "look")}


def count_refunds_to_decide(actor: Actor) -> int:
    """Behind the menu item: what waits for this actor's approval."""
    agencies = actor.agencies_with(permissions.APPROVE_REFUNDS)
    waiting = Refund.objects.filter(state=RefundState.REQUESTED, payment__agency_id__in=agencies)
    return waiting.exclude(requested_by_id=actor.account_id).count()


def get_collector(agency_id: UUID, on: dt.date) -> FeeCollector | None:
    """Who collects for an agency on a day: itself, or the nearest above it that has registered."""
    seen: set[UUID] = set()
    here: UUID | None = agency_id
    while here is not None and here not in seen:
        seen.add(here)
        found = FeeCollector.objects.as_of(on).filter(agency_id=here).select_related("agency__unit").first()
        if found is not None:
            return found
        here = Agency.objects.filter(pk=here).values_list("parent_id", flat=True).first()
    return None


def _at_agency(actor: Actor) -> QuerySet[Payment]:
    """Of the agency chosen in the switcher: its own money, and what its counter takes for others."""
    here = Q(agency_id=actor.agency_id) | Q(dossier__intake_agency_id=actor.agency_id)
    return find_payments(actor).filter(here)


def _conditions() -> dict[str, Q]:
    given_back = Q(overpaid_vnd__gt=0) | Q(dossier__status__in=NOT_RESOLVED, paid_at__isnull=False)
    return {
        "unpaid": Q(state__in=UNPAID),
        "paid": Q(paid_at__isnull=False),
        "refunds": Q(refunds__state__in=(RefundState.REQUESTED, RefundState.APPROVED)),
        "look": given_back & ~Q(state=PaymentState.REFUNDED) & Q(refunds__isnull=True),
        "all": Q(),
    }


def _narrow(rows: QuerySet[Payment], chosen: PaymentFilter) -> QuerySet[Payment]:
    rows = rows.filter(_conditions()[chosen.tab])
    if chosen.means:
        rows = rows.filter(means=chosen.means)
    if chosen.from_on:
        rows = rows.filter(asked_at__gte=_start_of(chosen.from_on))
    if chosen.to_on:
        rows = rows.filter(asked_at__lt=_start_of(chosen.to_on + dt.timedelta(days=1)))
    if chosen.query:
        said: dict[str, Any] = {"dossier__code__icontains": chosen.query.upper()}
        rows = rows.filter(
            Q(**said) | Q(payer_name__folded_contains=chosen.query) | Q(attempts__reference=chosen.query)
        )
    return rows.distinct() if chosen.query or chosen.tab == "refunds" else rows


def _start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
