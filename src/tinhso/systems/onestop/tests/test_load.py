"""What a leader sees of his agency: figures that open down to the dossiers they count."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import Cast
from django.test import Client
from django.urls import reverse

from tinhso.kernel.moment import now, travel

from ..models import Dossier, ProcedureVersion
from ..selectors.load import find_holders
from ..selectors.worklist import WorkFilter, find_work
from .conftest import bring_to


@pytest.fixture
def scene(cast: Cast, version: ProcedureVersion) -> dict[str, Dossier]:
    """One taken by the officer, one taken by nobody, one submitted to the leader; all overdue in a month."""
    return {name: bring_to(name, cast, version) for name in ("taken", "accepted", "submitted")}


def test_who_holds_how_much(cast: Cast, scene: dict[str, Dossier]) -> None:
    with travel(now() + dt.timedelta(days=30)):
        holders = find_holders(cast.actor("leader"), cast.ward.pk)

    told = [(one.name, one.open, one.overdue, one.due_today, one.paused) for one in holders]
    assert sorted(told) == [("", 1, 1, 0, 0), ("Nguyễn Thu Hà", 1, 1, 0, 0)]


@pytest.mark.parametrize("name", ["officer", "other_officer", "auditor", "citizen", "nobody"])
def test_nobody_else_is_told(cast: Cast, scene: dict[str, Dossier], name: str) -> None:
    assert find_holders(cast.actor(name), cast.ward.pk) == []


def test_each_figure_opens_to_its_dossiers(client: Client, cast: Cast, scene: dict[str, Dossier]) -> None:
    client.force_login(cast.leader)

    page = client.get(reverse("onestop:load")).content.decode()

    held = f"?loc=agency&amp;nguoi={cast.officer.pk}&amp;don-vi={cast.ward.pk}"
    unheld = f"?loc=agency&amp;nguoi=chua-ai&amp;don-vi={cast.ward.pk}"
    assert held in page
    assert unheld in page
    for query, found in ((held, "taken"), (unheld, "accepted")):
        rows = client.get(reverse("onestop:worklist") + query.replace("&amp;", "&")).context["page"].groups
        assert [row.code for group in rows for row in group.rows] == [scene[found].code]


def test_rings_are_filled_by_the_clock(cast: Cast, scene: dict[str, Dossier]) -> None:
    with travel(now() + dt.timedelta(days=30)):
        page = find_work(cast.actor("officer"), WorkFilter(tab="agency"))

    assert {row.used_share for group in page.groups for row in group.rows} == {1.0}
