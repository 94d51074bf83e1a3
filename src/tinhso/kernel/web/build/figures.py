"""Make the digits of equal width, "Tinh So Figures", from Be Vietnam Pro (OFL 1.1, see figures/OFL.txt).

Be Vietnam Pro has no tabular figures: its 1 is 57 % as wide as its 0. Every digit is centred in one width per
weight; a digit wider than that is condensed, by 9 % at most. Only U+0030 to U+0039 are kept: about 1.4 kB a weight.
The three files are committed, so that a build needs no Python; run this again only when the source face changes:

    .venv/bin/python src/tinhso/kernel/web/build/figures.py
"""

from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
FACES = HERE.parents[4] / "node_modules" / "@fontsource" / "be-vietnam-pro" / "files"
WIDTHS = {400: 606, 500: 612, 600: 620}
DIGITS = range(0x30, 0x3A)
FAMILY = "Tinh So Figures"
LIMIT = 0.91
"""Narrower than this a digit looks like another weight."""


def make_figures(weight: int) -> TTFont:
    font = TTFont(FACES / f"be-vietnam-pro-latin-{weight}-normal.woff2", recalcTimestamp=False)
    options = Options(
        layout_features=[], hinting=False, notdef_outline=False, name_IDs=[0, 1, 2, 4, 6, 13, 14]
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=DIGITS)
    subsetter.subset(font)
    names = font.getBestCmap()
    for code in DIGITS:
        _centre(font, names[code], WIDTHS[weight])
    font["hhea"].advanceWidthMax = WIDTHS[weight]
    for number, text in ((1, FAMILY), (4, f"{FAMILY} {weight}"), (6, f"TinhSoFigures-{weight}")):
        font["name"].setName(text, number, 3, 1, 0x409)
    font.flavor = "woff2"
    return font


def _centre(font: TTFont, name: str, width: int) -> None:
    glyphs = font.getGlyphSet()
    advance = glyphs[name].width
    scale = max(LIMIT, min(1.0, width / advance))
    bounds = BoundsPen(glyphs)
    glyphs[name].draw(bounds)
    left, _, right, _ = bounds.bounds
    shift = round((width - (right - left) * scale) / 2 - left * scale)
    pen = TTGlyphPen(None)
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, 1, shift, 0)))
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (width, glyph.xMin)


def main() -> None:
    for weight in WIDTHS:
        make_figures(weight).save(HERE / "figures" / f"figures-{weight}.woff2")


if __name__ == "__main__":
    main()
