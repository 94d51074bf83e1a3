from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

WEB = Path(__file__).resolve().parents[1]
BUILT = WEB / "static" / "built"


@pytest.mark.parametrize(("weight", "width"), [(400, 606), (500, 612), (600, 620)])
def test_the_figures_are_ten_digits_of_one_width_each_in_the_middle(weight: int, width: int) -> None:
    font = TTFont(BUILT / f"figures-{weight}.woff2")
    glyphs = font.getBestCmap() or {}

    assert sorted(glyphs) == list(range(0x30, 0x3A))
    assert {font["hmtx"][name][0] for name in glyphs.values()} == {width}
    sides = [(font["glyf"][n].xMin, width - font["glyf"][n].xMax) for n in glyphs.values()]
    assert max(abs(left - right) for left, right in sides) <= 2
    assert min(left for left, _right in sides) > 0


def test_the_style_sheets_fetch_only_files_that_are_there() -> None:
    for name in ("citizen.css", "desk.css", "kit.css"):
        urls = set(re.findall(r"url\(([^)]+)\)", (BUILT / name).read_text()))
        missing = [
            url for url in urls if not url.startswith(("data:", '"data:')) and not (BUILT / url).exists()
        ]
        assert missing == [], name


def test_a_citizen_page_loads_two_weights_only() -> None:
    css = (BUILT / "citizen.css").read_text()

    assert set(re.findall(r"bvp-(?:latin|vietnamese)-(\d+)\.woff2", css)) == {"400", "600"}


def test_no_style_sheet_reaches_outside() -> None:
    for path in BUILT.glob("*.css"):
        assert "http" not in path.read_text().replace("http://www.w3.org/2000/svg", ""), path.name
