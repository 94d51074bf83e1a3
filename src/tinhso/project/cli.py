"""The command `tinhso`: serve, web, and every Django management command.

When DATABASE_URL is absent the product's own PostgreSQL runs for as long as the command does.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tinhso.kernel import embedded

from .databases import get_var_dir, has_own_server

PROFILES = ("demo", "production", "test")
WITHOUT_DATABASE = {"help", "version", "makemessages", "compilemessages", "collectstatic", "i18n"}
ONLY_READS = ("procedures", "--dry-run")
"""A command that asks no database when it is given this option."""
USAGE = """\
tinhso serve            web, worker and, without DATABASE_URL, the database, on one machine
tinhso web              the web server alone
tinhso worker           the worker alone
tinhso migrate          bring the database up to this version
tinhso procedures import FILE   bring in the national portal's procedures (--dry-run --json only reads)
tinhso audit verify     find any edit, gap or deletion in the signed history
tinhso help             every other command
"""


def main() -> int:
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in {"-h", "--help"}:
        print(USAGE, end="")
        return 0
    choose_profile()
    if name == "serve":
        return int(load("tinhso.project.serve").main(arguments))
    signal.signal(signal.SIGTERM, _stop)
    try:
        with needed_server(name, arguments):
            return run(name, arguments)
    except (embedded.PostgresError, ImproperlyConfigured) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not has_lost_database(error):
            raise
        print(f"Không tới được cơ sở dữ liệu · the database cannot be reached:\n{error}", file=sys.stderr)
        return 1


def run(name: str, arguments: list[str]) -> int:
    if name == "web":
        return int(load("tinhso.project.web").main(arguments))
    load("django.core.management").execute_from_command_line(["tinhso", name, *arguments])
    return 0


def has_lost_database(error: Exception) -> bool:
    """What a server refuses carries the code of its reason; a server that is not there gives none."""
    cause = error.__cause__ or error
    return isinstance(cause, load("psycopg").OperationalError) and getattr(cause, "sqlstate", None) is None


@contextmanager
def needed_server(name: str, arguments: list[str]) -> Iterator[None]:
    command, option = ONLY_READS
    only_reads = name == command and option in arguments
    if name in WITHOUT_DATABASE or name.startswith("-") or only_reads or not has_own_server():
        yield
        return
    with embedded.server(get_var_dir(), tell=_tell) as address:
        os.environ["DATABASE_URL"] = address.url
        yield


def choose_profile() -> None:
    profile = os.environ.get("TINHSO_PROFILE", "demo")
    if profile not in PROFILES:
        sys.exit(f"TINHSO_PROFILE={profile}: chỉ có · one of: {', '.join(PROFILES)}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"tinhso.project.settings.{profile}")


def load(module: str) -> Any:
    """By name when needed: Django takes a noticeable part of the second in which `serve` should start."""
    return importlib.import_module(module)


def _tell(line: str) -> None:
    print(f"▸ {line}", file=sys.stderr, flush=True)


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
