"""What a file is by its bytes, never by its name. A file that is two kinds at once is refused."""

from __future__ import annotations

import os
import re
import struct
from typing import BinaryIO

from .errors import BrokenFileError, DisguisedFileError
from .media import DOCX, JPEG, PDF, PNG, XLSX, XML, MediaKind
from .ooxml import find_ooxml_kind
from .xml_guard import is_plain_xml

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
ZIP_SIGNATURE = b"PK\x03\x04"
END_OF_ARCHIVE = b"PK\x05\x06"
LONGEST_COMMENT = 65_535
HEAD = 1_024
"""PDF readers take a header anywhere in the first 1,024 bytes; browsers sniff HTML in them."""
ACTIVE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|\?php)", re.IGNORECASE)


def sniff(file: BinaryIO, claimed: str = "") -> MediaKind | None:
    """The kind, or None when it is none we know. `claimed` is the extension, for the sentence only.

    Errors: files.disguised (two kinds at once, or active content), files.broken, files.has_macros,
    files.archive_bomb.
    """
    head = _read_at(file, 0, HEAD)
    kind = _find_kind(file, head)
    if kind is not None and _has_second_face(file, head, kind):
        raise DisguisedFileError(claimed=claimed or kind.extensions[0])
    file.seek(0)
    return kind


def _find_kind(file: BinaryIO, head: bytes) -> MediaKind | None:
    if head.startswith(b"%PDF-"):
        _require_end(file, b"%%EOF")
        return PDF
    if head.startswith(PNG_SIGNATURE):
        _walk_png(file)
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(ZIP_SIGNATURE):
        return find_ooxml_kind(file)
    return XML if is_plain_xml(file, head) else None


def _has_second_face(file: BinaryIO, head: bytes, kind: MediaKind) -> bool:
    if kind is not PDF and b"%PDF-" in head:
        return True
    if kind is not XML and ACTIVE.search(head):
        return True
    return kind not in (DOCX, XLSX) and _ends_as_archive(file)


def _ends_as_archive(file: BinaryIO) -> bool:
    """Whether a ZIP reader, which starts at the end, would find an archive here (a JAR behind a picture)."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - LONGEST_COMMENT - 22)
    tail = _read_at(file, start, size - start)
    place = tail.rfind(END_OF_ARCHIVE)
    if place < 0 or len(tail) - place < 22:
        return False
    (comment,) = struct.unpack_from("<H", tail, place + 20)
    return place + 22 + int(comment) == len(tail)


def _require_end(file: BinaryIO, mark: bytes) -> None:
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - HEAD)
    if mark not in _read_at(file, start, HEAD):
        raise BrokenFileError


def _walk_png(file: BinaryIO) -> None:
    """From chunk to chunk up to IEND, which is the end: what follows would be a second file."""
    size = file.seek(0, os.SEEK_END)
    place = len(PNG_SIGNATURE)
    while place + 12 <= size:
        length, name = struct.unpack(">I4s", _read_at(file, place, 8))
        place += 12 + length
        if name == b"IEND" and place <= size:
            if place < size:
                raise DisguisedFileError(claimed=PNG.extensions[0])
            return
    raise BrokenFileError


def _read_at(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)
