"""Brings a database and the static files to this version: tables, the data that comes along, the demo province."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from psycopg import Connection

from tinhso.kernel.registry import registry
from tinhso.project.demo_parts import make_demo, make_part
from tinhso.project.stamp_table import TABLE, WRITE, read_stamps
from tinhso.project.stamps import DIGESTS, compute_digests, digest_static, find_due

LOCK = 7_305_111_220_817
"""Key of the advisory lock that keeps two starts from preparing one database at once."""

OLDEST = 15
"""Oldest release of PostgreSQL the product is tried on."""

Progress = Callable[[str], None]

LABELS = {
    "migrations": "Cập nhật cấu trúc cơ sở dữ liệu · migrating the database",
    "shipped": "Nạp dữ liệu đi kèm: đơn vị hành chính, thủ tục · loading the data that comes along",
    "demo": "Tạo tỉnh mẫu, chỉ một lần · generating the demo province, once",
    "static": "Gom tệp tĩnh · collecting static files",
}


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo-part", help=argparse.SUPPRESS)
        parser.add_argument("--until", type=dt.datetime.fromisoformat, help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo_part"]:
            make_part(options["demo_part"], options["until"], self._tell)
            return
        url = os.environ["DATABASE_URL"]
        with Connection.connect(url, autocommit=True) as lock:
            lock.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            require_fit_database(lock)
            lock.execute(TABLE)
            for name in find_due(compute_digests(), read_stamps(url), settings.STATIC_STAMP):
                self._do(name)

    def _do(self, name: str) -> None:
        self._tell(self.style.MIGRATE_HEADING(f"▸ {LABELS[name]}"), indent="")
        started = time.monotonic()
        STEPS[name](self._tell)
        self._tell(f"xong · done  {time.monotonic() - started:.1f} s")

    def _tell(self, line: str, indent: str = "  ") -> None:
        """At once, also into a file or a pipe: some steps take minutes."""
        self.stdout.write(f"{indent}{line}")
        self.stdout.flush()


def require_fit_database(database: Connection[Any]) -> None:
    """Before anything is written: the release, and a locale that knows Vietnamese letters."""
    version = database.info.server_version
    if version < OLDEST * 10_000:
        raise CommandError(
            f"Máy chủ là PostgreSQL {version // 10_000}, cần từ bản {OLDEST}.\n"
            f"The server is PostgreSQL {version // 10_000}; release {OLDEST} or later is needed."
        )
    row = database.execute("SELECT lower('TỈNH ĐỒNG THÁP')").fetchone()
    if row is None or row[0] != "tỉnh đồng tháp":
        raise CommandError(
            "Cơ sở dữ liệu này không đổi được chữ hoa tiếng Việt sang chữ thường. Tạo lại bằng\n"
            "This database cannot lower Vietnamese letters. Create it anew with\n"
            "  CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' "
            "LOCALE_PROVIDER icu ICU_LOCALE 'vi-VN';"
        )


def migrate(progress: Progress) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    _stamp("migrations")


def load_shipped(progress: Progress) -> None:
    for manifest in registry.manifests:
        if manifest.load_shipped:
            manifest.load_shipped(progress=progress)
    _stamp("shipped")


def generate_demo(progress: Progress) -> None:
    make_demo(progress)
    _stamp("demo")


def collect_static(progress: Progress) -> None:
    digest = digest_static()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    settings.STATIC_STAMP.write_text(digest)


STEPS: dict[str, Callable[[Progress], None]] = {
    "migrations": migrate,
    "shipped": load_shipped,
    "demo": generate_demo,
    "static": collect_static,
}


def _stamp(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [name, DIGESTS[name]()])
