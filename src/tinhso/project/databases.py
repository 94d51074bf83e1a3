"""Where PostgreSQL is: DATABASE_URL when given, else the server the product keeps in its own folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def get_database(var_dir: Path) -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL")
    address = (
        _parse(url)
        if url
        else {"NAME": "tinhso", "USER": "tinhso", "HOST": str(var_dir / "postgres" / "run")}
    )
    return {
        "ENGINE": "django.db.backends.postgresql",
        **address,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}, "server_side_binding": False},
    }


def _parse(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port") or ""),
    }
