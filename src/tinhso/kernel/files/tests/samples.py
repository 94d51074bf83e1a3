"""Small real files, and files that pretend."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/>'
    "</Types>"
)
WORD = CONTENT_TYPES.format(part="word/document.xml", main="wordprocessingml.document")
SHEET = CONTENT_TYPES.format(part="xl/workbook.xml", main="spreadsheetml.sheet")


def make_pdf(*streams: bytes, dictionary: bytes = b"/Filter /FlateDecode", extra: bytes = b"") -> bytes:
    """One page; `streams` are content streams, already deflated."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        *[
            b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(stream), dictionary, stream)
            for stream in streams
        ],
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        extra,
        start,
    )
    return bytes(out)


def make_image(form: str, size: tuple[int, int] = (8, 6)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#9e1b1e").save(out, form)
    return out.getvalue()


def make_zip(parts: dict[str, bytes | str], **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_docx(**parts: bytes | str) -> bytes:
    return make_zip({"[Content_Types].xml": WORD, "word/document.xml": "<w:document/>", **parts})


def make_xlsx() -> bytes:
    return make_zip({"[Content_Types].xml": SHEET, "xl/workbook.xml": "<workbook/>"})


def deflate_zeros(size: int, times: int = 1) -> bytes:
    """`size` zero bytes, deflated `times` times over, without ever holding them."""
    machine = zlib.compressobj(1)
    block = bytes(1024 * 1024)
    deflated = b"".join(machine.compress(block) for _ in range(size // len(block))) + machine.flush()
    for _ in range(times - 1):
        deflated = zlib.compress(deflated, 1)
    return deflated


PDF = make_pdf()
PNG = make_image("PNG")
JPEG = make_image("JPEG")
DOCX = make_docx()
XLSX = make_xlsx()
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<hoSo xmlns="urn:tinh"><ma>H44</ma></hoSo>'
EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(200)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
