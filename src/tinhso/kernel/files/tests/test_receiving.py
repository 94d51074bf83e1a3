from __future__ import annotations

import errno
import hashlib
import io
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.errors import StorageFullError
from tinhso.kernel.files.media import DOCUMENTS, EVERYTHING, PDF
from tinhso.kernel.files.receiving import receive_file
from tinhso.kernel.files.storage import get_store, refuse_when_full

from . import samples


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILE_STORAGE = {"folder": tmp_path / "files"}
    return tmp_path / "files"


def _kept(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _refuse(content: bytes, name: str, accept: frozenset[str] = EVERYTHING) -> str:
    with pytest.raises(TinhSoError) as refusal:
        receive_file(io.BytesIO(content), name=name, accept=accept)
    return refusal.value.code


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (samples.PDF, "tờ khai.pdf", "application/pdf"),
        (samples.PNG, "ảnh.png", "image/png"),
        (samples.JPEG, "ảnh.JPG", "image/jpeg"),
        (samples.JPEG, "zalo.png", "image/jpeg"),
        (
            samples.DOCX,
            "đơn.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (samples.XLSX, "bảng.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (samples.XML, "gói.xml", "application/xml"),
        (samples.PDF, "khong-duoi", "application/pdf"),
    ],
)
def test_kind_is_read_from_the_bytes(content: bytes, name: str, media_type: str, folder: Path) -> None:
    received = receive_file(io.BytesIO(content), name=name, accept=EVERYTHING)

    sha256 = hashlib.sha256(content).hexdigest()
    assert (received.sha256, received.size, received.media_type) == (sha256, len(content), media_type)
    assert _kept(folder) == [f"{sha256[:2]}/{sha256[2:4]}/{sha256}"]
    with get_store().open(sha256) as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "rong.pdf", "files.empty"),
        (samples.EXECUTABLE, "hoadon.pdf", "files.disguised"),
        (samples.EXECUTABLE, "hoadon.exe", "files.type_not_accepted"),
        (samples.HTML, "anh.png", "files.disguised"),
        (samples.HTML, "trang.html", "files.type_not_accepted"),
        (samples.SVG, "anh.svg", "files.type_not_accepted"),
        (samples.SVG, "goi.xml", "files.disguised"),
        (samples.XHTML, "goi.xml", "files.disguised"),
        (samples.LAUGHS, "goi.xml", "files.disguised"),
        (samples.DOCX, "don.pdf", "files.disguised"),
        (samples.PDF, "don.docx", "files.disguised"),
        (samples.make_zip({"a.txt": "a"}), "don.docx", "files.disguised"),
        (samples.make_zip({"a.txt": "a"}), "don.zip", "files.type_not_accepted"),
        (samples.PNG + samples.make_zip({"a.class": "x"}), "anh.png", "files.disguised"),
        (samples.JPEG + samples.make_zip({"a.class": "x"}), "anh.jpg", "files.disguised"),
        (samples.PDF + samples.make_zip({"a.class": "x"}), "don.pdf", "files.disguised"),
        (samples.PNG + b"<script>", "anh.png", "files.disguised"),
        (samples.JPEG[:20] + samples.PDF, "anh.jpg", "files.disguised"),
        (b"%PDF-1.7 <script>alert(1)</script>\n" + samples.PDF, "don.pdf", "files.disguised"),
        (samples.PDF[:40], "don.pdf", "files.broken"),
        (samples.PNG[:-20], "anh.png", "files.broken"),
        (samples.JPEG[:30], "anh.jpg", "files.broken"),
        (samples.DOCX[:-30], "don.docx", "files.broken"),
        (b"%PDF-1.7\nnothing here\n%%EOF", "don.pdf", "files.broken"),
        (samples.make_docx(**{"word/vbaProject.bin": b"x"}), "don.docx", "files.has_macros"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused(content: bytes, name: str, code: str, folder: Path) -> None:
    assert _refuse(content, name) == code
    assert _kept(folder) == []


def test_kind_outside_of_what_the_form_takes_is_refused(folder: Path) -> None:
    code = _refuse(samples.PNG, "anh.png", accept=frozenset({PDF.media_type}))

    assert code == "files.type_not_accepted"
    assert _kept(folder) == []


def test_sentence_names_the_kinds_that_are_taken() -> None:
    with pytest.raises(TinhSoError) as refusal:
        receive_file(io.BytesIO(samples.XML), name="goi.xml", accept=DOCUMENTS)

    assert refusal.value.sentence.endswith("loại: .pdf, .png, .jpg, .docx, .xlsx.")


def test_size_is_limited_while_it_streams(settings: Settings, folder: Path) -> None:
    settings.FILE_SIZE_LIMITS = {**settings.FILE_SIZE_LIMITS, "application/pdf": 2**20}
    content = io.BytesIO(samples.PDF + bytes(50 * 2**20))

    with pytest.raises(TinhSoError) as refusal:
        receive_file(content, name="don.pdf", accept=frozenset({PDF.media_type}))

    assert (refusal.value.code, refusal.value.details) == ("files.too_large", {"limit": 1})
    assert content.tell() < 2 * 2**20
    assert _kept(folder) == []


def test_each_kind_has_its_own_limit(settings: Settings, folder: Path) -> None:
    settings.FILE_SIZE_LIMITS = {**settings.FILE_SIZE_LIMITS, "image/png": 10}

    assert _refuse(samples.PNG, "anh.png") == "files.too_large"
    assert _kept(folder) == []


def test_equal_files_share_one_object(folder: Path) -> None:
    first = receive_file(io.BytesIO(samples.PDF), name="một.pdf")
    second = receive_file(io.BytesIO(samples.PDF), name="hai.pdf")

    assert (first.sha256, first.name, second.name) == (second.sha256, "một.pdf", "hai.pdf")
    assert len(_kept(folder)) == 1


@pytest.fixture
def _room_for_64_kilobytes() -> Iterator[None]:
    """The kernel refuses to write further, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("_room_for_64_kilobytes")
def test_full_disk_keeps_nothing_half(folder: Path) -> None:
    large = samples.PDF + bytes(200 * 1024)

    with pytest.raises(TinhSoError) as refusal:
        receive_file(io.BytesIO(large), name="don.pdf")

    assert (refusal.value.code, refusal.value.status) == ("files.storage_full", 507)
    assert _kept(folder) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_full_disk_is_known_by_its_number(number: int) -> None:
    with pytest.raises(StorageFullError), refuse_when_full():
        raise OSError(number, "full")


def test_other_trouble_with_the_disk_is_no_full_disk() -> None:
    with pytest.raises(PermissionError), refuse_when_full():
        raise PermissionError(errno.EACCES, "not allowed")
