"""One published record, from its line to what it says."""

from __future__ import annotations

import json
import time
import unicodedata

import pytest

from ..data.national.reading import UnreadableRecordError, read_line
from .published import make_line

GLUED = "Tên văn bản pháp lýMã văn bảnLuật Khiếu nại năm 201102/2011/QH13"


def test_the_line_of_the_dry_run_has_the_shape_promised() -> None:
    assert read_line(make_line(can_cu_phap_ly=GLUED, cap_thuc_hien="Cấp tỉnh, Cấp xã")).told.as_line() == {
        "code": "1.000178",
        "levels": ["Cấp tỉnh", "Cấp xã"],
        "channels": [{"channel": "online", "term_value": 5, "term_unit": "working_day", "fee_vnd": 0}],
        "papers": [{"name": "Đơn khiếu nại", "originals": 1, "copies": None, "form": "Mẫu 01.docx"}],
        "results": [{"name": "Quyết định giải quyết khiếu nại", "code": "KQ.G01.000262"}],
        "legal_basis": [{"name": None, "number": None}],
        "quarantined": [
            {
                "field": f"legal_basis[0].{member}",
                "reason": "number_glued_to_name",
                "raw": "Luật Khiếu nại năm 201102/2011/QH13",
            }
            for member in ("number", "name")
        ],
    }


def test_decomposed_letters_are_read_as_composed_ones() -> None:
    composed = make_line()

    assert read_line(unicodedata.normalize("NFD", composed)).told == read_line(composed).told


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not_json"),
        ("[" * 20_000, "not_json"),
        ("[]", "not_an_object"),
        (make_line(ma_thu_tuc=""), "no_code"),
        (make_line(ma_thu_tuc="không rõ"), "no_code"),
        (make_line(ma_thu_tuc=1.000178), "no_code"),
        (make_line(ten_thu_tuc="  "), "no_name"),
    ],
)
def test_a_line_that_is_no_record_says_why(line: str, fault: str) -> None:
    with pytest.raises(UnreadableRecordError, match=fault):
        read_line(line)


def test_a_level_that_is_none_is_doubted() -> None:
    found = read_line(make_line(cap_thuc_hien="Cấp tỉnh, Cấp thôn")).told.as_line()

    assert found["levels"] == ["Cấp tỉnh"]
    assert {"field": "levels", "reason": "level_unknown", "raw": "Cấp tỉnh, Cấp thôn"} in found["quarantined"]


def test_members_that_are_missing_are_unknown() -> None:
    line = json.dumps({"ma_thu_tuc": "2.000815", "ten_thu_tuc": "Chứng thực", "cap_thuc_hien": "Cấp xã"})

    assert read_line(line).told.as_line() == {
        "code": "2.000815",
        "levels": ["Cấp xã"],
        **{member: [] for member in ("channels", "papers", "results", "legal_basis", "quarantined")},
    }


def test_a_run_of_digits_is_read_in_a_time_that_grows_with_its_length() -> None:
    """One try at a number from every digit to the end of the run took a minute for as much."""
    started = time.process_time()

    found = read_line(make_line(can_cu_phap_ly=f"Tên văn bản pháp lýMã văn bản{'2014' * 20_000}")).told

    assert time.process_time() - started < 10
    assert [row.number for row in found.legal_basis] == [None]
