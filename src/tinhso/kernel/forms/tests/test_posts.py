from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.forms.dates import join_date, split_date
from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.forms.errors import UnknownPageError
from tinhso.kernel.forms.numbers import read_number, write_number

from .sample import GOOD


def boxes(pairs: Mapping[str, str | list[str]]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, typed in pairs.items():
        made.setlist(name, typed if isinstance(typed, list) else [typed])
    return made


def test_a_page_of_boxes_becomes_answers_and_leaves_the_other_pages(form: FormDefinition) -> None:
    posted = form.read_post(
        boxes({
            "child.born_on:d": "20",
            "child.born_on:m": "11",
            "child.born_on:y": "2026",
            "child.place": "hospital",
            "child.place_name": "  Bệnh viện\u00a0Đa khoa  ",
            "child.unit.province": "25",
            "child.unit.commune": "07894",
        }),
        page="child",
        values={"has_father": False},
    )  # fmt: skip

    assert posted.is_redraw is False
    assert posted.values == {
        "has_father": False,
        "child": {
            "born_on": "2026-11-20",
            "place": "hospital",
            "place_name": "Bệnh viện Đa khoa",
            "unit": {"province": "25", "commune": "07894"},
        },
    }


def test_what_is_no_longer_asked_for_is_taken_out(form: FormDefinition) -> None:
    posted = form.read_post(
        boxes({"child.place": "elsewhere", "child.place_name": "Bệnh viện"}), page="child", values={}
    )

    assert posted.values == {"child": {"place": "elsewhere"}}


def test_an_emptied_box_takes_the_answer_away(form: FormDefinition) -> None:
    posted = form.read_post(boxes({"child.place": ""}), page="child", values=copy.deepcopy(dict(GOOD)))

    assert "child" not in posted.values
    assert posted.values["mother"] == GOOD["mother"]


def test_an_unreal_day_is_kept_as_it_was_typed(form: FormDefinition) -> None:
    posted = form.read_post(
        boxes({"child.born_on:d": "31", "child.born_on:m": "11", "child.born_on:y": "2026"}),
        page="child",
        values={},
    )

    assert posted.values == {"child": {"born_on": "2026-11-31"}}
    assert split_date("2026-11-31") == ("31", "11", "2026")


def test_letters_are_composed_and_control_characters_dropped(form: FormDefinition) -> None:
    posted = form.read_post(boxes({"note": "Nguye\u0302\u0303n\x00 Thu\r\nHà\x07"}), page="rest", values={})

    assert posted.values == {"note": "Nguyễn Thu\nHà"}


def test_numbers_and_phones_are_read_as_people_write_them(form: FormDefinition) -> None:
    typed = boxes({
        "area": "1.250,5",
        "capital": "50.000.000",
        "copies": "ba",
        "contact.phone": "+84 912.345.678",
        "is_true": "yes",
        "needs": ["card", "paper", "gold"],
    })  # fmt: skip

    values = form.read_post(typed, page="rest", values={}).values
    with override("en"):
        english = form.read_post(boxes({"area": "1,250.5"}), page="rest", values={}).values

    assert values == {
        "area": 1250.5,
        "capital": 50000000,
        "copies": "ba",
        "contact": {"phone": "0912345678"},
        "is_true": True,
        "needs": ["paper", "card"],
    }
    assert english == {"area": 1250.5}


def test_a_row_is_added_without_checking_and_blank_rows_go_when_the_page_is_left(
    form: FormDefinition,
) -> None:
    typed: dict[str, Any] = {
        "members.0.name": "Trần Minh Khôi",
        "members.0.kin": "child",
        "members.1.name": "",
    }

    added = form.read_post(boxes({**typed, "_add": "members"}), page="rest", values={})
    left = form.read_post(boxes(typed), page="rest", values={})

    assert added.is_redraw is True
    assert added.values == {"members": [{"name": "Trần Minh Khôi", "kin": "child"}, {}, {}]}
    assert left.is_redraw is False
    assert left.values == {"members": [{"name": "Trần Minh Khôi", "kin": "child"}]}


def test_no_more_rows_than_the_form_allows(form: FormDefinition) -> None:
    typed = {f"members.{row}.name": f"Người {row}" for row in range(3)}

    posted = form.read_post(boxes({**typed, "_add": "members"}), page="rest", values={})

    assert len(posted.values["members"]) == 3


def test_a_row_is_taken_away_by_its_number(form: FormDefinition) -> None:
    typed = {"members.0.name": "Một", "members.1.name": "Hai", "_remove": "members.0"}

    posted = form.read_post(boxes(typed), page="rest", values={})

    assert posted.values == {"members": [{"name": "Hai"}]}


@pytest.mark.parametrize("path", ["nonsense", "members.9", "child", "members.0.name", ""])
def test_a_row_that_is_none_changes_nothing(form: FormDefinition, path: str) -> None:
    posted = form.read_post(boxes({"members.0.name": "Một", "_remove": path}), page="rest", values={})

    assert posted.values == {"members": [{"name": "Một"}]}


def test_a_locked_answer_comes_from_the_state_whatever_is_posted(form: FormDefinition) -> None:
    sources = {"account": {"full_name": "Trần Văn Dũng"}}

    posted = form.read_post(
        boxes({"contact.filer": "Người Khác", "contact.phone": "0912345678"}),
        page="rest",
        values={},
        sources=sources,
    )

    assert posted.values == {"contact": {"filer": "Trần Văn Dũng", "phone": "0912345678"}}


def test_a_page_that_is_none_is_not_found(form: FormDefinition) -> None:
    with pytest.raises(UnknownPageError):
        form.read_post(boxes({}), page="nonsense", values={})


@given(st.text(max_size=4), st.text(max_size=4), st.text(max_size=6))
def test_any_three_boxes_are_read_without_complaint(day: str, month: str, year: str) -> None:
    told = join_date(day, month, year)

    assert told is None or told.count("-") == 2


@given(st.integers(min_value=-(10**14), max_value=10**14), st.sampled_from(["vi", "en"]))
def test_a_written_number_reads_back(number: int, language: str) -> None:
    assert read_number(write_number(number, language), language) == number


@pytest.mark.parametrize(
    ("text", "vietnamese", "english"),
    [
        ("1.500", 1500, 1.5),
        ("1,500", 1.5, 1500),
        ("12,5", 12.5, "12,5"),
        ("12.5", 12.5, 12.5),
        ("1 200 000", 1200000, 1200000),
        ("1.2.3", "1.2.3", "1.2.3"),
        ("12.500,75", 12500.75, "12.500,75"),
        ("9" * 16, "9" * 16, "9" * 16),
        ("٣", "٣", "٣"),
    ],
)
def test_dots_and_commas_follow_the_language(text: str, vietnamese: object, english: object) -> None:
    assert read_number(text, "vi") == vietnamese
    assert read_number(text, "en") == english
