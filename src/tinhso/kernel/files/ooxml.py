"""DOCX and XLSX: a ZIP that must hold what it says, expand to a bounded size and run nothing."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from .errors import ArchiveBombError, BrokenFileError, LockedFileError, MacroFileError
from .media import DOCX, XLSX, MediaKind

MOST_PARTS = 5_000
MOST_BYTES = 300 * 1024 * 1024
"""All parts together, expanded."""
MOST_CONTENT_TYPES = 1024 * 1024
CHUNK = 1024 * 1024
CONTENT_TYPES = "[Content_Types].xml"
MAIN_PARTS = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}


def find_ooxml_kind(file: BinaryIO) -> MediaKind | None:
    """The kind, or None for a ZIP that is something else."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _find_kind(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise BrokenFileError from error


def _find_kind(archive: zipfile.ZipFile) -> MediaKind | None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise ArchiveBombError
    if any(part.flag_bits & 0x1 for part in parts):
        raise LockedFileError
    if CONTENT_TYPES not in archive.NameToInfo:
        return None
    with archive.open(CONTENT_TYPES) as part:
        types = part.read(MOST_CONTENT_TYPES)
    if b"macroEnabled" in types or any(part.filename.endswith("vbaProject.bin") for part in parts):
        raise MacroFileError
    _expand_all(archive)
    return next((kind for name, kind in MAIN_PARTS.items() if name in types), None)


def _expand_all(archive: zipfile.ZipFile) -> None:
    """The sizes a ZIP states may lie, and its parts may share bytes: count what really comes out."""
    expanded = 0
    for part in archive.infolist():
        with archive.open(part) as content:
            while chunk := content.read(CHUNK):
                expanded += len(chunk)
                if expanded > MOST_BYTES:
                    raise ArchiveBombError
