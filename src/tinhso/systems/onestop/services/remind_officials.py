"""The morning's word to each official: what is overdue on his desk, and what falls due while an apology still can."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.kernel.clock.selectors import get_calendar
from tinhso.kernel.moment import now, today
from tinhso.kernel.notify.models import Notification
from tinhso.kernel.notify.services import notify, speaking_to
from tinhso.kernel.people.selectors import find_holders
from tinhso.kernel.services import service
from tinhso.kernel.web import formats

from ..choices import RUNNING_STATUSES
from ..data.rules import get_rule
from ..models import Dossier
from ..permissions import PROCESS, VIEW_LOAD


@dataclass(slots=True)
class Tally:
    overdue: int = 0
    due_soon: int = 0

    def add(self, other: Tally) -> None:
        self.overdue += other.overdue
        self.due_soon += other.due_soon


def remind_everybody() -> int:
    """Returns how many people were told. On a day off nobody is; told once a day however often it runs."""
    day = today()
    calendar = get_calendar(None, day, day + dt.timedelta(days=30))
    if not calendar.is_working_day(day):
        return 0
    working_days = get_rule("extension_days_before", day).value + 1
    horizon = calendar.closing(calendar.nth_working_day(calendar.next_working_day(day), working_days))
    by_person, by_agency = _count(horizon)
    told = 0
    for account_id, tally in by_person.items():
        told += _tell(account_id=account_id, tally=tally, url=reverse("onestop:worklist"))
    for agency_id, tally in by_agency.items():
        if tally.overdue:
            for account_id in _find_ids(VIEW_LOAD, agency_id):
                told += _tell(account_id=account_id, tally=tally, url=reverse("onestop:load"))
    return told


def _count(horizon: dt.datetime) -> tuple[dict[UUID, Tally], dict[UUID, Tally]]:
    """By the person whose step it is, or by each who may take it while nobody has; and by agency."""
    moment = now()
    rows = Dossier.objects.filter(status__in=RUNNING_STATUSES, due_at__lt=horizon)
    lying: dict[tuple[UUID, UUID | None], Tally] = defaultdict(Tally)
    for agency_id, assignee_id, due_at in rows.values_list("handling_agency_id", "assignee_id", "due_at"):
        tally = lying[agency_id, assignee_id]
        if due_at and due_at < moment:
            tally.overdue += 1
        else:
            tally.due_soon += 1
    by_person: dict[UUID, Tally] = defaultdict(Tally)
    by_agency: dict[UUID, Tally] = defaultdict(Tally)
    for (place, holder), tally in lying.items():
        by_agency[place].add(tally)
        for person_id in [holder] if holder else _find_ids(PROCESS, place):
            by_person[person_id].add(tally)
    return by_person, by_agency


def _find_ids(permission: str, agency_id: UUID) -> list[UUID]:
    return list(find_holders(permission, agency_id).values_list("pk", flat=True))


@service
def _tell(*, account_id: UUID, tally: Tally, url: str) -> int:
    with speaking_to(account_id):
        subject = _("Hồ sơ đến hạn, ngày %(day)s") % {"day": formats.day(today())}
        parts = [
            ngettext("%(count)s hồ sơ quá hạn", "%(count)s hồ sơ quá hạn", tally.overdue)
            % {"count": tally.overdue}
            if tally.overdue
            else "",
            ngettext(
                "%(count)s hồ sơ sắp đến hạn; không kịp thì xin lỗi và hẹn lại trước hạn một ngày",
                "%(count)s hồ sơ sắp đến hạn; không kịp thì xin lỗi và hẹn lại trước hạn một ngày",
                tally.due_soon,
            )
            % {"count": tally.due_soon}
            if tally.due_soon
            else "",
        ]
    if Notification.objects.filter(account_id=account_id, subject=subject, url=url).exists():
        return 0
    notify(account_id=account_id, subject=subject, body=". ".join(filter(None, parts)) + ".", url=url)
    return 1
