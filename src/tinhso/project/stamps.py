"""What was prepared, and from what: a digest per step, so that a start with nothing new skips the step.

Stamps about the database live in the database: a dump brings them along, a new database has none.
Nothing here loads Django.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from psycopg import Connection, errors

from .databases import PROJECT_DIR, get_profile

PACKAGE_DIR = Path(__file__).resolve().parents[1]
DEMO_SEED = 20250701
"""The first day of the province as it is today."""

TABLE = """
    CREATE TABLE IF NOT EXISTS project_stamp (
        step text PRIMARY KEY, digest text NOT NULL, made_at timestamptz NOT NULL DEFAULT now()
    )"""
WRITE = """
    INSERT INTO project_stamp (step, digest) VALUES (%s, %s)
    ON CONFLICT (step) DO UPDATE SET digest = excluded.digest, made_at = now()"""


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


DATABASE_STEPS: dict[str, Callable[[], str]] = {
    "migrations": digest_migrations,
    "shipped": digest_shipped,
    "demo": digest_demo,
}
"""In the order in which they are done."""


def find_due(url: str, static_stamp: Path) -> list[str]:
    """Names of the steps whose digest is not the one they were done with. The demo is for its profile alone."""
    done = read_stamps(url)
    due = [name for name, digest in DATABASE_STEPS.items() if done.get(name) != digest()]
    if get_profile() != "demo":
        due = [name for name in due if name != "demo"]
    if not static_stamp.exists() or static_stamp.read_text() != digest_static():
        due.append("static")
    return due


def read_stamps(url: str) -> dict[str, str]:
    with Connection.connect(url) as connection:
        try:
            return dict(connection.execute("SELECT step, digest FROM project_stamp").fetchall())
        except errors.UndefinedTable:
            return {}


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
