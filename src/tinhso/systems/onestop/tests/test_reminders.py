from __future__ import annotations

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

from conftest import Cast

from tinhso.kernel.moment import travel
from tinhso.kernel.notify.models import Notification

from ..models import Dossier, ProcedureVersion
from ..services.remind_officials import remind_everybody
from .conftest import bring_to

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = dt.datetime(2026, 11, 27, 7, 30, tzinfo=VIETNAM)


def _due(dossier: Dossier, day: int) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(due_at=dt.datetime(2026, 11, day, 17, tzinfo=VIETNAM))


def _read(account_id: UUID) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(account_id=account_id, subject__startswith="Hồ sơ đến hạn")
    return list(rows.values_list("subject", "body"))


def test_each_official_hears_of_his_own_desk_once_a_day(cast: Cast, version: ProcedureVersion) -> None:
    _due(bring_to("taken", cast, version), 26)
    _due(bring_to("taken", cast, version), 30)
    far = bring_to("taken", cast, version)
    Dossier.objects.filter(pk=far.pk).update(due_at=dt.datetime(2026, 12, 10, 17, tzinfo=VIETNAM))

    with travel(FRIDAY):
        assert remind_everybody() == 2
        assert remind_everybody() == 0

    assert _read(cast.officer.pk) == [
        (
            "Hồ sơ đến hạn, ngày 27/11/2026",
            "1 hồ sơ quá hạn. 1 hồ sơ sắp đến hạn; không kịp thì xin lỗi và hẹn lại trước hạn một ngày.",
        )
    ]
    assert len(_read(cast.leader.pk)) == 1
    assert _read(cast.other_officer.pk) == []


def test_what_nobody_has_taken_is_everybodys(cast: Cast, version: ProcedureVersion) -> None:
    colleague = cast.colleague()
    _due(bring_to("accepted", cast, version), 30)

    with travel(FRIDAY):
        remind_everybody()

    assert [len(_read(account)) for account in (cast.officer.pk, colleague.require_account())] == [1, 1]


def test_nobody_is_told_on_a_day_off(cast: Cast, version: ProcedureVersion) -> None:
    _due(bring_to("taken", cast, version), 26)

    with travel(FRIDAY + dt.timedelta(days=2)):
        assert remind_everybody() == 0
