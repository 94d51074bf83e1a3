"""The demo province: Phú Thọ as it is today, with Vĩnh Phúc in its past, made from a seed number.

One process makes the ground: agencies, people, certificates. Two then live through the dossiers side by side,
each those of its own counters, so that every register is written by one of them and in the order of time.
The history is sealed last.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from tinhso.kernel.audit.sealing import seal_until_now
from tinhso.kernel.clock.calendar import instant
from tinhso.kernel.demo import DemoOrder, DemoPart, DemoStages
from tinhso.kernel.moment import travel

from ..data.rules import E_RECEIPT_ON
from ..services.report_fee_receipts import report_what_is_left
from .ground import lay_ground
from .lives import live
from .people import PASSWORD
from .places import read_province
from .plans import plan_dossiers, share_out
from .records import bring_in_records

DOSSIERS = 2_000
SHARES = 2

DEMO_ACCOUNTS = [
    ("motcua", PASSWORD, "công chức Một cửa, phường Việt Trì · counter officer"),
    ("chuyenvien", PASSWORD, "công chức xử lý, phường Việt Trì · officer"),
    ("lanhdao", PASSWORD, "Chủ tịch phường Việt Trì · leader who signs"),
    ("quantri", PASSWORD, "quản trị tài khoản · administrator"),
    ("thanhtra", PASSWORD, "thanh tra, xem nhật ký · auditor"),
    ("ketoan", PASSWORD, "kế toán thu phí, phường Việt Trì · accountant"),
    ("vanhanh", PASSWORD, "trực vận hành · operator"),
]


def live_share(order: DemoOrder, *, number: int) -> None:
    """The lives of one share of all dossiers, from their filing to where they stand today."""
    plans = plan_dossiers(read_province(), DOSSIERS, order.seed, order.until)
    live(share_out(plans, SHARES)[number], order, label=f"{number + 1}/{SHARES}")


def report_receipts(order: DemoOrder) -> None:
    """The table of each day's receipts, made before midnight as the nightly job makes it."""
    day = E_RECEIPT_ON
    while (evening := instant(day, 23 * 3600 + 50 * 60)) < order.until:
        with travel(evening):
            report_what_is_left()
        day += dt.timedelta(days=1)


def seal_history(order: DemoOrder) -> None:
    order.progress("niêm phong nhật ký từng ngày · sealing the history day by day")
    seal_until_now()


STAGES: DemoStages = (
    (DemoPart("ground", lay_ground),),
    tuple(DemoPart(f"lives-{n + 1}", partial(live_share, number=n)) for n in range(SHARES)),
    (DemoPart("receipts", report_receipts), DemoPart("records", bring_in_records)),
    (DemoPart("seals", seal_history),),
)
