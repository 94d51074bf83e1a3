"""Papers, results and documents of law out of run-together cells, in the national portal's own words."""

from __future__ import annotations

import pytest

from ..data.national.bases import HEADING as BASIS_HEADING
from ..data.national.bases import read_bases
from ..data.national.papers import HEADING, read_papers
from ..data.national.reasons import Reason
from ..data.national.results import read_results

Row = tuple[str | None, int | None, int | None, str | None]


def read_rows(text: str) -> list[Row]:
    return [(row.name, row.originals, row.copies, row.form) for row in read_papers(text).rows]


def test_papers_keep_their_counts_forms_and_cases() -> None:
    text = (
        f"--{HEADING}Văn bản đề nghị gia hạn dự án đầu tưMẫu I.1.10.docx1 bản chính"
        f"Thông tin về tài liệu0 bản chính,1 bản saob) Trường hợp cấp lại:{HEADING}Đơn đề nghị.2 bản chính"
    )

    assert read_rows(text) == [
        ("Văn bản đề nghị gia hạn dự án đầu tư", 1, None, "Mẫu I.1.10.docx"),
        ("Thông tin về tài liệu", 0, 1, None),
        ("Đơn đề nghị.", 2, None, None),
    ]
    assert [row.case for row in read_papers(text).rows] == ["", "", "b) Trường hợp cấp lại:"]


@pytest.mark.parametrize(
    ("cell", "name", "form"),
    [
        (
            "theo Nghị định số 33/2026/NĐ-CPMẫu số 40.docx",
            "theo Nghị định số 33/2026/NĐ-CP",
            "Mẫu số 40.docx",
        ),
        ("theo Phụ lục số 02.Phụ lục số 02.docx", "theo Phụ lục số 02.", "Phụ lục số 02.docx"),
        ("Nghị định 132/2024/NĐ-CP;Mauso01.2024.docx", "Nghị định 132/2024/NĐ-CP;", "Mauso01.2024.docx"),
        ("Đơn đề nghị theo mẫu1.003850.docx", "Đơn đề nghị theo mẫu", "1.003850.docx"),
        (
            "Phụ lục 01Thông tư số 10/2017/TT-NHNN)Phlc1.docx",
            "Phụ lục 01Thông tư số 10/2017/TT-NHNN)",
            "Phlc1.docx",
        ),
        ("khai thác khoáng sảnMau01-PhulucII_36.docx", "khai thác khoáng sản", "Mau01-PhulucII_36.docx"),
        ("đủ điều kiện kinh doanhmẫu số 1 nđ 88.docx", "đủ điều kiện kinh doanh", "mẫu số 1 nđ 88.docx"),
        (
            "chỉ áp dụng tại đây (theo mẫu)12.1.PLCpgiyphp.docx",
            "chỉ áp dụng tại đây (theo mẫu)",
            "12.1.PLCpgiyphp.docx",
        ),
    ],
)
def test_a_form_is_parted_from_the_name_it_is_glued_to(cell: str, name: str, form: str) -> None:
    text = f"--{HEADING}{cell}1 bản chính"

    assert read_papers(text).doubts == ()
    assert read_rows(text) == [(name, 1, None, form)]


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        (
            "Đơn đăng ký biến động theo Mẫu số 181 bản chính,1 bản sao",
            {"name": Reason.QUANTITY_GLUED_TO_NAME, "originals": Reason.QUANTITY_GLUED_TO_NAME},
        ),
        (
            "Giấy đề nghị theo Hiệp định GMSGMS - Gia hạn.docx1 bản chính",
            {"name": Reason.FORM_GLUED_TO_NAME, "form": Reason.FORM_GLUED_TO_NAME},
        ),
        ("Bản cáo bạch;Mẫu số 09.docxPhụ lục số 05.docx1 bản chính", {"form": Reason.SEVERAL_FORMS}),
    ],
)
def test_cells_that_cannot_be_parted_give_no_value(row: str, reasons: dict[str, Reason]) -> None:
    found = read_papers(f"--{HEADING}{row}")

    assert {doubt.field.removeprefix("papers[0]."): doubt.reason for doubt in found.doubts} == reasons
    assert {doubt.raw for doubt in found.doubts} == {row}
    assert all(getattr(found.rows[0], member) is None for member in reasons)


def test_a_count_inside_a_name_ends_no_row() -> None:
    text = f"--{HEADING}01 bản chính Bảng kê; nộp 02 bản chính;1 bản chínhHóa đơn: 01 bản chính1 bản chính"

    assert read_rows(text) == [
        ("01 bản chính Bảng kê; nộp 02 bản chính;", 1, None, None),
        ("Hóa đơn: 01 bản chính", 1, None, None),
    ]


def test_a_name_may_end_in_a_whole_date() -> None:
    assert read_rows(f"--{HEADING}Mẫu kèm Thông tư ngày 26/12/20251 bản chính,2 bản sao") == [
        ("Mẫu kèm Thông tư ngày 26/12/2025", 1, 2, None)
    ]


def test_text_after_the_last_table_is_kept() -> None:
    found = read_papers(f"--{HEADING}Đơn đề nghị1 bản chínhNộp trực tuyến thì kê khai trên giao diện.")

    assert [(doubt.field, doubt.raw) for doubt in found.doubts] == [
        ("papers", "Nộp trực tuyến thì kê khai trên giao diện.")
    ]


def test_results_keep_their_codes() -> None:
    found = read_results(
        "Quyết định giao đấtMã: KQ.G10.000868Công văn thông báoMã: 000.00.00.KQ-167Chứng chỉMã: sgga"
        "Từ khóaKhông có thông tinMô tảKhông có thông tin"
    )

    assert [(row.name, row.code) for row in found.rows] == [
        ("Quyết định giao đất", "KQ.G10.000868"),
        ("Công văn thông báo", "000.00.00.KQ-167"),
        ("Chứng chỉ", None),
    ]
    assert [(doubt.field, doubt.reason) for doubt in found.doubts] == [
        ("results[2].code", Reason.RESULT_CODE_UNREADABLE)
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Luật dữ liệu60/2024/QH15Nghị định quy định về Quỹ160/2025/NĐ-CP",
            [("Luật dữ liệu", "60/2024/QH15"), ("Nghị định quy định về Quỹ", "160/2025/NĐ-CP")],
        ),
        ("Nghị định 05/2012/NĐ-CP05/2012/NĐ-CP", [("Nghị định 05/2012/NĐ-CP", "05/2012/NĐ-CP")]),
        (
            "bảo vệ thực vậtNghị định số 33/2026/NĐ-CPLuật Hộ tịchsố 60/2014/QH13",
            [("bảo vệ thực vật", "Nghị định số 33/2026/NĐ-CP"), ("Luật Hộ tịch", "số 60/2014/QH13")],
        ),
        (
            "mức thu phí25/2021/TT-BTCQUY ĐỊNH MỨC THU66.7/2025/NQ-CPvề kinh doanh vàng24/2012/NĐ-CP",
            [
                ("mức thu phí", "25/2021/TT-BTC"),
                ("QUY ĐỊNH MỨC THU", "66.7/2025/NQ-CP"),
                ("về kinh doanh vàng", "24/2012/NĐ-CP"),
            ],
        ),
        (
            "Thông tư số 55/2026/TT-BTC ngày 15/5/2026.55/2026/TT-BTC",
            [("Thông tư số 55/2026/TT-BTC ngày 15/5/2026.", "55/2026/TT-BTC")],
        ),
    ],
)
def test_documents_are_parted_at_their_numbers(text: str, rows: list[tuple[str, str]]) -> None:
    found = read_bases(BASIS_HEADING + text)

    assert found.doubts == ()
    assert [(row.name, row.number) for row in found.rows] == rows


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Luật Khiếu nại  năm 201102/2011/QH13", Reason.NUMBER_GLUED_TO_NAME),
        ("Luật số 43/2024/QH15 ngày 29/6/202443/2024/QH15", Reason.NUMBER_GLUED_TO_NAME),
        ("Luật 54/2014/QH1354/2014/QH13", Reason.NUMBER_GLUED_TO_NAME),
        ("Luật này quy định về phòng bệnh.Luật Thú y 2015", Reason.NUMBER_UNREADABLE),
    ],
)
def test_a_number_glued_to_the_name_gives_neither(text: str, reason: Reason) -> None:
    found = read_bases(BASIS_HEADING + text)

    assert [(row.name, row.number) for row in found.rows] == [(None, None)]
    assert {(doubt.field, doubt.reason, doubt.raw) for doubt in found.doubts} == {
        ("legal_basis[0].name", reason, text),
        ("legal_basis[0].number", reason, text),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Luật Đầu tư côngLuật số 58Sửa đổi một số điều của các nghị định226/2025/NĐ-CP",
        "sửa đổi một số điều của 15 Luật 146/2025/QH15 Luật thú  y226/2025/NĐ-CP",
        "Luật Trồng trọt Luật số 31/2018/QH14 quy định chi tiết226/2025/NĐ-CP",
    ],
)
def test_a_name_that_holds_two_cells_is_no_name(text: str) -> None:
    found = read_bases(BASIS_HEADING + text)

    assert [(row.name, row.number) for row in found.rows] == [(None, "226/2025/NĐ-CP")]
    assert [doubt.reason for doubt in found.doubts] == [Reason.CELLS_RUN_TOGETHER]
