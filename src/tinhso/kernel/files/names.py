"""Names people give their files, made safe to show, to download and to save on any system."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from .media import MediaKind

LONGEST = 150
FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
UNNAMED = "tep"


def get_extension(name: str) -> str:
    return PurePosixPath(_last_part(name)).suffix.lower()


def clean_name(name: str, kind: MediaKind) -> str:
    """Composed letters, no path, no control or direction marks, and the extension of what is inside."""
    letters = unicodedata.normalize("NFC", _last_part(name))
    visible = "".join(" " if letter.isspace() else letter for letter in letters if _is_visible(letter))
    plain = " ".join(FORBIDDEN.sub(" ", visible).split()).lstrip(".").rstrip(" .")
    stem, extension = plain, PurePosixPath(plain).suffix
    if extension.lower() in kind.extensions:
        stem = plain[: -len(extension)]
    else:
        extension = kind.extensions[0]
    return f"{stem.strip(' .')[:LONGEST] or UNNAMED}{extension.lower()}"


def _last_part(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _is_visible(letter: str) -> bool:
    """Space or a letter one can see: U+202E turns `fdp.exe` into `exe.pdf` before the reader's eyes."""
    return letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
