"""The published file line by line: what is broken is named by its line, and costs nothing else."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ..data.national import lines
from ..data.national.lines import BadLine, LineFault, read_file
from ..data.national.reading import ReadRecord
from .published import make_line


def write(folder: Path, *rows: str | bytes) -> Path:
    path = folder / "records.jsonl"
    path.write_bytes(b"\n".join(row.encode() if isinstance(row, str) else row for row in rows))
    return path


def tell(path: Path) -> list[str | tuple[int, LineFault]]:
    """Codes of the records, and number and fault of the lines that are none."""
    return [
        one.told.code if isinstance(one, ReadRecord) else (one.number, one.fault) for one in read_file(path)
    ]


def test_lines_that_are_no_records_are_named_and_the_others_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        make_line(),
        "{broken",
        "",
        make_line(ma_thu_tuc=None),
        b'{"ma_thu_tuc": "\xff"}',
        make_line(ten_thu_tuc="Có\u0000rỗng"),
        make_line(ma_thu_tuc="2.000815"),
    )

    assert tell(path) == [
        "1.000178",
        (2, LineFault.NOT_JSON),
        (4, LineFault.NO_CODE),
        (5, LineFault.NOT_UTF8),
        (6, LineFault.NUL_CHARACTER),
        "2.000815",
    ]


def test_a_code_counts_once_and_both_lines_are_named(tmp_path: Path) -> None:
    path = write(tmp_path, make_line(), make_line(ten_thu_tuc="Khác"))

    assert list(read_file(path))[1] == BadLine(2, LineFault.CODE_TWICE, "1.000178", 1)


def test_an_enormous_line_is_passed_over_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 2000)
    path = write(tmp_path, make_line(ten_thu_tuc="a" * 9000), make_line())

    assert tell(path) == [(1, LineFault.TOO_LONG), "1.000178"]


def test_a_packed_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + make_line().encode()))

    assert tell(path) == ["1.000178"]


@pytest.mark.parametrize("kept", [0.5, 0.99])
def test_a_packed_file_cut_short_gives_what_is_whole(tmp_path: Path, kept: float) -> None:
    rows = [make_line(ma_thu_tuc=f"1.{number:06d}") for number in range(3000)]
    packed = gzip.compress("\n".join(rows).encode(), compresslevel=1)
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(packed[: int(len(packed) * kept)])

    found = tell(path)

    assert found[:-1] == [f"1.{number:06d}" for number in range(len(found) - 1)]
    assert found[-1] == (len(found), LineFault.FILE_BROKEN)
    assert len(found) > 500


def test_a_file_that_is_not_there_is_the_callers_matter(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.jsonl"):
        list(read_file(tmp_path / "none.jsonl"))
