"""What dossiers need before there are any: agencies, those who work there, citizens, certificates."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from django.db.models import Q

from tinhso.kernel.audit.demo import create_seal_credential
from tinhso.kernel.clock.calendar import instant
from tinhso.kernel.demo import DemoOrder
from tinhso.kernel.moment import travel
from tinhso.kernel.orgs.models import Agency, AgencyLevel
from tinhso.kernel.orgs.services import load_agencies
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.signing.services.demo import DemoHolder

from ..data.rules import E_RECEIPT_ON
from ..services.register_collector import Registration, register_collector
from .agencies import PHU_THO_BEFORE, VINH_PHUC, agency_rows
from .people import Town, give_certificates, make_citizens, make_watchers, staff_agency, staff_counter

FEATURED = "Phường Việt Trì"
COMMUNES = (
    FEATURED, "Phường Vĩnh Yên", "Phường Phúc Yên", "Phường Hòa Bình", "Phường Phú Thọ", "Xã Tam Đảo", "Xã Thanh Ba",
    "Xã Lạc Sơn", "Xã Lâm Thao", "Xã Yên Lạc",
)  # fmt: skip
PAST_COMMUNES = (
    "Phường Tích Sơn", "Phường Hội Hợp", "Phường Hùng Vương", "Thị trấn Tam Đảo", "Thị trấn Yên Lạc",
)  # fmt: skip
"""Of Vĩnh Phúc; each went into one of COMMUNES."""
TAX_CODE = "2699000000"
SEATS = {AgencyLevel.PROVINCE: 4, AgencyLevel.COMMUNE: 1}
"""Officials at a counter, by its level."""


def lay_ground(order: DemoOrder) -> None:
    rng = random.Random(order.seed)  # noqa: S311 (a demo, not a secret)
    order.progress(f"{load_agencies(rows=list(agency_rows()))} cơ quan · agencies")
    create_seal_credential()
    town = Town(rng)
    agencies = _find_staffed()
    holders: list[DemoHolder] = []
    for agency in agencies:
        is_featured = agency.unit is not None and agency.unit.name == FEATURED
        if agency.is_one_stop:
            seats = SEATS[AgencyLevel(agency.level)] + is_featured
            holders.append(staff_counter(town, agency, is_featured=is_featured, seats=seats))
        if not agency.is_one_stop or (agency.valid_to and agency.level == AgencyLevel.COMMUNE):
            holders += staff_agency(town, agency, is_featured=is_featured)
    featured = _get_featured(agencies)
    make_watchers(town, featured)
    _register_collector(featured, order.until)
    people = make_citizens(town, FEATURED, COMMUNES)
    order.progress(f"{len(people)} người dân, tổ chức · citizens and organisations")
    order.progress(f"{give_certificates(holders)} chứng thư số · certificates")


def _register_collector(agency: Agency, until: dt.datetime) -> None:
    """The featured agency has e-receipts since the first day there could be any; the others give paper ones."""
    first_moment = instant(E_RECEIPT_ON, 8 * 3600)
    if until < first_moment:
        return
    said = Registration(
        valid_from=E_RECEIPT_ON,
        tax_code=TAX_CODE,
        series="AA",
        account_number="3511.0.0000001",
        account_holder=agency.name,
        bank_code="KBNN",
    )
    accountant = Account.objects.get(username="ketoan")
    with travel(first_moment):
        register_collector(actor=get_actor(accountant), agency_id=agency.pk, said=said)


def _find_staffed() -> list[Agency]:
    """Counters and those who resolve: of today's communes and departments, and of those that are no more."""
    now = Q(valid_to__isnull=True)
    before = Q(valid_to__isnull=False)
    chosen = (
        Q(now, level=AgencyLevel.COMMUNE, unit__name__in=COMMUNES)
        | Q(now, level=AgencyLevel.PROVINCE)
        | Q(before, level=AgencyLevel.COMMUNE, unit__name__in=PAST_COMMUNES)
        | Q(before, level=AgencyLevel.PROVINCE, unit__code__in=(VINH_PHUC.code, PHU_THO_BEFORE.code))
    )
    rows = Agency.objects.filter(chosen).select_related("unit")
    return list(rows.order_by("level", "valid_from", "unit__code", "is_one_stop", "name"))


def _get_featured(agencies: Iterable[Agency]) -> Agency:
    return next(a for a in agencies if a.unit and a.unit.name == FEATURED and not a.is_one_stop)
