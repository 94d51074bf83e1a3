from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from pytest_django import Settings

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.receiving import receive_file

from . import samples

MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILE_STORAGE = {"folder": tmp_path / "files"}
    return tmp_path / "files"


def _refuse(content: bytes, name: str, folder: Path) -> str:
    with pytest.raises(TinhSoError) as refusal:
        receive_file(io.BytesIO(content), name=name)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    return refusal.value.code


def test_stream_that_expands_without_bound_is_a_bomb(folder: Path) -> None:
    bomb = samples.make_pdf(samples.deflate_zeros(210 * MEGABYTE))

    assert len(bomb) < 3 * MEGABYTE
    assert _refuse(bomb, "don.pdf", folder) == "files.pdf_bomb"


def test_bomb_inside_a_deflated_stream_is_found(folder: Path) -> None:
    bomb = samples.make_pdf(
        samples.deflate_zeros(210 * MEGABYTE, times=2), dictionary=b"/Filter [/FlateDecode /FlateDecode]"
    )

    assert _refuse(bomb, "don.pdf", folder) == "files.pdf_bomb"


def test_bomb_behind_a_referenced_filter_is_found(folder: Path) -> None:
    bomb = samples.make_pdf(samples.deflate_zeros(210 * MEGABYTE), dictionary=b"/Filter 9 0 R")

    assert _refuse(bomb, "don.pdf", folder) == "files.pdf_bomb"


def test_many_streams_together_are_a_bomb(folder: Path) -> None:
    bomb = samples.make_pdf(*[samples.deflate_zeros(190 * MEGABYTE)] * 6)

    assert _refuse(bomb, "don.pdf", folder) == "files.pdf_bomb"


def test_huge_picture_in_a_pdf_is_a_bomb(folder: Path) -> None:
    bomb = samples.make_pdf(
        b"\x00", dictionary=b"/Subtype /Image /Width 100000 /Height 100000 /Filter /JPXDecode"
    )

    assert _refuse(bomb, "don.pdf", folder) == "files.pdf_bomb"


def test_more_pages_than_anybody_reads_are_a_bomb(folder: Path) -> None:
    pages = b" ".join([b"3 0 R"] * 4_000)
    bomb = samples.PDF.replace(b"/Kids [3 0 R] /Count 1", b"/Kids [%b] /Count 4000" % pages)

    assert _refuse(bomb, "don.pdf", folder) == "files.pdf_bomb"


def test_scanned_pages_are_no_bomb(folder: Path) -> None:
    scan = samples.make_pdf(*[samples.deflate_zeros(30 * MEGABYTE)] * 10)

    received = receive_file(io.BytesIO(scan), name="scan.pdf")

    assert received.media_type == "application/pdf"


def test_office_file_that_expands_without_bound_is_refused(folder: Path) -> None:
    bomb = samples.make_docx(**{"word/media/a.bin": bytes(310 * MEGABYTE)})

    assert _refuse(bomb, "don.docx", folder) == "files.archive_bomb"


def test_office_file_that_lies_about_its_size_is_refused(folder: Path) -> None:
    honest = samples.make_docx(**{"word/media/a.bin": bytes(310 * MEGABYTE)})
    size = struct.pack("<I", 310 * MEGABYTE)
    lie = honest.replace(size, struct.pack("<I", 1000))

    assert lie != honest
    assert _refuse(lie, "don.docx", folder) in {"files.broken", "files.archive_bomb"}


def test_office_file_with_too_many_parts_is_refused(folder: Path) -> None:
    bomb = samples.make_docx(**{f"word/{number}.xml": "" for number in range(5_000)})

    assert _refuse(bomb, "don.docx", folder) == "files.archive_bomb"


def test_picture_of_a_billion_dots_is_refused(folder: Path) -> None:
    header = struct.pack(">II", 40_000, 40_000) + samples.PNG[24:29]
    chunk = b"IHDR" + header
    bomb = samples.PNG[:12] + chunk + struct.pack(">I", zlib.crc32(chunk)) + samples.PNG[33:]

    assert _refuse(bomb, "anh.png", folder) == "files.image_too_large"
