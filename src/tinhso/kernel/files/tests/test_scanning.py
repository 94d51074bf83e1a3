from __future__ import annotations

import io
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.receiving import receive_file

from . import samples

EICAR_PDF = samples.make_pdf(b"EICAR", dictionary=b"")


class Clamd:
    """Speaks INSTREAM as clamd does: finds what holds the letters EICAR."""

    def __init__(self, socket_path: Path) -> None:
        self.address = f"unix:{socket_path}"
        self.seen = b""
        self.answer = b""
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(str(socket_path))
        self.listener.listen()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _ = self.listener.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack(">I", stream.read(4))[0]:
                self.seen += stream.read(length)
            found = b"stream: Eicar-Signature FOUND\0" if b"EICAR" in self.seen else b"stream: OK\0"
            connection.sendall(self.answer or found)


@pytest.fixture
def clamd(tmp_path: Path, settings: Settings) -> Iterator[Clamd]:
    server = Clamd(tmp_path / "clamd")
    settings.CLAMD_ADDRESS = server.address
    yield server
    server.listener.close()
    server.thread.join(timeout=5)


@pytest.fixture
def kept(tmp_path: Path, settings: Settings) -> Callable[[], int]:
    folder = tmp_path / "files"
    settings.FILE_STORAGE = {"folder": folder}
    return lambda: sum(path.is_file() for path in folder.rglob("*"))


def test_clean_file_is_kept_after_every_byte_was_scanned(clamd: Clamd, kept: Callable[[], int]) -> None:
    receive_file(io.BytesIO(samples.PDF), name="don.pdf")

    assert clamd.seen == samples.PDF
    assert kept() == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "files.infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "files.scan_unavailable"),
        (b"\0", "files.scan_unavailable"),
    ],
)
def test_file_that_is_not_said_to_be_clean_is_refused(
    answer: bytes, code: str, clamd: Clamd, kept: Callable[[], int]
) -> None:
    clamd.answer = answer

    with pytest.raises(TinhSoError) as refusal:
        receive_file(io.BytesIO(EICAR_PDF), name="don.pdf")

    assert refusal.value.code == code
    assert kept() == 0


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd", "127.0.0.1:9"])
def test_clamd_that_does_not_answer_refuses_the_file(
    address: str, settings: Settings, kept: Callable[[], int]
) -> None:
    settings.CLAMD_ADDRESS = address

    with pytest.raises(TinhSoError) as refusal:
        receive_file(io.BytesIO(samples.PDF), name="don.pdf")

    assert (refusal.value.code, refusal.value.status) == ("files.scan_unavailable", 503)
    assert kept() == 0
