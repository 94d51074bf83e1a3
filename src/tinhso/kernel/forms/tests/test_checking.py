from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.forms.values import set_value

from .conftest import Units
from .sample import GOOD

TODAY = dt.date(2026, 11, 25)
NOWHERE = object()


def changed(path: str, value: object) -> dict[str, Any]:
    values: dict[str, Any] = copy.deepcopy(dict(GOOD))
    set_value(values, path, None if value is NOWHERE else value)
    return values


def test_good_answers_have_no_problem(form: FormDefinition, units: Units) -> None:
    assert form.check(dict(GOOD), on=TODAY) == {}


def test_nothing_answered_names_every_gap_in_the_order_of_the_form(form: FormDefinition) -> None:
    assert form.check({}, on=TODAY) == {
        "child.born_on": "Con: ghi ngày sinh.",
        "child.place": "Chọn nơi con sinh ra.",
        "child.unit.province": "Tỉnh và xã nơi sinh: chọn tỉnh, thành phố.",
        "child.unit.commune": "Tỉnh và xã nơi sinh: chọn xã, phường.",
        "mother.full_name": "Người mẹ: điền họ, chữ đệm, tên.",
        "mother.personal_number": "Người mẹ: điền số định danh.",
        "has_father": "Chọn có hoặc không: khai phần người cha.",
        "contact.phone": "Điền số điện thoại.",
        "members": "Thêm thành viên hộ.",
        "is_true": "Đánh dấu vào ô này để xác nhận.",
    }


@pytest.mark.parametrize(
    ("path", "value", "sentences"),
    [
        (
            "child.born_on",
            "2026-11-31",
            (
                "Ngày 31/11/2026 không có trong lịch. Tháng 11 có 30 ngày.",
                "31 November 2026 does not exist. November has 30 days.",
            ),
        ),
        (
            "child.born_on",
            "2026-02-29",
            (
                "Ngày 29/2/2026 không có trong lịch. Tháng 2 năm 2026 có 28 ngày.",
                "29 February 2026 does not exist. February 2026 has 28 days.",
            ),
        ),
        (
            "child.born_on",
            "2026-13-01",
            (
                "Tháng 13 không có trong lịch. Tháng là số từ 1 đến 12.",
                "There is no month 13. A month is a number from 1 to 12.",
            ),
        ),
        (
            "child.born_on",
            "26-11-20",
            (
                "Năm ghi đủ bốn chữ số, từ 1850 đến 2199.",
                "Write the year with four digits, from 1850 to 2199.",
            ),
        ),
        (
            "child.born_on",
            "2026--20",
            (
                "Ghi đủ ngày, tháng, năm bằng chữ số: ngày sinh.",
                "Enter day, month and year in digits: date of birth.",
            ),
        ),
        (
            "child.born_on",
            "2026-11-26",
            (
                "Ngày sinh không được sau hôm nay, 25/11/2026.",
                "Date of birth cannot be after today, 25 November 2026.",
            ),
        ),
        (
            "child.born_on",
            "1899-12-31",
            ("Ngày sinh không được trước ngày 01/01/1900.", "Date of birth cannot be before 1 January 1900."),
        ),
        (
            "needs",
            ["gold"],
            ("Chọn một mục trong danh sách: bạn muốn nhận.", "Choose one from the list: you want."),
        ),
        (
            "child.place_name",
            "BV",
            (
                "Tên cơ sở y tế cần ít nhất 3 ký tự. Bạn đã ghi 2.",
                "Name of the hospital needs at least 3 characters. You wrote 2.",
            ),
        ),
        (
            "child.place_name",
            "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB",
            (
                "Tên cơ sở y tế dài tối đa 60 ký tự. Bạn đã ghi 61.",
                "Name of the hospital has at most 60 characters. You wrote 61.",
            ),
        ),
        (
            "mother.personal_number",
            "02619200012",
            ("Người mẹ: số định danh có đúng 12 chữ số, viết liền.", None),
        ),
        (
            "mother.born_on",
            "1993-05-02",
            ("Người mẹ: số định danh cho biết năm sinh 1992, bạn ghi 1993. Kiểm tra lại cả hai.", None),
        ),
        (
            "mother.sex",
            "male",
            ("Người mẹ: số định danh cho biết giới tính Nữ, bạn ghi Nam. Kiểm tra lại cả hai.", None),
        ),
        (
            "contact.phone",
            "1022",
            (
                "Số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng số 0.",
                "A phone number has 10 or 11 digits and begins with 0.",
            ),
        ),
        (
            "contact.email",
            "a@b",
            ("Địa chỉ thư điện tử có dạng ten@mien.vn.", "An e-mail address looks like name@domain.vn."),
        ),
        (
            "needs",
            ["paper", "file", "card"],
            ("Chọn tối đa 2 mục: bạn muốn nhận.", "Choose at most 2: you want."),
        ),
        ("area", 0, ("Diện tích phải lớn hơn 0.", "Area must be more than 0.")),
        ("area", 5001, ("Diện tích không được quá 5.000,5.", "Area cannot be more than 5,000.5.")),
        (
            "capital",
            "năm mươi triệu",
            (
                "Vốn kinh doanh là số tiền bằng đồng, ví dụ 50.000.000.",
                "Capital is an amount in đồng, for example 50,000,000.",
            ),
        ),
        (
            "capital",
            999999,
            ("Vốn kinh doanh phải từ 1.000.000 trở lên.", "Capital must be at least 1,000,000."),
        ),
        ("copies", 2.5, ("Số bản là số nguyên, ví dụ 3.", "Copies is a whole number, for example 3.")),
        ("is_true", False, ("Đánh dấu vào ô này để xác nhận.", "Tick this box to confirm.")),
        ("nonsense", "x", ("Tờ khai không có mục này.", "The form has no such item.")),
    ],
)
def test_each_kind_of_problem_has_its_sentence(
    form: FormDefinition, units: Units, path: str, value: object, sentences: tuple[str, str | None]
) -> None:
    """English of a citizen number's sentences is told by the room that owns them."""
    values = changed(path, value)
    where = "mother.personal_number" if path in {"mother.born_on", "mother.sex"} else path
    page = next((page.code for page in form.pages if page.holds(path)), None)

    said = form.check(values, on=TODAY, page=page)
    with override("en"):
        said_in_english = form.check(values, on=TODAY, page=page)

    assert said == {where: sentences[0]}
    assert sentences[1] in {None, said_in_english[where]}


def test_problems_in_rows_say_which_row(form: FormDefinition, units: Units) -> None:
    rows = [
        {"name": "Trần Minh Khôi", "kin": "child"},
        {"name": "Lê Văn Tám, tên rất dài", "kin": "other", "born_on": "2008-11-26"},
    ]

    assert form.check(changed("members", rows), on=TODAY) == {
        "members.1.name": "Thành viên 2: họ, chữ đệm, tên dài tối đa 20 ký tự. Bạn đã ghi 23.",
        "members.1.kin_other": "Thành viên 2: điền ghi rõ quan hệ.",
        "members.1.born_on": "Thành viên 2: người này chưa đủ 18 tuổi tính đến hôm nay.",
    }


def test_the_same_question_about_two_people_says_whose_it_is(form: FormDefinition, units: Units) -> None:
    values = changed("mother.home", {"unit": {"province": "25"}})

    assert form.check(values, on=TODAY, page="parents") == {
        "mother.home.unit.commune": "Người mẹ, nơi cư trú: chọn xã, phường.",
        "mother.home.detail": "Người mẹ, nơi cư trú: điền số nhà.",
    }


def test_eighteen_years_are_full_on_the_birthday(form: FormDefinition, units: Units) -> None:
    row = {"name": "Lê Văn Tám", "kin": "child"}

    assert form.check(changed("members", [{**row, "born_on": "2008-11-25"}]), on=TODAY) == {}
    assert form.check(changed("members", [{**row, "born_on": "2008-02-29"}]), on=dt.date(2026, 2, 28)) == {
        "child.born_on": "Con: ngày sinh không được sau hôm nay, 28/02/2026.",
        "members.0.born_on": "Thành viên 1: người này chưa đủ 18 tuổi tính đến hôm nay.",
    }


def test_an_answer_not_asked_for_is_refused(form: FormDefinition, units: Units) -> None:
    assert form.check(changed("child.place", "elsewhere"), on=TODAY) == {
        "child.place_name": "Mục tên cơ sở y tế không dùng cho trường hợp bạn đã chọn."
    }


def test_a_page_answers_only_for_its_own_fields(form: FormDefinition) -> None:
    assert form.check({}, on=TODAY, page="parents") == {
        "mother.full_name": "Người mẹ: điền họ, chữ đệm, tên.",
        "mother.personal_number": "Người mẹ: điền số định danh.",
        "has_father": "Chọn có hoặc không: khai phần người cha.",
    }


def test_a_line_break_at_the_end_does_not_slip_through_a_pattern(form: FormDefinition, units: Units) -> None:
    assert form.check(changed("child.unit.province", "25\n"), on=TODAY)["child.unit.province"] == (
        "Tỉnh và xã nơi sinh: chọn lại tỉnh, thành phố."
    )


def test_a_commune_must_exist_on_the_day_it_is_spoken_of(form: FormDefinition, units: Units) -> None:
    """08674 was a town until 30/6/2025; the field speaks of the day of birth."""
    late = changed("child.unit.commune", "08674")
    early = copy.deepcopy(late)
    early["child"]["born_on"] = "2024-03-01"

    assert form.check(early, on=TODAY) == {}
    assert form.check(late, on=TODAY) == {
        "child.unit.commune": "Tỉnh và xã nơi sinh: xã, phường này không có vào ngày 20/11/2026. Chọn lại."
    }


def test_a_commune_of_another_province_is_refused(form: FormDefinition, units: Units) -> None:
    assert form.check(changed("child.unit.commune", "00004"), on=TODAY) == {
        "child.unit.commune": (
            "Tỉnh và xã nơi sinh: xã, phường đã chọn không thuộc tỉnh, thành phố đã chọn. Chọn lại."
        )
    }


def test_all_units_of_a_form_are_looked_up_in_one_query(
    form: FormDefinition, units: Units, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    values = changed("mother.home", {"unit": {"province": "25", "commune": "07900"}, "detail": "12"})

    with django_assert_num_queries(1):
        problems = form.check(values, on=TODAY)

    assert problems == {}
