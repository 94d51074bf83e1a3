"""pgbench sending what the product sends."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from _replay import FIRST_KEY, Recording
from tinhso.kernel.embedded.binaries import find_installations

RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
DONE = re.compile(r"actually processed: (\d+)/(\d+)")


def find_program() -> Path | None:
    """Beside the machine's server, which Debian keeps outside PATH; the npm package has none."""
    beside = [installation.bin / "pgbench" for installation in find_installations("machine")]
    found = shutil.which("pgbench")
    return next((path for path in beside if path.exists()), Path(found) if found else None)


def run(program: Path, recordings: Sequence[Recording], first: int, count: int) -> float:
    """Dossiers a second, one client a recording, `count` by each.

    By the simple protocol, with the values in the text: so does psycopg send what Django gives it.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(_make_script(recordings))
        script.flush()
        command = [str(program), "--no-vacuum", "--protocol=simple", f"--file={script.name}"]
        command += [f"--client={len(recordings)}", f"--jobs={len(recordings)}"]
        command += [f"--transactions={count}", f"--define=n={first}", os.environ["DATABASE_URL"]]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    rate, done = RATE.search(answer.stdout), DONE.search(answer.stdout)
    if answer.returncode or rate is None or done is None or done[1] != done[2]:
        raise SystemExit(f"pgbench did not run through: {answer.stdout}{answer.stderr}")
    return float(rate[1])


def _make_script(recordings: Sequence[Recording]) -> str:
    lines = [r"\set n :n + 1", rf"\set key {FIRST_KEY} * (:client_id + 1) + :n"]
    for client, recording in enumerate(recordings):
        lines.append(rf"\{'el' if client else ''}if :client_id = {client}")
        lines += [f"{statement};" for statement in recording.statements]
    return "\n".join([*lines, r"\endif", ""])
