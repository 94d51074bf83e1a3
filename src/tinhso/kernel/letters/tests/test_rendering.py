"""Letters: text stays text, the decree's places are where it says, the file is for the archive."""

from __future__ import annotations

import datetime as dt
import io
import re

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from ..rendering import LetterTemplateError, render_letter
from ..shapes import write_place_and_day
from .sample import make_values

MM = 72 / 25.4


def read_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def read_fields(pdf: bytes) -> dict[str, list[float]]:
    form = PdfFileReader(io.BytesIO(pdf)).root["/AcroForm"]
    fields = [reference.get_object() for reference in form["/Fields"]]
    return {field["/T"]: [float(edge) for edge in field["/Rect"]] for field in fields}


@pytest.mark.parametrize(
    "hostile",
    [
        "- *Như trên* #panic() $x^2$ @ref",
        '= Tiêu đề "ngoặc" \\ [link](x)',
        "#set text(fill: white) _a_ <b> ~",
    ],
)
def test_a_value_is_printed_as_it_stands(hostile: str) -> None:
    pdf = render_letter("letters/document", make_values(blocks=[{"kind": "paragraph", "text": hostile}]))

    assert hostile in " ".join(read_text(pdf).split())


def test_stacked_marks_come_out_whole() -> None:
    words = "Ằ Ẵ Ệ Ữ ưỡ ở Đắk Lắk, Nghĩa Lộ, Quỳnh Phụ"

    pdf = render_letter("letters/document", make_values(subject=words))

    assert words in " ".join(read_text(pdf).split())


def test_the_letter_is_for_the_archive_and_brings_its_own_faces() -> None:
    pdf = render_letter("letters/document", make_values(), at=dt.datetime(2026, 11, 26, 2, 48, tzinfo=dt.UTC))

    reader = PdfFileReader(io.BytesIO(pdf))
    metadata = reader.root["/Metadata"].data.decode()
    faces = {name.decode() for name in re.findall(rb"/BaseFont/\w+\+(\S+?)/", pdf)}
    assert "<pdfaid:part>2</pdfaid:part>" in metadata.replace(" ", "")
    assert reader.root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert faces == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"}
    assert reader.trailer["/Info"]["/CreationDate"] == "D:20261126024800Z"


def test_the_seal_covers_a_third_of_the_signature_on_its_left() -> None:
    """Decree 30/2020, annex I, II.8.a; the seal in its true size of 36 mm."""
    fields = read_fields(render_letter("letters/document", make_values()))

    person_left, person_bottom, person_right, person_top = fields["person"]
    seal_left, seal_bottom, seal_right, seal_top = fields["agency_seal"]
    assert seal_right - seal_left == pytest.approx(36 * MM, abs=1)
    assert seal_top - seal_bottom == pytest.approx(36 * MM, abs=1)
    assert seal_left < person_left < seal_right < person_right
    assert (seal_right - person_left) / (person_right - person_left) == pytest.approx(1 / 3, abs=0.02)
    assert (seal_top + seal_bottom) / 2 == pytest.approx((person_top + person_bottom) / 2, abs=1)


def test_a_long_letter_keeps_the_signer_together_on_its_last_page() -> None:
    blocks = [{"kind": "paragraph", "text": f"Điều {n}. " + "Nội dung dài. " * 40} for n in range(14)]

    pdf = render_letter("letters/document", make_values(blocks=blocks))

    reader = PdfFileReader(io.BytesIO(pdf))
    fields = reader.root["/AcroForm"]["/Fields"]
    pages = [field.get_object().raw_get("/P").reference for field in fields]
    last = reader.find_page_for_modification(int(reader.root["/Pages"]["/Count"]) - 1)[0].reference
    assert int(reader.root["/Pages"]["/Count"]) > 1
    assert pages == [last, last]


def test_a_missing_value_names_the_template_and_shows_no_value() -> None:
    values = make_values(blocks=[{"kind": "paragraph", "text": "025091000417"}])
    del values["title"]

    with pytest.raises(LetterTemplateError) as refusal:
        render_letter("letters/document", values)

    assert "letters/document" in str(refusal.value)
    assert "025091000417" not in str(refusal.value)


def test_an_unknown_letter_is_refused() -> None:
    with pytest.raises(LetterTemplateError):
        render_letter("letters/khong_co", {})


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2026, 1, 5), "Việt Trì, ngày 05 tháng 01 năm 2026"),
        (dt.date(2026, 2, 14), "Việt Trì, ngày 14 tháng 02 năm 2026"),
        (dt.date(2026, 3, 9), "Việt Trì, ngày 09 tháng 3 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(day: dt.date, written: str) -> None:
    assert write_place_and_day("Việt Trì", day) == written
