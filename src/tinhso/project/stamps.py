"""What was prepared, and from what: a digest per step, so that a start with nothing new skips the step.

Nothing here loads Django or psycopg: `tinhso serve` computes digests while the web process loads them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from .databases import PROJECT_DIR, get_profile

PACKAGE_DIR = Path(__file__).resolve().parents[1]
DEMO_SEED = 20250701
"""The first day of the province as it is today."""


def digest_migrations() -> str:
    """The own migrations, what is written after them from manifests, and the lock of other packages."""
    patterns = ("migrations/*.py", "manifest.py", "permissions.py", "after_migrate.py")
    files = [path for pattern in patterns for path in PACKAGE_DIR.glob(f"**/{pattern}")]
    return _digest(_read(sorted([*files, PROJECT_DIR / "uv.lock"])))


def digest_shipped() -> str:
    """The data files that rooms bring along: country, calendar, procedures."""
    files = [p for folder in ("data", "catalogue") for p in PACKAGE_DIR.glob(f"**/{folder}/**/*.*")]
    return _digest(_read(sorted(p for p in files if p.suffix in {".csv", ".toml", ".json"})))


def digest_demo() -> str:
    """The seed alone: a demo province in use is not thrown away because its generator changed."""
    return str(DEMO_SEED)


def digest_static() -> str:
    files = sorted(p for folder in PACKAGE_DIR.glob("**/static") for p in folder.rglob("*") if p.is_file())
    return _digest([*_look(files), *_read([PROJECT_DIR / "uv.lock"])])


DIGESTS: dict[str, Callable[[], str]] = {
    "migrations": digest_migrations,
    "shipped": digest_shipped,
    "demo": digest_demo,
    "static": digest_static,
}
"""In the order in which the steps are done."""


def compute_digests() -> dict[str, str]:
    """Of every step; the demo is for its profile alone."""
    return {name: digest() for name, digest in DIGESTS.items() if name != "demo" or get_profile() == "demo"}


def find_due(digests: Mapping[str, str], stamps: Mapping[str, str], static_stamp: Path) -> list[str]:
    """Names of the steps whose digest is not the one they were done with, as the stamps say."""
    done = {**stamps, "static": static_stamp.read_text() if static_stamp.exists() else ""}
    return [name for name, digest in digests.items() if done.get(name) != digest]


def _read(files: Iterable[Path]) -> list[bytes]:
    return [
        b"%s\0%s\0" % (os.fsencode(os.path.relpath(path, PROJECT_DIR)), path.read_bytes())
        for path in files
        if path.exists()
    ]


def _look(files: Iterable[Path]) -> list[bytes]:
    """By size and time: the built files are rewritten whenever they change."""
    return [
        b"%s\0%d %d\0" % (os.fsencode(os.path.relpath(p, PROJECT_DIR)), s.st_size, s.st_mtime_ns)
        for p in files
        for s in [p.stat()]
    ]


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()
