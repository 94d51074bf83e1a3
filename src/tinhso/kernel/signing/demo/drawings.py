"""Drawings for demo signatures and seals: made up, marked TRÌNH DIỄN, like no stamp of any agency.

The seal is a ring of saw-teeth like the rim of a bronze drum, never the round emblem of the state.
"""

from __future__ import annotations

import io
import itertools
import math
import random

from PIL import Image, ImageDraw, ImageFont

from tinhso.kernel.letters.fonts import FACES, find_font_folders

BLUE = (27, 75, 138)
RED = (178, 24, 28)
DOTS_PER_MM = 8
MARK = "TRÌNH DIỄN"


def draw_signature(name: str) -> bytes:
    """A pen stroke of 48 by 22 mm, always the same for one name."""
    hand = random.Random(name)  # noqa: S311 - a drawing, not a secret
    width, height = 48 * DOTS_PER_MM * 2, 22 * DOTS_PER_MM * 2
    image = Image.new("RGBA", (width, height), (*BLUE, 0))
    pen = ImageDraw.Draw(image)
    _draw_line(pen, _write_loops(hand, width, height), breadth=1.1 * DOTS_PER_MM)
    rise = hand.uniform(-0.06, 0.08) * height
    flourish = [
        (width * (0.12 + 0.72 * step / 80), height * 0.74 + rise * step / 80 - 9 * math.sin(step / 80 * 3))
        for step in range(81)
    ]
    _draw_line(pen, flourish, breadth=0.8 * DOTS_PER_MM)
    face = ImageFont.truetype(_face("Tinos_400Regular_Italic.ttf"), 5 * DOTS_PER_MM)
    pen.text((width * 0.995, height * 0.995), MARK.lower(), font=face, fill=(*BLUE, 190), anchor="rd")
    return _pack(image.resize((width // 2, height // 2), Image.Resampling.LANCZOS), BLUE)


def draw_seal(agency: str) -> bytes:
    """A seal of 36 mm with the agency's name around it."""
    side = 36 * DOTS_PER_MM * 2
    image = Image.new("RGBA", (side, side), (*RED, 0))
    pen = ImageDraw.Draw(image)
    centre = side / 2
    _draw_teeth(pen, centre, outer=centre - 4, inner=centre - 26, count=36)
    for radius, breadth in ((centre - 34, 7), (centre - 112, 4)):
        pen.ellipse(
            (centre - radius, centre - radius, centre + radius, centre + radius),
            outline=(*RED, 255),
            width=breadth,
        )
    face = ImageFont.truetype(_face("Tinos_700Bold.ttf"), 46)
    _write_around(image, agency.upper(), face, centre, radius=centre - 73)
    _draw_star(pen, centre, outer=76, inner=26, points=14)
    small = ImageFont.truetype(_face("Tinos_700Bold.ttf"), 34)
    pen.text((centre, centre + 118), MARK, font=small, fill=(*RED, 255), anchor="mm")
    return _pack(image.resize((side // 2, side // 2), Image.Resampling.LANCZOS), RED)


def _write_loops(hand: random.Random, width: int, height: int) -> list[tuple[float, float]]:
    """A hand that goes round while it moves on: tall first letter, then smaller ones."""
    turns = hand.uniform(4.2, 5.6)
    lean = hand.uniform(0.25, 0.5)
    sizes = [hand.uniform(0.5, 1.0) for _ in range(8)]
    points = []
    for step in range(601):
        part = step / 600
        turn = turns * part
        size = sizes[int(turn)] + (sizes[int(turn) + 1] - sizes[int(turn)]) * (turn % 1)
        up = height * (0.36 if part < 0.2 else 0.2) * size * math.sin(2 * math.pi * turn)
        along = width * (0.1 + 0.7 * part) - width * 0.055 * size * math.cos(2 * math.pi * turn)
        points.append((along + lean * up * 0.6, height * (0.5 - 0.04 * part) - up))
    return points


def _draw_line(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], breadth: float) -> None:
    """Thin going up, thick going down, as a nib writes."""
    for (x, y), (next_x, next_y) in itertools.pairwise(points):
        steps = max(1, int(math.hypot(next_x - x, next_y - y) / 2))
        down = (next_y - y) / (math.hypot(next_x - x, next_y - y) or 1)
        radius = breadth * (0.7 + 0.3 * down)
        for step in range(steps):
            along, across = x + (next_x - x) * step / steps, y + (next_y - y) * step / steps
            pen.ellipse((along - radius, across - radius, along + radius, across + radius), fill=(*BLUE, 235))


def _draw_teeth(pen: ImageDraw.ImageDraw, centre: float, outer: float, inner: float, count: int) -> None:
    for tooth in range(count):
        corners = [
            _around(centre, inner, (tooth - 0.5) / count),
            _around(centre, outer, tooth / count),
            _around(centre, inner, (tooth + 0.5) / count),
        ]
        pen.polygon(corners, fill=(*RED, 255))


def _draw_star(pen: ImageDraw.ImageDraw, centre: float, outer: float, inner: float, points: int) -> None:
    corners = [
        _around(centre, outer if step % 2 == 0 else inner, step / (2 * points)) for step in range(2 * points)
    ]
    pen.polygon(corners, fill=(*RED, 255))


def _around(centre: float, radius: float, turn: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn - math.pi / 2
    return centre + radius * math.cos(angle), centre + radius * math.sin(angle)


def _write_around(
    image: Image.Image, text: str, face: ImageFont.FreeTypeFont, centre: float, radius: float
) -> None:
    widths = [face.getlength(letter) for letter in text]
    room = 2 * math.pi * radius * 0.86
    squeeze = min(1.0, room / sum(widths))
    travelled = -sum(widths) * squeeze / 2
    for letter, width in zip(text, widths, strict=True):
        travelled += width * squeeze / 2
        turn = travelled / (2 * math.pi * radius)
        tile = Image.new("RGBA", (110, 110), (*RED, 0))
        ImageDraw.Draw(tile).text((55, 55), letter, font=face, fill=(*RED, 255), anchor="mm")
        tile = tile.rotate(-360 * turn, resample=Image.Resampling.BICUBIC)
        x, y = _around(centre, radius, turn)
        image.alpha_composite(tile, (round(x - 55), round(y - 55)))
        travelled += width * squeeze / 2


def _face(file_name: str) -> str:
    folders = find_font_folders()
    return f"{folders[FACES.index(file_name) if len(folders) > 1 else 0]}/{file_name}"


def _pack(image: Image.Image, ink: tuple[int, int, int]) -> bytes:
    """One ink: the picture needs its colour once and its opacity in 16 steps."""
    opacity = image.getchannel("A").point(lambda value: round(value / 17) * 17)
    flat = Image.new("RGBA", image.size, (*ink, 0))
    flat.putalpha(opacity)
    output = io.BytesIO()
    flat.save(output, format="PNG", compress_level=6)
    return output.getvalue()
