"""The published file, line by line, plain or packed: a line that cannot be read costs nothing but itself."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedIOBase
from pathlib import Path

from .reading import ReadRecord, UnreadableRecordError, read_line

LONGEST_LINE = 512 * 1024
"""Bytes; the longest record published has some 90 KiB."""
GZIP_MARK = b"\x1f\x8b"


class LineFault(StrEnum):
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    NO_CODE = "no_code"
    NO_NAME = "no_name"
    NUL_CHARACTER = "nul_character"
    NOT_UTF8 = "not_utf8"
    TOO_LONG = "too_long"
    CODE_TWICE = "code_twice"
    FILE_BROKEN = "file_broken"
    """The packed file ends, or makes no sense any more, before this line is complete."""


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    fault: LineFault
    code: str = ""
    """The code that stands twice."""
    first: int = 0
    """The line where it stood first."""


def read_file(path: Path) -> Iterator[ReadRecord | BadLine]:
    """Every record in order, each code once. Raises OSError where the file cannot be opened."""
    seen: dict[str, int] = {}
    with _open(path) as content:
        for number, line in _split(content):
            one = line if isinstance(line, BadLine) else _read(number, line)
            if one is None:
                continue
            if isinstance(one, ReadRecord):
                first = seen.setdefault(one.told.code, number)
                if first != number:
                    one = BadLine(number, LineFault.CODE_TWICE, one.told.code, first)
            yield one


def _open(path: Path) -> BufferedIOBase:
    with path.open("rb") as content:
        is_packed = content.read(2) == GZIP_MARK
    return gzip.open(path, "rb") if is_packed else path.open("rb")


def _split(content: BufferedIOBase) -> Iterator[tuple[int, bytes | BadLine]]:
    """Lines with their numbers; of an overlong one never more than the limit is held."""
    number = 0
    while True:
        number += 1
        try:
            line = content.readline(LONGEST_LINE + 1)
            is_too_long = len(line) > LONGEST_LINE
            while is_too_long and not line.endswith(b"\n") and line:
                line = content.readline(LONGEST_LINE + 1)
        except (EOFError, OSError, zlib.error):
            yield number, BadLine(number, LineFault.FILE_BROKEN)
            return
        if is_too_long:
            yield number, BadLine(number, LineFault.TOO_LONG)
        elif not line:
            return
        else:
            yield number, line


def _read(number: int, line: bytes) -> ReadRecord | BadLine | None:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        return read_line(text) if text else None
    except UnicodeDecodeError:
        return BadLine(number, LineFault.NOT_UTF8)
    except UnreadableRecordError as error:
        return BadLine(number, LineFault(str(error)))
