from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from conftest import Cast
from django.test import Client
from django.urls import reverse

from tinhso.kernel.files.selectors import open_file
from tinhso.kernel.moment import now, today, travel
from tinhso.kernel.signing.verification.judging import verify_pdf

from ..errors import BookStillOpenError
from ..models import BookClosing, Dossier, ProcedureVersion
from ..selectors import book as books
from ..selectors.book import digest_rows, read_book_page, read_whole_book
from ..services.close_book import close_book, close_last_years_books
from .conftest import bring_to, file_one

NEXT_YEAR = dt.datetime(2027, 1, 1, 2, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_rows_are_numbered_as_they_were_accepted(
    cast: Cast, version: ProcedureVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "PAGE_SIZE", 2)
    monkeypatch.setattr(books, "BATCH", 2)
    accepted = [bring_to("accepted", cast, version).code for _ in range(5)]
    file_one(cast, version)
    actor, year = cast.actor("officer"), today().year

    first = read_book_page(actor, cast.ward.pk, year)
    second = read_book_page(actor, cast.ward.pk, year, first.next_cursor)
    whole = list(read_whole_book(actor, cast.ward.pk, year))

    assert [(row.ordinal, row.code) for row in first.rows + second.rows] == [*enumerate(accepted[:4], 1)]
    assert [row.code for row in whole] == accepted
    assert [row.ordinal for row in whole] == [1, 2, 3, 4, 5]


def test_another_agency_finds_nothing_in_it(cast: Cast, version: ProcedureVersion, client: Client) -> None:
    bring_to("accepted", cast, version)

    assert read_book_page(cast.actor("other_officer"), cast.ward.pk, today().year).rows == ()
    client.force_login(cast.other_officer)
    assert client.get(reverse("onestop:book") + f"?don-vi={cast.ward.pk}").status_code == 404


def test_a_book_is_locked_once_its_year_is_over(
    cast: Cast, version: ProcedureVersion, certificates: None
) -> None:
    dossier = bring_to("accepted", cast, version)
    year = today().year
    with pytest.raises(BookStillOpenError):
        close_book(agency_id=cast.ward.pk, year=year)

    with travel(NEXT_YEAR):
        assert close_last_years_books() == 1
        assert close_last_years_books() == 0

    closing = BookClosing.objects.get()
    assert (closing.year, closing.row_count) == (year, 1)
    assert closing.rows_digest == digest_rows(read_whole_book(cast.actor("officer"), cast.ward.pk, year))
    _file, content = open_file(cast.actor("officer"), closing.file_id)
    with content:
        signed = content.read()
    assert verify_pdf(signed).is_genuine
    text = pypdfium2.PdfDocument(signed)[0].get_textpage().get_text_range()
    assert dossier.code in text


def test_what_changes_afterwards_shows_against_the_locked_book(
    cast: Cast, version: ProcedureVersion, certificates: None
) -> None:
    dossier = bring_to("accepted", cast, version)
    with travel(NEXT_YEAR):
        closing = close_book(agency_id=cast.ward.pk, year=2026)

    Dossier.objects.filter(pk=dossier.pk).update(applicant_name="Người khác")

    rows = read_whole_book(cast.actor("officer"), cast.ward.pk, 2026)
    assert digest_rows(rows) != closing.rows_digest


def test_the_book_on_screen_and_in_print(
    cast: Cast, version: ProcedureVersion, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        bring_to("accepted", cast, version)
    client.force_login(cast.officer)
    client.get(reverse("onestop:book"))

    with django_assert_max_num_queries(16):
        page = client.get(reverse("onestop:book")).content.decode()
    printed = client.get(reverse("onestop:book-print"))

    assert page.count('class="ts-code"') == 3
    assert printed["Content-Type"] == "application/pdf"
    assert str(now().year) in printed["Content-Disposition"]
