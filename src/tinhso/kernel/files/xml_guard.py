"""Plain XML: well formed, with no document type (entities expand without bound) and no page for a browser."""

from __future__ import annotations

from typing import BinaryIO
from xml.parsers import expat

CHUNK = 64 * 1024
PAGES = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class _NotPlainError(Exception):
    pass


def is_plain_xml(file: BinaryIO, head: bytes) -> bool:
    if not head.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"<"):
        return False
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.ProcessingInstructionHandler = _refuse_stylesheet
    parser.StartElementHandler = _refuse_page
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, _NotPlainError):
        return False
    return True


def _refuse(*_declaration: object) -> None:
    raise _NotPlainError


def _refuse_stylesheet(target: str, _content: str) -> None:
    if target == "xml-stylesheet":
        raise _NotPlainError


def _refuse_page(name: str, _attributes: dict[str, str]) -> None:
    space, _, local = name.rpartition(" ")
    if space in PAGES or local.lower() in {"html", "script"}:
        raise _NotPlainError
