"""PDFs that would eat a machine when opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .errors import BrokenFileError, LockedFileError, PdfBombError

WALL_SECONDS = 40
PROBE = Path(__file__).with_name("pdf_probe.py")
REFUSALS = {"locked": LockedFileError, "broken": BrokenFileError}


def refuse_bad_pdf(path: Path) -> None:
    """Errors: files.pdf_bomb (also when the probe dies of its limits), files.locked, files.broken."""
    try:
        probe = subprocess.run(  # noqa: S603 (our own file; the path is one we made)
            [sys.executable, "-I", str(PROBE), str(path)],
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfBombError from error
    verdict = probe.stdout.decode("ascii", "replace") if probe.returncode == 0 else "bomb"
    if verdict != "ok":
        raise REFUSALS.get(verdict, PdfBombError)
