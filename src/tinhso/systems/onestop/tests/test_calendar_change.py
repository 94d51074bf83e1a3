"""When the working calendar changes, the due days people were given follow it, and the history says so."""

from __future__ import annotations

import datetime as dt

from conftest import Cast

from tinhso.kernel.audit.journal import digest, find_entries
from tinhso.kernel.clock.calendar import DayKind, local
from tinhso.kernel.clock.services import add_calendar_day
from tinhso.kernel.moment import travel
from tinhso.kernel.people.actor import SYSTEM

from ..models import Dossier, ProcedureVersion
from ..services.reckon_dues import reckon_dues
from .conftest import bring_to

MORNING = dt.datetime.fromisoformat("2026-11-18T09:12+07:00")
DAY_OFF = dt.date(2026, 11, 20)


def accepted(cast: Cast, version: ProcedureVersion) -> Dossier:
    with travel(MORNING):
        dossier = bring_to("accepted", cast, version)
        add_calendar_day(actor=SYSTEM, on=DAY_OFF, kind=DayKind.HOLIDAY, name="Nghỉ bão", basis="Công điện 1")
    return dossier


def test_a_new_day_off_moves_the_due_day(cast: Cast, version: ProcedureVersion) -> None:
    dossier = accepted(cast, version)

    with travel(MORNING):
        reckon_dues(agency_id=None, from_on=DAY_OFF, to_on=DAY_OFF)
        reckon_dues(agency_id=None, from_on=DAY_OFF, to_on=DAY_OFF)

    dossier.refresh_from_db()
    assert dossier.due_at is not None
    assert local(dossier.due_at).isoformat() == "2026-11-25T17:00:00+07:00"
    last = find_entries(dossier.stream).last()
    assert last is not None
    assert (last.sequence, last.action) == (3, "onestop.due_reckoned")
    assert last.state_digest == digest(dossier.state())


def test_a_day_off_after_the_due_day_changes_nothing(cast: Cast, version: ProcedureVersion) -> None:
    dossier = accepted(cast, version)

    with travel(MORNING):
        reckon_dues(agency_id=None, from_on=dt.date(2026, 11, 27), to_on=None)

    assert find_entries(dossier.stream).count() == 2


def test_another_agencys_calendar_is_another_agencys_matter(cast: Cast, version: ProcedureVersion) -> None:
    dossier = accepted(cast, version)

    with travel(MORNING):
        reckon_dues(agency_id=cast.other_ward.pk, from_on=DAY_OFF, to_on=DAY_OFF)

    assert find_entries(dossier.stream).count() == 2
