"""The product on a database and a folder of its own, both of which go away."""

from __future__ import annotations

import http.client
import json
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

from tinhso.kernel import embedded
from tinhso.project.databases import get_var_dir

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    goal: str
    against: str
    yardstick: float
    rows: int

    def print(self) -> None:
        line = {
            "name": self.name,
            "value": round(self.value, 1),
            "unit": self.unit,
            "goal": self.goal,
            "ratio": round(self.value / self.yardstick, 4),
            "against": f"{self.against}: {self.yardstick:.1f}",
            "rows": self.rows,
            "cores": len(os.sched_getaffinity(0)),
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)


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
def _database(server: str) -> Iterator[str]:
    name = f"bench_{uuid.uuid4().hex[:12]}"
    parts = urlsplit(server)
    with closing(psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True)) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _close() -> None:
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    connection.close()
    connection.close_pool()


@dataclass(frozen=True)
class Site:
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def web(workers: int = 2) -> Iterator[Site]:
    """The web server of `tinhso serve`, in processes of its own."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site = Site(probe.getsockname()[1])
    command = [sys.executable, "-P", "-m", "tinhso.project.cli", "web"]
    command += [f"--port={site.port}", f"--workers={workers}"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TINHSO_SITE_URL": site.address}) as process:
        try:
            _wait_until_healthy(site, process)
            yield site
        finally:
            process.terminate()


def _wait_until_healthy(site: Site, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise SystemExit("the web server did not start")
