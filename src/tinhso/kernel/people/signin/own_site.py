"""Calls from this site to itself, for the demo identity provider it carries.

They go through every middleware and view, but in the thread that asks: over the network, a server
whose every thread waits for the token of its own sign-in would wait for ever.
"""

from __future__ import annotations

import contextvars
import functools
import io
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""


def is_own_site(url: str) -> bool:
    """Only the demo carries its own provider."""
    return bool(settings.IS_DEMO) and url.startswith(f"{settings.SITE_URL}/")


def call_own_site(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """One request answered in this thread. Language, request log and the like stay as they were."""
    return contextvars.copy_context().run(_call, _make_environ(method, url, headers, body))


def _call(environ: dict[str, Any]) -> Answer:
    # Not through the WSGI door: its signals would close the database connection of the request that asks.
    response = _get_handler().get_response(WSGIRequest(environ))
    headers = {name.lower(): value for name, value in response.headers.items()}
    return response.status_code, headers, response.getvalue()


@functools.cache
def _get_handler() -> WSGIHandler:
    return WSGIHandler()


def _make_environ(method: str, url: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    parts = urlsplit(url)
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": parts.netloc,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ
