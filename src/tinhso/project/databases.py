"""Where PostgreSQL is: DATABASE_URL when given, else the server the product keeps in its own folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tinhso.kernel import embedded

PROJECT_DIR = Path(__file__).resolve().parents[3]
POOL = {
    "min_size": 1,
    "max_size": 8,
    "timeout": 10,
    # The pause between attempts doubles up to this many seconds: by default the site would stay away for
    # as long again as its database was.
    "reconnect_timeout": 5,
}


def get_var_dir() -> Path:
    """What the product keeps on this machine: TINHSO_VAR, else `var` beside the source."""
    return Path(os.environ.get("TINHSO_VAR") or PROJECT_DIR / "var").resolve()


def has_own_server() -> bool:
    """Whether this process brings its own PostgreSQL: without DATABASE_URL, and never in production."""
    return not os.environ.get("DATABASE_URL") and get_profile() != "production"


def get_profile() -> str:
    """demo, test or production, known before the settings are loaded."""
    return os.environ.get("DJANGO_SETTINGS_MODULE", "").rpartition(".")[2]


def get_static_stamp(var_dir: Path) -> Path:
    """Says what the collected static files were collected from."""
    return var_dir / "static.stamp"


def get_database(var_dir: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        **_parse(os.environ.get("DATABASE_URL") or _get_own_url(var_dir)),
        # A server that was restarted leaves dead connections in the pool.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": POOL, "server_side_binding": False},
    }


def _get_own_url(var_dir: Path) -> str:
    """Commands that need no database run on machines that have none; only connecting fails there."""
    try:
        return embedded.get_address(var_dir)
    except embedded.PostgresError:
        return "postgresql:///tinhso"


def _parse(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port") or ""),
    }
