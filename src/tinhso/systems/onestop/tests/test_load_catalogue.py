"""Shipped procedures come in once, and what dossiers stand on is never rewritten."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import Cast
from django.db import IntegrityError, transaction

from ..data.procedure_file import Term
from ..models import Procedure, ProcedureVersion
from ..selectors.procedures import get_content, get_procedure
from ..services.load_catalogue import load_catalogue
from .conftest import file_one
from .sample import make_content

PRINTING = "1.003868"


@pytest.mark.django_db
def test_loading_twice_changes_nothing() -> None:
    first = load_catalogue()
    second = load_catalogue()

    assert first.added == ProcedureVersion.objects.count() > 39
    assert (second.added, second.changed, second.unchanged, second.kept) == (0, 0, first.added, 0)


@pytest.mark.django_db
def test_each_day_has_the_version_of_its_day() -> None:
    load_catalogue()

    before = get_content(get_procedure(PRINTING, on=dt.date(2025, 6, 30)))
    after = get_content(get_procedure(PRINTING, on=dt.date(2025, 7, 1)))

    assert before.term is not None
    assert after.term is not None
    assert (before.term.value, before.term.unit) == (15, "day")
    assert (after.term.value, after.term.unit) == (10, "working_day")


@pytest.mark.django_db
def test_a_changed_text_is_taken_over_while_nobody_stands_on_it() -> None:
    load_catalogue()
    version = get_procedure(PRINTING, on=dt.date(2026, 1, 1))
    ProcedureVersion.objects.filter(pk=version.pk).update(content=make_content(summary="Cũ.").as_json())
    stale = get_content(version).summary

    report = load_catalogue()

    fresh = get_procedure(PRINTING, on=dt.date(2026, 1, 1))
    assert (report.changed, fresh.revision) == (1, version.revision + 1)
    assert (stale, get_content(fresh).term) == ("Cũ.", Term(10, "working_day"))


def test_a_version_in_use_keeps_its_text_and_only_ends(cast: Cast, version: ProcedureVersion) -> None:
    file_one(cast, version)

    load_catalogue()

    version.refresh_from_db()
    assert version.name == "Cấp Giấy xác nhận tình trạng hôn nhân"
    assert get_content(version).summary == "Xác nhận tình trạng hôn nhân."


@pytest.mark.django_db
def test_the_database_refuses_two_versions_for_one_day() -> None:
    load_catalogue()
    procedure = Procedure.objects.get(code=PRINTING)

    with pytest.raises(IntegrityError, match="onestop_version_one_a_day"), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=procedure, valid_from=dt.date(2026, 3, 1), name="Hai", sector="Hai", content={}
        )
