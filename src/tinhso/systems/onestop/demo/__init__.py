"""The demo province: Phú Thọ as it is today, with Vĩnh Phúc in its past, made from a seed number."""

from __future__ import annotations

import random
from collections.abc import Callable

from django.db.models import Q

from tinhso.kernel.audit.demo import create_seal_credential
from tinhso.kernel.audit.sealing import seal_until_now
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.orgs.services import load_agencies

from .agencies import VINH_PHUC, agency_rows
from .lives import Province, live
from .people import PASSWORD, Place, Town, give_certificates, make_citizens, make_watchers, staff

DOSSIERS = 700
FEATURED = "Phường Việt Trì"
COMMUNES = (
    FEATURED, "Phường Vĩnh Yên", "Phường Phúc Yên", "Phường Hòa Bình", "Phường Phú Thọ", "Xã Tam Đảo", "Xã Thanh Ba",
    "Xã Lạc Sơn", "Xã Lâm Thao", "Xã Yên Lạc",
)  # fmt: skip

DEMO_ACCOUNTS = [
    ("motcua", PASSWORD, "công chức Một cửa, phường Việt Trì · counter officer"),
    ("chuyenvien", PASSWORD, "công chức xử lý, phường Việt Trì · officer"),
    ("lanhdao", PASSWORD, "Chủ tịch phường Việt Trì · leader who signs"),
    ("quantri", PASSWORD, "quản trị tài khoản · administrator"),
    ("thanhtra", PASSWORD, "thanh tra, xem nhật ký · auditor"),
    ("vanhanh", PASSWORD, "trực vận hành · operator"),
]


def generate(*, seed: int, progress: Callable[[str], None]) -> None:
    """The whole province: agencies, people, certificates and its dossiers over two years."""
    rng = random.Random(seed)  # noqa: S311 (a demo, not a secret)
    progress(f"{load_agencies(rows=list(agency_rows()))} cơ quan · agencies")
    create_seal_credential()
    province = _populate(Town(rng))
    progress(f"{len(province.citizens)} người dân, tổ chức · citizens and organisations")
    counts = live(province, rng, DOSSIERS, progress)
    progress(f"{sum(counts.values())} hồ sơ · dossiers")
    seal_until_now()


def _populate(town: Town) -> Province:
    communes = [
        staff(
            town,
            agency,
            _centre_of(agency),
            featured=agency.unit is not None and agency.unit.name == FEATURED,
        )
        for agency in Agency.objects.filter(level="commune", is_one_stop=False, unit__name__in=COMMUNES)
        .select_related("unit", "parent")
        .order_by("unit__name")
    ]
    told = Q(valid_to__isnull=True) | Q(unit__code=VINH_PHUC.code)
    departments = Agency.objects.filter(told, level="province", is_one_stop=False).select_related("unit")
    offices = [
        staff(town, agency, _counter_near(agency)) for agency in departments.order_by("valid_from", "name")
    ]
    featured = next(place.agency for place in communes if place.leader.username == "lanhdao")
    make_watchers(town, featured)
    counters = list(Agency.objects.filter(is_one_stop=True, unit__name__in=COMMUNES)) + list(
        Agency.objects.filter(is_one_stop=True, level="province")
    )
    places: list[Place] = [*communes, *offices]
    give_certificates(places, counters)
    names = [place.agency.unit.name for place in communes if place.agency.unit]
    return Province(communes=communes, offices=offices, citizens=make_citizens(town, names))


def _centre_of(agency: Agency) -> Agency | None:
    return Agency.objects.filter(parent=agency, is_one_stop=True).first()


def _counter_near(agency: Agency) -> Agency | None:
    """The provincial centre of the same province and time."""
    return Agency.objects.filter(level="province", is_one_stop=True, unit=agency.unit).first()
