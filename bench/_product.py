"""The product on a database and a folder of its own, both of which go away."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from urllib.parse import urlsplit

import django
import psycopg
from django.core.management import call_command
from django.db import connection

from tinhso.kernel import embedded
from tinhso.project.databases import get_var_dir

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60


@contextmanager
def product() -> Iterator[None]:
    """Django set up in the demo profile, migrated, static files collected as `make run` collects them.

    PostgreSQL is DATABASE_URL's, else the product's own.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "tinhso.project.settings.demo"
    with ExitStack() as stack:
        server = os.environ.get("DATABASE_URL") or stack.enter_context(embedded.server(get_var_dir())).url
        os.environ["DATABASE_URL"] = stack.enter_context(_database(server))
        os.environ["TINHSO_VAR"] = stack.enter_context(tempfile.TemporaryDirectory())
        django.setup()
        stack.callback(_close)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


@contextmanager
def _database(url: str) -> Iterator[str]:
    name = f"bench_{uuid.uuid4().hex[:12]}"
    parts = urlsplit(url)
    with closing(psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True)) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _close() -> None:
    connection.close()
    connection.close_pool()


@dataclass(frozen=True)
class Site:
    port: int
    pid: int

    @property
    def address(self) -> str:
        return get_address(self.port)


def get_address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


TINHSO = ("-P", "-m", "tinhso.project.cli")
TIMED_WEB = Path(__file__).with_name("_timed_web.py")


@contextmanager
def web(workers: int = 2, watched: Path | None = None) -> Iterator[Site]:
    """The web server of `tinhso serve`, in processes of its own; `watched` is a folder for its stopwatch."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = (str(TIMED_WEB), str(watched)) if watched else (*TINHSO, "web")
    options = f"--port={port}", f"--workers={workers}"
    with _run(*command, *options, TINHSO_SITE_URL=get_address(port)) as process:
        _wait_until_healthy(port, process)
        yield Site(port, process.pid)


@contextmanager
def worker(site: Site) -> Iterator[int]:
    """The worker of `tinhso serve`; gives its process id."""
    with _run(*TINHSO, "worker", TINHSO_SITE_URL=site.address) as process:
        yield process.pid


@contextmanager
def _run(*command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Its words go to the standard error: the other is for figures."""
    program = [sys.executable, *command]
    with subprocess.Popen(program, cwd=ROOT, env=os.environ | environment, stdout=sys.stderr) as process:
        try:
            yield process
        finally:
            process.terminate()


def _wait_until_healthy(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asking.request("GET", "/readyz")
            if asking.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            asking.close()
    raise SystemExit("the web server did not start")
