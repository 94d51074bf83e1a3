"""The production profile as the how-to has it: external database, prepare, web and worker each by itself."""

from __future__ import annotations

import http.client
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tinhso.kernel.embedded import server

from .conftest import make_folder, wait_until
from .serving import CLI, find_free_port, get_environment

pytestmark = pytest.mark.fault

HOST = "dichvucong.example.vn"
AS_THE_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https"}


@dataclass(frozen=True)
class Site:
    environment: dict[str, str]
    url: str

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*CLI, *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )

    @contextmanager
    def running(self, *arguments: str) -> Iterator[None]:
        with subprocess.Popen([*CLI, *arguments], env=self.environment) as process:
            try:
                yield
            finally:
                process.terminate()

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []


@pytest.fixture(scope="module")
def empty() -> Iterator[Site]:
    """Settings complete, the database there and empty."""
    folder = make_folder()
    with server(folder, is_durable=False) as address:
        settings = {
            "DATABASE_URL": address.url,
            "TINHSO_SECRET_KEY": secrets.token_urlsafe(64),
            "TINHSO_HOSTS": HOST,
            "TINHSO_SITE_URL": f"https://{HOST}",
        }
        yield Site(get_environment(folder, "production") | settings, address.url)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def site(empty: Site) -> Site:
    done = empty.run("prepare")
    assert done.returncode == 0, done.stderr
    return empty


def ask(port: int, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    with closing(connection):
        try:
            connection.request("GET", path, headers=headers)
            return connection.getresponse().status
        except OSError:
            return 0


def test_web_says_which_command_is_missing(empty: Site) -> None:
    done = empty.run("web", f"--port={find_free_port()}")

    assert done.returncode == 1
    assert "`tinhso prepare`" in done.stderr
    assert "Traceback" not in done.stderr


def test_web_without_static_files_names_the_other_command(site: Site, tmp_path: Path) -> None:
    other_machine = Site(site.environment | {"TINHSO_VAR": str(tmp_path)}, site.url)

    refused = other_machine.run("web", f"--port={find_free_port()}")
    collected = other_machine.run("collectstatic", "--noinput")

    assert refused.returncode == 1
    assert "`tinhso collectstatic --noinput`" in refused.stderr
    assert collected.returncode == 0, collected.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()


def test_two_web_processes_and_a_worker_serve_the_site(site: Site) -> None:
    ports = [find_free_port(), find_free_port()]
    with ExitStack() as running:
        for port in ports:
            running.enter_context(site.running("web", f"--port={port}", "--workers=1"))
        running.enter_context(site.running("worker"))
        for port in ports:
            wait_until(lambda port=port: ask(port, "/readyz", {}) == 200, 60)
        wait_until(lambda: site.execute("SELECT count(*) FROM procrastinate_workers") == [(1,)], 30)

        pages = [ask(port, "/", AS_THE_PROXY) for port in ports]
        without_tls = ask(ports[0], "/", {"Host": HOST})
        by_another_name = ask(ports[0], "/", {**AS_THE_PROXY, "Host": "example.org"})
        demo_identity = ask(ports[0], "/dinh-danh/.well-known/openid-configuration", AS_THE_PROXY)

    assert pages == [200, 200]
    assert (without_tls, by_another_name, demo_identity) == (301, 400, 404)


def test_prepare_brings_the_shipped_data_and_nobody_of_the_demo(site: Site) -> None:
    again = site.run("prepare")

    assert (again.returncode, again.stdout) == (0, "")
    assert site.execute("SELECT count(*) FROM people_account") == [(0,)]
    assert site.execute("SELECT count(*) > 10000 FROM orgs_administrativeunit") == [(True,)]


def test_the_demo_cannot_be_loaded_part_by_part_either(site: Site) -> None:
    done = site.run("prepare", "--demo-part=onestop.ground", "--until=2026-11-25T08:00:00+07:00")

    assert done.returncode == 1
    assert "The demo province is not for production" in done.stderr
    assert site.execute("SELECT count(*) FROM orgs_agency") == [(0,)]


def test_a_database_with_the_demo_in_it_is_not_served(site: Site) -> None:
    site.execute("INSERT INTO project_stamp (step, digest) VALUES ('demo.onestop.ground', '1')")

    done = site.run("web", f"--port={find_free_port()}")
    site.execute("DELETE FROM project_stamp WHERE step LIKE 'demo%'")

    assert done.returncode == 1
    assert "holds the demo province" in done.stderr


def test_a_server_that_is_not_there_is_said_in_a_sentence(site: Site, tmp_path: Path) -> None:
    away = Site(site.environment | {"DATABASE_URL": f"postgresql://tinhso@/tinhso?host={tmp_path}"}, "")

    done = away.run("prepare")

    assert done.returncode == 1
    assert "the database cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr
