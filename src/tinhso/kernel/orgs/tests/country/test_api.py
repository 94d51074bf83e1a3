"""Units for other systems, open to all."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ...keys import get_unit_id
from .test_units import FIRST_DAY

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/orgs/units"


def ask(client: Client, path: str, **query: Any) -> Any:
    return client.get(f"{ROOT}{path}", query).json()


def test_a_code_is_asked_for_with_its_day(client: Client) -> None:
    before = ask(client, "/by-code", level="province", code="80", as_of="2025-06-30")
    after = ask(client, "/by-code", level="province", code="80", as_of="2025-07-01")

    assert (before["name"], before["valid_to"], before["is_start_known"]) == (
        "Tỉnh Long An",
        "2025-06-30",
        False,
    )
    assert (after["name"], after["valid_to"], after["is_start_known"]) == ("Tỉnh Tây Ninh", None, True)
    assert after["id"] == str(get_unit_id("province", "80", FIRST_DAY))


def test_an_unknown_code_is_a_problem_that_tells_its_other_meanings(client: Client) -> None:
    response = client.get(
        f"{ROOT}/by-code", {"level": "province", "code": "26"}, headers={"Accept-Language": "en"}
    )

    problem = response.json()
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["code"] == "orgs.unknown_unit"
    assert problem["detail"].endswith("The code meant Tỉnh Vĩnh Phúc up to and including 30 Jun 2025.")
    assert [other["name"] for other in problem["other_meanings"]] == ["Tỉnh Vĩnh Phúc"]


@pytest.mark.parametrize(
    "query", [{"code": "26"}, {"level": "village", "code": "26"}, {"level": "commune", "code": "x"}]
)
def test_a_malformed_question_is_refused(client: Client, query: dict[str, str]) -> None:
    assert client.get(f"{ROOT}/by-code", query).status_code == 422


def test_a_province_is_read_page_by_page(client: Client) -> None:
    parent = str(get_unit_id("province", "25", FIRST_DAY))
    names: list[str] = []
    after: str | None = ""

    while after is not None:
        page = ask(client, "", parent_id=parent, as_of="2026-11-25", limit=60, after=after)
        names += [unit["name"] for unit in page["items"]]
        after = page["next"]

    assert (len(names), len(set(names))) == (148, 148)
    assert len(ask(client, "", as_of="2025-06-30", limit=100)["items"]) == 63


def test_search_without_accents(client: Client) -> None:
    found = ask(client, "/search", q="viet tri", as_of="2026-11-25", limit=1)

    assert [unit["full_name"] for unit in found] == ["Phường Việt Trì, Tỉnh Phú Thọ"]


def test_lineage(client: Client) -> None:
    phu_tho = get_unit_id("province", "25", FIRST_DAY)

    lineage = ask(client, f"/{phu_tho}/lineage")

    assert lineage["unit"] == ask(client, f"/{phu_tho}")
    assert [(x["unit"]["code"], x["kind"], x["on"]) for x in lineage["came_from"]] == [
        ("17", "whole", "2025-07-01"),
        ("25", "whole", "2025-07-01"),
        ("26", "whole", "2025-07-01"),
    ]
    assert lineage["became"] == []
