"""Empty signature fields where a letter leaves room for them, so that signing changes nothing else."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Self

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from .appending import AppendingWriter

QUERY = "query(<signature-place>).map(it => (value: it.value, at: it.location().position()))"

READABLE_NAMES = {
    "person": "Chữ ký của người có thẩm quyền",
    "agency_seal": "Con dấu của cơ quan",
    "service": "Chữ ký của hệ thống",
}


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Where a signature goes: page from 1, box in points from the bottom left corner of the sheet."""

    name: str
    page: int
    left: int
    bottom: int
    right: int
    top: int

    @classmethod
    def read_all(cls, answer: str) -> list[Self]:
        """From typst's answer to `QUERY`; typst counts from the top of the sheet."""
        return [cls._read(**found) for found in json.loads(answer)]

    @classmethod
    def _read(cls, value: dict[str, float | str], at: dict[str, str]) -> Self:
        left = float(at["x"].removesuffix("pt"))
        top = float(value["sheet"]) - float(at["y"].removesuffix("pt"))
        return cls(
            name=str(value["name"]),
            page=int(at["page"]),
            left=round(left),
            bottom=round(top - float(value["height"])),
            right=round(left + float(value["width"])),
            top=round(top),
        )


def add_signature_fields(pdf: bytes, places: list[SignaturePlace]) -> bytes:
    """The same document with one empty, unseen signature field per place, named after it."""
    writer: IncrementalPdfFileWriter = AppendingWriter(io.BytesIO(pdf))
    for place in places:
        append_signature_field(
            writer,
            SigFieldSpec(
                place.name,
                on_page=place.page - 1,
                box=(place.left, place.bottom, place.right, place.top),
                readable_field_name=READABLE_NAMES[place.name],
            ),
        )
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
