"""The pages answer for any day, to anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.kernel.moment import travel
from tinhso.kernel.people.actor import NOBODY

from ...keys import get_unit_id
from ...models import AdministrativeUnit
from ...palette import find_unit_hits
from .test_units import FIRST_DAY, LAST_DAY

pytestmark = pytest.mark.django_db
OLD = dt.date(2004, 7, 8)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with travel(dt.datetime(2026, 11, 25, 2, 0, tzinfo=dt.UTC)):
        yield


def read(response: Any) -> str:
    """The page as one line, so that a sentence broken by the template is still found."""
    return " ".join(response.content.decode().split())


def look_up(client: Client, **query: str) -> str:
    return read(client.get(reverse("orgs:look_up"), query))


def open_unit(client: Client, level: str, code: str, since: dt.date, **query: str) -> str:
    return read(client.get(reverse("orgs:unit", args=[get_unit_id(level, code, since)]), query))


def test_the_country_of_today_and_of_another_day(client: Client) -> None:
    now, then = look_up(client), look_up(client, ngay="30/06/2025")

    assert "Ngày 25/11/2026, cả nước có 34 tỉnh, thành phố" in now
    assert "Dưới tỉnh là 3.321 xã, phường, đặc khu; không còn cấp huyện." in now
    assert "Ngày 30/06/2025, cả nước có 63 tỉnh, thành phố" in then
    assert "Dưới tỉnh là 696 huyện, quận, thị xã, thành phố; dưới huyện là 10.035 xã" in then


def test_a_search_marks_what_it_found_and_tells_of_other_days(client: Client) -> None:
    page = look_up(client, q="vinh phuc")

    assert "<mark>Vĩnh</mark> <mark>Phúc</mark>" in page
    assert page.index("08716") < page.index("Vào ngày khác") < page.index("Tỉnh <mark>Vĩnh</mark>")


def test_nothing_found_says_what_to_do(client: Client) -> None:
    page = look_up(client, q="khong co")

    assert "Ngày 25/11/2026 không có nơi nào tên hoặc mã “khong co”" in page
    assert "Xem lại chính tả" in page


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("31/11/2026", "Ngày này không có trong lịch. Viết ngày như 30/06/2025."),
        ("07/07/2004", "Mã đơn vị hành chính có từ 08/07/2004."),
    ],
)
def test_a_wrong_day_is_said_beside_the_field(client: Client, day: str, sentence: str) -> None:
    response = client.get(reverse("orgs:look_up"), {"ngay": day})

    assert response.status_code == 400
    assert sentence in read(response)
    assert f'value="{day}"' in read(response)


def test_a_province_that_is_no_more_says_where_it_went(client: Client) -> None:
    page = open_unit(client, "province", "26", OLD)

    assert "Ngày 25/11/2026 không còn đơn vị này. Toàn bộ nơi đây nay thuộc Tỉnh Phú Thọ." in page
    assert "Không còn</span>" in page
    assert "9 đơn vị trực thuộc vào ngày 30/06/2025" in page


def test_the_same_province_on_a_day_it_stood(client: Client) -> None:
    page = open_unit(client, "province", "26", OLD, ngay="2025-01-01")

    assert "Ngày 01/01/2025 mang mã 26. Từ 01/07/2025 thuộc Tỉnh Phú Thọ." in page
    assert "Có vào ngày 01/01/2025" in page
    assert "không ghi ngày thành lập" in page


def test_a_merged_province_before_it_was_made(client: Client) -> None:
    page = open_unit(client, "province", "25", FIRST_DAY, ngay="2025-06-30")

    assert "Ngày 30/06/2025 chưa có đơn vị này. Khi ấy nơi đây là 3 đơn vị." in page
    assert "148 đơn vị trực thuộc vào ngày 01/07/2025" in page


def test_a_split_commune_shows_its_parts(client: Client) -> None:
    page = open_unit(client, "commune", "04891", OLD)

    assert "Nơi đây nay chia về 2 đơn vị." in page
    assert page.count('<li class="part">') == 2
    assert page.count(", phần chính") == 1


@pytest.mark.parametrize(
    ("level", "code", "since", "alarms"),
    [
        ("province", "80", FIRST_DAY, True),
        ("province", "25", FIRST_DAY, False),
        ("commune", "04891", OLD, True),
    ],
)
def test_a_code_that_means_another_place_on_another_day(
    client: Client, level: str, code: str, since: dt.date, alarms: bool
) -> None:
    page = open_unit(client, level, code, since)

    assert f"Vào ngày khác, mã {code} chỉ một địa giới khác." in page
    assert ('class="ts-note nghe"' in page) is alarms


def test_a_place_that_simply_went_on_raises_no_alarm(client: Client) -> None:
    page = open_unit(client, "province", "01", FIRST_DAY)

    assert "chỉ một địa giới khác" not in page
    assert "Nơi này giữ nguyên tên, không nhập, không tách; chỉ bảng mã đổi." in page


def test_the_units_below_are_paged_both_ways(client: Client) -> None:
    url = reverse("orgs:unit", args=[get_unit_id("province", "25", FIRST_DAY)])

    first = client.get(url)
    second = client.get(f"{url}{first.context['next_url']}")
    back = client.get(f"{url}{second.context['previous_url']}")

    assert [len(p.context["below"]) for p in (first, second)] == [60, 60]
    assert set(first.context["below"]).isdisjoint(second.context["below"])
    assert back.context["below"] == first.context["below"]
    assert not first.context.get("previous_url")


@pytest.mark.parametrize("edge", ["sau=khong-phai", "truoc=00000000-0000-0000-0000-000000000000"])
def test_a_wrong_edge_of_a_page_is_not_found(client: Client, edge: str) -> None:
    url = reverse("orgs:unit", args=[get_unit_id("province", "25", FIRST_DAY)])

    assert client.get(f"{url}?{edge}").status_code == 404


def test_an_earlier_belief_is_told_and_is_no_page_of_its_own(client: Client) -> None:
    ward = AdministrativeUnit.objects.get(pk=get_unit_id("commune", "07900", FIRST_DAY))
    belief = AdministrativeUnit.objects.create(
        level=ward.level,
        code=ward.code,
        kind="Xã",
        name="Xã Việt Trì",
        full_name="Xã Việt Trì, Tỉnh Phú Thọ",
        valid_from=FIRST_DAY,
        recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        superseded_at=dt.datetime(2026, 2, 1, 3, 24, tzinfo=dt.UTC),
        belief_about=ward,
    )

    assert "ghi như vậy đến 10:24, 01/02/2026" in open_unit(client, "commune", "07900", FIRST_DAY)
    assert client.get(reverse("orgs:unit", args=[belief.pk])).status_code == 404


def test_an_unknown_unit_is_not_found(client: Client) -> None:
    assert client.get(reverse("orgs:unit", args=[get_unit_id("province", "26", LAST_DAY)])).status_code == 404


def test_the_pages_in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"

    assert "On 25 Nov 2026 the country has 34 provinces and cities" in look_up(client)
    assert "It is now divided among 2 units." in open_unit(client, "commune", "04891", OLD)


def test_the_palette_finds_units() -> None:
    hits = find_unit_hits(NOBODY, "viet tri", 1)

    assert [(hit.title, hit.detail) for hit in hits] == [("Phường Việt Trì", "07900, Tỉnh Phú Thọ")]
