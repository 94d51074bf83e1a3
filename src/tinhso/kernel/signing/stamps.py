"""How a signature looks on paper: Decree 30/2020/NĐ-CP, annex I."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp.base import BaseStamp, BaseStampStyle
from pyhanko.stamp.noop import NoOpStampStyle

from tinhso.kernel.letters.rendering import render_letter

from .errors import DrawingNotAcceptedError

MM = 72 / 25.4
LARGEST_DRAWING = 100 * 1024
LARGEST_SIDE = 2000


class Look(StrEnum):
    DRAWING = "drawing"
    """The credential's picture: a hand-written signature in blue, a seal in red (II.7.d, II.8.a)."""
    TEXT = "text"
    """Lines in black 10 pt, and the moment of signing, without a picture: attachments kept in a file of
    their own and electronic copies (II.8.b, III.1.d, part II)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its bottom left corner; pages count from 1."""

    left: float
    bottom: float
    right: float
    top: float
    page: int = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """`box` is needed only where the letter leaves no place of its own for this kind of signature."""

    look: Look = Look.DRAWING
    box: Box | None = None
    lines: tuple[str, ...] = field(default=())
    """For `Look.TEXT`: number and symbol, or form of the copy and the copying agency."""


def get_text_box(page_width: float, page_height: float) -> Box:
    """Top right of the first page, 15 mm from its edges."""
    width, height, margin = 80 * MM, 14 * MM, 12 * MM
    return Box(
        left=page_width - margin - width,
        bottom=page_height - margin - height,
        right=page_width - margin,
        top=page_height - margin,
    )


def check_drawing(png: bytes) -> None:
    """Raises DrawingNotAcceptedError unless it is a transparent PNG of decent size."""
    limit = LARGEST_DRAWING // 1024
    if len(png) > LARGEST_DRAWING:
        raise DrawingNotAcceptedError(limit=limit)
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
            is_fit = max(image.size) <= LARGEST_SIDE
            has_holes = min(image.convert("RGBA").getchannel("A").tobytes()) < 255
    except (OSError, ValueError, SyntaxError) as error:
        raise DrawingNotAcceptedError(limit=limit) from error
    if not (is_fit and has_holes):
        raise DrawingNotAcceptedError(limit=limit)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG taken apart into what a PDF wants: colours and opacity, each compressed once."""

    width: int
    height: int
    colours: bytes
    opacity: bytes


@lru_cache(maxsize=512)
def read_picture(png: bytes) -> Picture:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        pixels = image.convert("RGBA")
    opacity = pixels.getchannel("A")
    # Colours under full transparency are never seen; one colour there packs to nothing.
    flat = Image.new("RGB", pixels.size, pixels.resize((1, 1)).convert("RGB").getpixel((0, 0)))
    flat.paste(pixels.convert("RGB"), mask=opacity.point(lambda value: 255 if value else 0))
    return Picture(
        width=pixels.width,
        height=pixels.height,
        colours=zlib.compress(flat.tobytes(), 9),
        opacity=zlib.compress(opacity.tobytes(), 9),
    )


@dataclass(frozen=True)
class PictureStyle(BaseStampStyle):
    border_width: int = 0
    picture: Picture | None = None

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> PictureStamp | None:
        return PictureStamp(writer, self, box, self.picture) if self.picture else None


class PictureStamp(BaseStamp):
    """The picture, as large as the box allows with its proportions kept, in the middle of it."""

    def __init__(
        self, writer: BasePdfFileWriter, style: PictureStyle, box: BoxConstraints, picture: Picture
    ) -> None:
        super().__init__(writer=writer, style=style, box=box)
        self._picture = picture

    def render(self) -> bytes:
        picture, width, height = self._picture, float(self.box.width), float(self.box.height)
        scale = min(width / picture.width, height / picture.height)
        across, up = picture.width * scale, picture.height * scale
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Drawing"), self._add_image())
        return b"q %.3f 0 0 %.3f %.3f %.3f cm /Drawing Do Q" % (
            across,
            up,
            (width - across) / 2,
            (height - up) / 2,
        )

    def _add_image(self) -> generic.IndirectObject:
        writer = self._ensure_writer
        opacity = writer.add_object(self._stream(self._picture.opacity, "/DeviceGray"))
        image = self._stream(self._picture.colours, "/DeviceRGB")
        image[pdf_name("/SMask")] = opacity
        return writer.add_object(image)

    def _stream(self, packed: bytes, colours: str) -> generic.StreamObject:
        return generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Image"),
                pdf_name("/Width"): generic.NumberObject(self._picture.width),
                pdf_name("/Height"): generic.NumberObject(self._picture.height),
                pdf_name("/ColorSpace"): pdf_name(colours),
                pdf_name("/BitsPerComponent"): generic.NumberObject(8),
                pdf_name("/Filter"): pdf_name("/FlateDecode"),
            },
            encoded_data=packed,
        )


@dataclass(frozen=True)
class LinesStyle(BaseStampStyle):
    border_width: int = 0
    lines: tuple[str, ...] = ()

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> LinesStamp:
        return LinesStamp(writer, self, box, self.lines)


class LinesStamp(BaseStamp):
    """Lines set by typst with the letters' own faces, drawn from the top of the box."""

    def __init__(
        self, writer: BasePdfFileWriter, style: LinesStyle, box: BoxConstraints, lines: tuple[str, ...]
    ) -> None:
        super().__init__(writer=writer, style=style, box=box)
        self._lines = lines

    def render(self) -> bytes:
        width, height = float(self.box.width), float(self.box.height)
        sheet = render_letter(
            "letters/signing_lines", {"lines": self._lines, "width": width, "height": height}
        )
        lines = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(sheet)))
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Lines"), lines)
        return b"/Lines Do"


def make_style(stamp: Stamp | None, drawing: bytes | None, moment_line: str) -> BaseStampStyle:
    if stamp is None:
        return NoOpStampStyle()
    if stamp.look is Look.TEXT:
        return LinesStyle(lines=(*stamp.lines, moment_line))
    return PictureStyle(picture=read_picture(drawing)) if drawing else NoOpStampStyle()
