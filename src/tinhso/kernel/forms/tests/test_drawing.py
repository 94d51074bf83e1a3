from __future__ import annotations

import copy
import datetime as dt
import json
import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.forms.values import set_value

from .conftest import Units
from .sample import GOOD

TODAY = dt.date(2026, 11, 25)


def draw(
    form: FormDefinition, code: str, values: dict[str, Any], problems: dict[str, str] | None = None
) -> str:
    page = form.draw_page(
        code, values, on=TODAY, problems=problems, steps_after=["Giấy tờ", "Kiểm tra và nộp"]
    )
    context = {"form_page": page, "heading": "Đăng ký thử", "action_url": "/nop/", "leave_url": "/ho-so/"}
    return render_to_string("forms/page.html", context, request=RequestFactory().get("/"))


def test_the_error_stands_between_hint_and_field_and_in_the_list_word_for_word(
    form: FormDefinition, units: Units
) -> None:
    values: dict[str, Any] = copy.deepcopy(dict(GOOD))
    set_value(values, "child.born_on", "2026-11-31")

    html = draw(form, "child", values, form.check(values, on=TODAY, page="child"))

    sentence = "Ngày 31/11/2026 không có trong lịch. Tháng 11 có 30 ngày."
    assert f'<a href="#f-child-born_on-d">{sentence}</a>' in html
    assert (
        html.index("Ví dụ: 20 11 2026")
        < html.index(f"<span data-sentence>{sentence}</span>")
        < html.index('value="31"')
    )
    assert "<title>Lỗi: Con sinh ngày nào, ở đâu? Đăng ký thử" in html.replace("\n", "")


def test_a_page_has_no_inline_script_style_or_handler(form: FormDefinition, units: Units) -> None:
    html = draw(form, "rest", {})

    assert re.findall(r"<script(?![^>]*src=)", html) == []
    assert re.findall(r"\s(?:style|on[a-z]+)=", html) == []


def test_every_label_points_at_a_box_and_no_id_is_there_twice(form: FormDefinition, units: Units) -> None:
    for page in form.pages:
        html = draw(form, page.code, dict(GOOD))

        ids = re.findall(r'\sid="([^"]+)"', html)
        assert sorted(set(ids)) == sorted(ids)
        assert set(re.findall(r'\sfor="([^"]+)"', html)) <= set(ids)
        assert {
            one for many in re.findall(r'aria-describedby="([^"]*)"', html) for one in many.split()
        } <= set(ids)


def test_what_is_not_asked_for_is_hidden_and_says_when_it_shows(form: FormDefinition, units: Units) -> None:
    page = form.draw_page("child", {"child": {"place": "elsewhere"}}, on=TODAY)

    name = next(field for field in page.fields if field.path == "child.place_name")

    assert name.is_hidden is True
    assert json.loads(name.show_when) == {"child.place": ["hospital"]}


def test_communes_are_those_of_the_chosen_province_on_the_day_of_birth(
    form: FormDefinition, units: Units
) -> None:
    def communes(born_on: str) -> list[str]:
        values = {"child": {"born_on": born_on, "unit": {"province": "25", "commune": "07894"}}}
        unit = form.draw_page("child", values, on=TODAY).fields[3]
        return [box.title for box in unit.children[1].boxes]

    assert communes("2026-11-20") == ["Phường Nông Trang", "Phường Việt Trì"]
    assert communes("2024-03-01") == [
        "Phường Nông Trang, Thành phố Việt Trì",
        "Thị trấn Hùng Sơn, Thành phố Việt Trì",
    ]


def test_rows_are_drawn_with_at_least_one_and_can_be_added_up_to_the_most(form: FormDefinition) -> None:
    def rows(values: dict[str, Any]) -> tuple[int, bool]:
        members = next(f for f in form.draw_page("rest", values, on=TODAY).fields if f.path == "members")
        return len(members.rows), members.may_add

    assert rows({}) == (1, True)
    assert rows({"members": [{}, {}, {}]}) == (3, False)


def test_what_comes_from_the_state_says_so_until_it_is_changed(form: FormDefinition, units: Units) -> None:
    sources = {"account": {"phone": "0912345678", "full_name": "Trần Văn Dũng"}}
    filled = form.fill({}, sources)

    def contact(values: dict[str, Any]) -> list[tuple[str, str, bool]]:
        page = form.draw_page("rest", values, on=TODAY, sources=sources)
        return [(field.name, field.mark, field.is_locked) for field in _named(page.fields[0].children)]

    mark = "Lấy từ tài khoản định danh của bạn"
    assert filled == {"contact": {"phone": "0912345678", "filer": "Trần Văn Dũng"}}
    assert contact(filled) == [("phone", mark, False), ("email", "", False), ("filer", mark, True)]
    filled["contact"]["phone"] = "0987654321"
    assert contact(filled)[0] == ("phone", "", False)


def test_steps_say_what_is_done_and_what_is_next(form: FormDefinition, units: Units) -> None:
    values = {"child": GOOD["child"]}

    page = form.draw_page(
        "parents", values, on=TODAY, steps_after=["Giấy tờ"], link=lambda code: f"/nop/{code}/"
    )

    assert [(s.number, s.title, s.state, s.caption, s.url) for s in page.steps] == [
        (1, "Ngày sinh, nơi sinh", "done", "20/11/2026", "/nop/child/"),
        (2, "Cha và mẹ là ai?", "now", "", ""),
        (3, "Những điều khác", "later", "", ""),
        (4, "Giấy tờ", "later", "", ""),
    ]
    assert (page.number, page.count) == (2, 4)


def test_the_way_through_the_pages(form: FormDefinition, units: Units) -> None:
    following = form.get_next_page("child", {})
    open_page = form.get_first_open_page({"child": GOOD["child"]}, on=TODAY)

    assert following is not None
    assert following.code == "parents"
    assert form.get_next_page("rest", {}) is None
    assert form.get_previous_page("child", {}) is None
    assert open_page is not None
    assert open_page.code == "parents"
    assert form.get_first_open_page(dict(GOOD), on=TODAY) is None


def test_answers_in_words(form: FormDefinition, units: Units) -> None:
    values = {**GOOD, "capital": 50000000, "area": 12.5, "needs": ["paper", "card"]}

    words = form.describe_all(values, on=TODAY)
    with override("en"):
        english = form.describe_all(values, on=TODAY)

    expected = {
        "child.born_on": ("20/11/2026", "20 November 2026"),
        "child.place": ("Cơ sở y tế", "Hospital"),
        "child.unit": ("Phường Nông Trang, tỉnh Phú Thọ", "Phường Nông Trang, tỉnh Phú Thọ"),
        "has_father": ("Không", "No"),
        "needs": ("Bản giấy, Thẻ", "Paper, Card"),
        "area": ("12,5 m²", "12.5 m²"),
        "capital": ("50.000.000 đ", "50,000,000 VND"),
        "members.0.kin": ("Con", "Child"),
        "note": ("", ""),
    }
    assert {path: (words[path], english[path]) for path in expected} == expected
    assert not any(path.startswith("father.") for path in words)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, ("0 bản", "0 copies")), (1, ("1 bản", "1 copy")), (2, ("2 bản", "2 copies"))],
)
def test_a_unit_goes_by_how_many_there_are(
    form: FormDefinition, units: Units, count: int, expected: tuple[str, str]
) -> None:
    values = {**GOOD, "copies": count}

    words = form.describe_all(values, on=TODAY)
    with override("en"):
        english = form.describe_all(values, on=TODAY)

    assert (words["copies"], english["copies"]) == expected


def test_the_page_that_checks_answers_gathers_them_by_person(form: FormDefinition, units: Units) -> None:
    sections = form.describe(dict(GOOD), on=TODAY, link=lambda code: f"/nop/{code}/")

    assert [(section.title, [group.title for group in section.groups]) for section in sections] == [
        ("Con sinh ngày nào, ở đâu?", ["Con"]),
        ("Cha và mẹ là ai?", ["Người mẹ", "Người mẹ, nơi cư trú", ""]),
        ("Những điều khác", ["", "Thành viên 1", ""]),
    ]
    html = render_to_string("forms/review.html", {"sections": sections})
    assert html.count("/nop/") == 3
    assert "026192000123" in html


def test_the_officers_table_hides_citizen_numbers_until_asked(form: FormDefinition, units: Units) -> None:
    sections = form.describe(dict(GOOD), on=TODAY)

    masked = render_to_string("forms/answers_table.html", {"sections": sections, "is_masked": True})
    shown = render_to_string("forms/answers_table.html", {"sections": sections, "is_masked": False})

    assert "026192000123" not in masked
    assert "026192000123" in shown


@pytest.mark.django_db
def test_communes_are_sent_for_a_province_and_a_day(client: Any, units: Units) -> None:
    now = client.get("/forms/communes/", {"path": "a.b", "a.b.province": "25", "on": "2026-11-25"})
    then = client.get("/forms/communes/", {"path": "a.b", "a.b.province": "25", "on": "2024-11-25"})
    nowhere = client.get("/forms/communes/", {"path": "a.b", "a.b.province": "99", "on": "soon"})

    assert re.findall(r'value="(\d*)"', now.content.decode()) == ["", "07894", "07900"]
    assert re.findall(r'value="(\d*)"', then.content.decode()) == ["", "07894", "08674"]
    assert re.findall(r'value="(\d*)"', nowhere.content.decode()) == [""]


def _named(fields: Any) -> Any:
    for field in fields:
        yield _Named(field.path.rsplit(".", 1)[-1], field.mark, field.is_locked)


class _Named:
    def __init__(self, name: str, mark: str, is_locked: bool) -> None:
        self.name, self.mark, self.is_locked = name, mark, is_locked
