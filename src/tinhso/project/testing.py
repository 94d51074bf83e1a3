"""Pytest's plugin of the house: the database tests run on, and the browser that journeys drive."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from tinhso.kernel import embedded

from .databases import get_var_dir

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRE_JOURNEYS = "TINHSO_REQUIRE_JOURNEYS"

_held = ExitStack()
_journeys_run = 0


def find_browser() -> str | None:
    """TINHSO_CHROMIUM, else a Chromium or Chrome on PATH."""
    named = os.environ.get("TINHSO_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Before pytest-django reads the settings. Workers of pytest-xdist inherit the address."""
    if not os.environ.get("DATABASE_URL"):
        server = embedded.server(get_var_dir(), folder="test-postgres", is_durable=False)
        os.environ["DATABASE_URL"] = _held.enter_context(server).url
    return (yield)


def pytest_unconfigure() -> None:
    _held.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if find_browser():
        return
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser for journeys, which are skipped where there is none."""
    return find_browser() or pytest.skip("no Chromium on this machine")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    global _journeys_run  # noqa: PLW0603
    if report.when == "call" and "journey" in report.keywords:
        _journeys_run += 1


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get(REQUIRE_JOURNEYS) and not _is_worker(session.config) and not _journeys_run:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    skipped = sum("journey" in r.keywords for r in terminalreporter.stats.get("skipped", []))
    if skipped and not find_browser():
        terminalreporter.section("BROWSER JOURNEYS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"Không tìm thấy Chromium nên {skipped} hành trình trình duyệt bị bỏ qua · no Chromium was found. "
            "Debian, Ubuntu: sudo apt install chromium; or set TINHSO_CHROMIUM."
        )
    if os.environ.get(REQUIRE_JOURNEYS) and not _journeys_run:
        terminalreporter.section(
            f"{REQUIRE_JOURNEYS} is set and no journey ran", sep="!", red=True, bold=True
        )


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")
