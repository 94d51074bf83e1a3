"""Terms and fees of the national portal's channel table, in its own words."""

from __future__ import annotations

import pytest

from ..data.national.channels import HEADING, read_channels
from ..data.national.fees import find_sums
from ..data.national.reasons import Reason


def read_values(row: str) -> list[tuple[str, int | float | None, str | None, int | None]]:
    return [
        (found.channel, found.term_value, found.term_unit, found.fee_vnd)
        for found in read_channels(HEADING + row).rows
    ]


def read_doubts(row: str) -> dict[str, Reason]:
    return {doubt.field: doubt.reason for doubt in read_channels(HEADING + row).doubts}


def test_rows_come_in_the_order_of_the_text_and_are_never_merged() -> None:
    text = (
        "Trực tiếp3 Ngày làm việcKhông có thông tinThời hạn công bố.\n"
        "Trực tiếp5 Ngày làm việcKhông có thông tinThời hạn kiểm tra"
        "Dịch vụ bưu chính1.5 Ngày làm việc40,000 Việt Nam ĐồngTrực tuyến24 GiờMiễn phíTrực tuyến12 ThángMiễn phí"
    )

    assert read_doubts(text) == {}
    assert read_values(text) == [
        ("direct", 3, "working_day", None),
        ("direct", 5, "working_day", None),
        ("post", 1.5, "working_day", 40_000),
        ("online", 24, "hour", 0),
        ("online", 12, "month", 0),
    ]


def test_a_channel_named_inside_a_note_begins_no_row() -> None:
    text = "Trực tiếp7 Ngày làm việcMiễn phíTrực tiếp tại Bộ phận Một cửa; hoặc Trực tuyến: nộp qua Cổng"

    assert read_values(text) == [("direct", 7, "working_day", 0)]


@pytest.mark.parametrize(
    ("row", "fee_vnd"),
    [
        ("Trực tuyến2 Ngày làm việc70,000 VNĐ(70.000 đồng/Giấy chứng nhận)", 70_000),
        ("Trực tuyến10 Ngày2,000,000 Việt Nam Đồng(+ 02 triệu đồng/Giấy chứng nhận.)", 2_000_000),
        (
            "Trực tuyến14 Ngày1,000,000 Việt Nam Đồng(Phí thẩm định đối với cơ sở an toàn dịch bệnh)",
            1_000_000,
        ),
        ("Trực tuyến5 Ngày làm việcMiễn phí(Không có)", 0),
        ("Trực tuyến5 Ngày làm việcMiễn phí(- Miễn lệ phí  (Thông tư số 47/2019/TT-BTC).)", 0),
        ("Trực tuyến5 Ngày làm việcKhông có thông tinNộp tại Công an cấp xã", None),
    ],
)
def test_a_sum_that_nothing_speaks_against_is_plain(row: str, fee_vnd: int | None) -> None:
    assert read_doubts(row) == {}
    assert read_values(row)[0][3] == fee_vnd


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Trực tuyến5 Ngày làm việcMiễn phí(5.000.000đồng/lần cấp.)", Reason.FREE_BESIDE_SUM),
        ("Trực tuyến5 Ngày làm việcMiễn phí(Lệ phí cấp mới 200 USD/lần)", Reason.FREE_BESIDE_SUM),
        ("Trực tuyến15 NgàyMiễn phí(Theo quy định của Luật phí và lệ phí)", Reason.FREE_BESIDE_NOTE),
        (
            "Trực tuyến15 NgàyMiễn phí- Các loại phí được quy định tại: Thông tư số 261",
            Reason.FREE_BESIDE_NOTE,
        ),
        ("Trực tuyến5 Ngày làm việc50 VNĐ(hồ sơ)", Reason.FEE_TOO_SMALL),
        ("Trực tuyến5 Ngày làm việc10 USD(/lần)", Reason.FEE_NOT_IN_DONG),
        (
            "Trực tuyến5 Ngày50,000 Việt Nam Đồng(áp dụng mức phí 25.000 đồng/hồ sơ)",
            Reason.FEE_DIFFERS_FROM_NOTE,
        ),
        (
            "Trực tuyến5 Ngày10,000,000 VNĐ(Miễn phí từ ngày 07/4/2026 đến 30/6/2026)",
            Reason.FEE_UNDER_CONDITION,
        ),
        ("Trực tuyến5 Ngày70,000 VNĐ(bằng 50% mức thu lệ phí quy định)", Reason.FEE_UNDER_CONDITION),
        ("Trực tuyến5 NgàyKhông có thông tin- Lệ phí : 20.000 Đồng (Cấp lại)", Reason.FEE_ONLY_IN_NOTE),
    ],
)
def test_a_sum_that_something_speaks_against_is_no_value(row: str, reason: Reason) -> None:
    assert read_doubts(row) == {"channels[0].fee_vnd": reason}
    assert read_values(row)[0][3] is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Trực tuyến1Miễn phí", Reason.TERM_WITHOUT_UNIT),
        ("Trực tuyếnKhông quy địnhMiễn phí", Reason.TERM_NOT_A_NUMBER),
        (
            "Trực tuyếnKhông có thông tinMiễn phí15 ngày kể từ ngày nhận được hồ sơ hợp lệ",
            Reason.TERM_ONLY_IN_NOTE,
        ),
    ],
)
def test_a_term_that_is_not_whole_is_no_value(row: str, reason: Reason) -> None:
    assert read_doubts(row) == {"channels[0].term_value": reason, "channels[0].term_unit": reason}
    assert read_values(row) == [("online", None, None, 0)]


def test_a_term_glued_to_its_fee_gives_neither() -> None:
    text = "Trực tuyến120,000 VNĐTrực tiếp1100 VNĐ(Phí công bố: 100.000 đồng/lần)"
    reason = Reason.TERM_GLUED_TO_FEE

    assert read_values(text) == [("online", None, None, None), ("direct", None, None, None)]
    assert read_doubts(text) == {
        f"channels[{row}].{member}": reason
        for row in (0, 1)
        for member in ("term_value", "term_unit", "fee_vnd")
    }


def test_a_row_with_words_for_a_term_is_still_a_row() -> None:
    text = (
        "Trực tuyếnKhông phải trả kết quả cho người nộp thuếMiễn phíQua Cổng dịch vụ công "
        "Trực tiếpKhông phải trả kết quả cho người nộp thuếMiễn phíTại Trung tâm"
    )

    assert read_values(text) == [("online", None, None, 0), ("direct", None, None, 0)]
    assert set(read_doubts(text).values()) == {Reason.TERM_NOT_A_NUMBER}


def test_what_is_no_table_is_kept_whole() -> None:
    found = read_channels("Nộp tại Bộ phận Một cửa")

    assert found.rows == ()
    assert [(doubt.field, doubt.raw) for doubt in found.doubts] == [("channels", "Nộp tại Bộ phận Một cửa")]


def test_sums_are_found_as_people_write_them() -> None:
    text = (
        "40.000đồng, 200.000đ, 1,5 triệu, 250,000 VNĐ, 8.000.000/lần; tàu 5.700 kg, Thông tư 64/2025, 145 USD"
    )

    assert list(find_sums(text)) == [40_000, 200_000, 1_500_000, 250_000, 8_000_000, None]
