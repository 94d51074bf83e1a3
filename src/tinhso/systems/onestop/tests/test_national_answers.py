"""What an official answers: read strictly, put in its place, alike where the text is alike."""

from __future__ import annotations

from typing import Any

import pytest

from ..data.national.answers import AnswerError, Fault, compute_likeness, read_answer, settle, write_rows
from ..data.national.reading import read_line
from .published import make_line


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("channels[0].fee_vnd", "50.000", 50_000),
        ("channels[0].fee_vnd", "50000 đồng", 50_000),
        ("channels[0].fee_vnd", "0", 0),
        ("channels[1].term_value", "0,5", 0.5),
        ("channels[1].term_value", "3", 3),
        ("channels[1].term_unit", "working_day", "working_day"),
        ("papers[2].copies", "2", 2),
        ("legal_basis[0].number", " 02/2011/QH13 ", "02/2011/QH13"),
        ("levels", "Cấp tỉnh, Cấp xã", ["Cấp tỉnh", "Cấp xã"]),
        ("results", "Giấy phép | KQ.G01.000262\nThông báo", [
            {"name": "Giấy phép", "code": "KQ.G01.000262"},
            {"name": "Thông báo", "code": None},
        ]),
        ("papers", "Đơn | 1 | 0 | Mẫu 01", [
            {"case": "", "name": "Đơn", "originals": 1, "copies": 0, "form": "Mẫu 01"},
        ]),
    ],
)  # fmt: skip
def test_an_answer_becomes_the_value_of_its_field(field: str, text: str, value: Any) -> None:
    assert read_answer(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("channels[0].fee_vnd", "", Fault.EMPTY),
        ("channels[0].fee_vnd", "50.00", Fault.NOT_A_SUM),
        ("channels[0].fee_vnd", "-5", Fault.NOT_A_SUM),
        ("channels[0].fee_vnd", "năm mươi", Fault.NOT_A_SUM),
        ("channels[0].term_value", "3 ngày", Fault.NOT_A_TERM),
        ("channels[0].term_unit", "week", Fault.UNKNOWN_WORD),
        ("papers[0].originals", "1,5", Fault.NOT_A_COUNT),
        ("papers[0].name", "a" * 4001, Fault.TOO_LONG),
        ("levels", "Cấp thôn", Fault.UNKNOWN_WORD),
        ("results", "| KQ.G01.000262", Fault.CELLS_MISSING),
        ("results", "a | b | c", Fault.CELLS_MISSING),
    ],
)
def test_an_answer_of_another_kind_is_refused(field: str, text: str, fault: Fault) -> None:
    with pytest.raises(AnswerError) as refused:
        read_answer(field, text)

    assert refused.value.fault is fault


def test_answers_take_their_places_and_leave_what_was_read() -> None:
    plain = read_line(make_line()).told.as_plain()

    settled = settle(plain, [("channels[0].fee_vnd", 5000), ("legal_basis[0].number", None)])

    assert (settled.channels[0].fee_vnd, settled.channels[0].term_value) == (5000, 5)
    assert settled.legal_basis[0].number is None
    assert plain["channels"][0]["fee_vnd"] == 0


def test_a_list_answered_as_a_whole_outweighs_answers_about_its_rows() -> None:
    plain = read_line(make_line()).told.as_plain()
    whole = read_answer("results", "Giấy phép")

    settled = settle(plain, [("results[0].code", None), ("results", whole), ("papers", None)])

    assert [row.name for row in settled.results] == ["Giấy phép"]
    assert settled.papers == ()


def test_rows_are_written_as_they_are_read_again() -> None:
    plain = read_line(make_line()).told.as_plain()

    written = write_rows("papers", plain["papers"])

    assert written == "Đơn khiếu nại | 1 |  | Mẫu 01.docx"
    assert read_answer("papers", written) == plain["papers"]


def test_doubts_are_alike_by_kind_reason_and_text_wherever_they_stand() -> None:
    one = compute_likeness("channels[0].fee_vnd", "fee_too_small", "50 VNĐ")

    assert one == compute_likeness("channels[7].fee_vnd", "fee_too_small", "50 VNĐ")
    assert one != compute_likeness("channels[0].term_value", "fee_too_small", "50 VNĐ")
    assert one != compute_likeness("channels[0].fee_vnd", "fee_too_small", "51 VNĐ")
