"""A web process whose database goes away says so, stays, and is ready again once the database is back."""

from __future__ import annotations

import http.client
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tinhso.kernel.embedded import get_address, server

from .conftest import wait_until
from .serving import CLI, find_free_port, get_environment

pytestmark = pytest.mark.fault


def test_a_database_that_goes_and_comes_back(made_var_dir: Path) -> None:
    environment = get_environment(made_var_dir, "demo") | {"DATABASE_URL": get_address(made_var_dir)}

    with server(made_var_dir, is_durable=False):
        for command in (["migrate"], ["collectstatic", "--noinput"]):
            subprocess.run([*CLI, *command, "-v0"], env=environment, check=True)
    with web(environment) as (process, port):
        with server(made_var_dir, is_durable=False):
            wait_until(lambda: ask(port, "/readyz")[0] == 200, 30)
        alive, ready = ask(port, "/healthz"), ask(port, "/readyz")
        with server(made_var_dir, is_durable=False):
            wait_until(lambda: ask(port, "/readyz")[0] == 200, 20)
            has_survived = process.poll() is None

    assert alive == (200, "ok\n")
    assert ready == (503, '{"database": "down"}')
    assert has_survived


@contextmanager
def web(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = find_free_port()
    with subprocess.Popen([*CLI, "web", f"--port={port}", "--workers=1"], env=environment) as process:
        try:
            yield process, port
        finally:
            process.terminate()


def ask(port: int, path: str) -> tuple[int, str]:
    """Status and body; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    with closing(connection):
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
        except OSError:
            return 0, ""
        return answer.status, answer.read().decode()
