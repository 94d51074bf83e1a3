"""Where the letters' faces are. The system's own faces are never used: a letter looks the same everywhere."""

from __future__ import annotations

from pathlib import Path

FAMILY = "Tinos"
PACKAGE = Path(__file__).resolve().parent / "fonts"
NODE = Path("node_modules/@expo-google-fonts/tinos")
FACES = (
    "Tinos_400Regular.ttf",
    "Tinos_400Regular_Italic.ttf",
    "Tinos_700Bold.ttf",
    "Tinos_700Bold_Italic.ttf",
)


class FontsMissingError(RuntimeError):
    """The faces of the letters are not on this machine; `make setup` puts them in place."""


def find_font_folders() -> list[str]:
    """The folder the build fills; before the first build, the faces where npm put them."""
    if all((PACKAGE / face).is_file() for face in FACES):
        return [str(PACKAGE)]
    for parent in PACKAGE.parents:
        found = [path.parent for face in FACES for path in (parent / NODE).glob(f"*/{face}")]
        if len(found) == len(FACES):
            return [str(folder) for folder in found]
    raise FontsMissingError(f"{', '.join(FACES)}: neither in {PACKAGE} nor in {NODE}. Run `make setup`.")
