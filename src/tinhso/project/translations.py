"""Turns every .po file of the package into the .mo file Django reads. Part of `make setup`."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

PACKAGE_DIR = Path(__file__).resolve().parents[1]


def compile_all(package: Path = PACKAGE_DIR) -> list[Path]:
    """The .mo files written: those that were missing or older than their .po. Fuzzy entries are left out."""
    written = []
    for source in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parents[1].name, abort_invalid=True)
        unfinished = target.with_suffix(".mo.new")
        with unfinished.open("wb") as compiled:
            write_mo(compiled, catalogue)
        unfinished.replace(target)
        written.append(target)
    return written


def main() -> int:
    try:
        compile_all()
    except PoFileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
