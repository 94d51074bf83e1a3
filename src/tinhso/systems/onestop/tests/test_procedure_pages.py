"""The public list at the size of the national catalogue: cut into pages, found without accents, nearest first."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tinhso.kernel.people.actor import SYSTEM

from ..data.national.reading import read_line
from ..selectors.procedures import PAGE, find_page, find_sectors
from ..services.import_records import import_records
from .published import make_line


def bring_in(*lines: str) -> None:
    import_records(actor=SYSTEM, records=[read_line(line) for line in lines], file_name="cong.jsonl")


def make_many(count: int) -> list[str]:
    return [make_line(ma_thu_tuc=f"3.{n:06d}", ten_thu_tuc=f"Cấp giấy phép số {n:03d}") for n in range(count)]


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    bring_in(*make_many(PAGE * 2 + 5))

    pages = [find_page()]
    while pages[-1].next_code:
        pages.append(find_page(after=pages[-1].next_code))

    names = [version.name for page in pages for version in page.versions]
    assert names == [f"Cấp giấy phép số {n:03d}" for n in range(PAGE * 2 + 5)]
    assert [page.count for page in pages] == [PAGE * 2 + 5] * 3


@pytest.mark.django_db
def test_what_is_filed_here_comes_before_what_is_only_read() -> None:
    bring_in(
        make_line(ma_thu_tuc="3.000001", ten_thu_tuc="Cấp phép A", cap_thuc_hien="Cấp bộ"),
        make_line(ma_thu_tuc="3.000002", ten_thu_tuc="Cấp phép B", co_quan_thuc_hien=""),
        make_line(ma_thu_tuc="3.000003", ten_thu_tuc="Cấp phép C"),
        make_line(ma_thu_tuc="3.000004", ten_thu_tuc="Xin cấp phép C"),
    )

    found = [version.name for version in find_page("cap phep").versions]

    assert found == ["Cấp phép C", "Xin cấp phép C", "Cấp phép B", "Cấp phép A"]
    assert [v.name for v in find_page("cap phep", only_filed_here=True).versions] == found[:2]


@pytest.mark.django_db
def test_a_page_asks_the_same_however_many_there_are() -> None:
    bring_in(*make_many(2))
    with CaptureQueriesContext(connection) as few:
        find_page("giay phep")
    bring_in(*make_many(200))

    with CaptureQueriesContext(connection) as many:
        page = find_page("giay phep")

    assert (len(few), len(many), page.count) == (2, 2, 200)


@pytest.mark.django_db
def test_a_field_beyond_the_fullest_can_be_chosen() -> None:
    bring_in(*(make_line(ma_thu_tuc=f"3.{n:06d}", linh_vuc=f"Lĩnh vực {n:02d}") for n in range(12)))

    page = Client().get(reverse("onestop:procedures"), {"linh-vuc": "Lĩnh vực 11"})

    assert [line.version.sector for line in page.context["lines"]] == ["Lĩnh vực 11"]
    assert '<option value="Lĩnh vực 11" selected>' in page.content.decode()
    assert len(find_sectors()) == 12


@pytest.mark.django_db
def test_the_second_page_keeps_what_was_asked() -> None:
    bring_in(*make_many(PAGE + 1))

    first = Client().get(reverse("onestop:procedures"), {"q": "giay phep"})
    second = Client().get(f"{reverse('onestop:procedures')}{first.context['next_url']}")

    assert (len(first.context["lines"]), len(second.context["lines"])) == (PAGE, 1)
    assert second.context["query"] == "giay phep"
