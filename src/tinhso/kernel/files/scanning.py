"""Antivirus by clamd's INSTREAM, when the province runs one."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

from django.conf import settings

from .errors import InfectedFileError, ScanUnavailableError

SECONDS = 30.0
CHUNK = 256 * 1024
LONGEST_ANSWER = 4_096


def scan(path: Path) -> None:
    """Nothing when no clamd is configured. A configured clamd that does not answer refuses the file.

    Errors: files.infected, files.scan_unavailable.
    """
    if not settings.CLAMD_ADDRESS:
        return
    try:
        answer = _ask(path)
    except OSError as error:
        raise ScanUnavailableError from error
    if answer.endswith("FOUND"):
        raise InfectedFileError
    if not answer.endswith("OK"):
        raise ScanUnavailableError


def _ask(path: Path) -> str:
    with _connect(settings.CLAMD_ADDRESS) as clamd, path.open("rb") as content:
        clamd.sendall(b"zINSTREAM\0")
        while chunk := content.read(CHUNK):
            clamd.sendall(struct.pack(">I", len(chunk)) + chunk)
        clamd.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            part = clamd.recv(LONGEST_ANSWER)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0").decode("ascii", "replace").strip()


def _connect(address: str) -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `host:3310`."""
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(address.removeprefix("unix:"))
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
