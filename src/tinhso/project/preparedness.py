"""Whether database and static files fit this code, asked before a web process serves anybody."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from typing import cast

import structlog
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from psycopg import OperationalError

from .stamp_table import read_stamps
from .stamps import digest_migrations

log = structlog.get_logger(__name__)

PAUSE = 2.0
"""Seconds between tries to reach a database that is not there yet, as after a power cut."""


class NotPreparedError(Exception):
    """What is missing and which command brings it, in both languages."""


def wait_for_stamps() -> dict[str, str]:
    """The database's stamps, however long it takes to come up."""
    while True:
        try:
            return read_stamps(os.environ["DATABASE_URL"])
        except OperationalError as error:
            log.warning("waiting for the database", reason=str(error).splitlines()[0])
            time.sleep(PAUSE)


def refuse_demo_province(stamps: Mapping[str, str]) -> None:
    if not settings.IS_DEMO and any(step.partition(".")[0] == "demo" for step in stamps):
        raise NotPreparedError(
            "Cơ sở dữ liệu này chứa tỉnh mẫu, không dùng cho bản chính thức. Đặt DATABASE_URL tới cơ sở dữ liệu "
            "khác.\nThis database holds the demo province and does not serve production. Point DATABASE_URL to "
            "another one."
        )


def require_prepared(stamps: Mapping[str, str]) -> None:
    """A database that is ahead will do: while servers are upgraded in turn, the older code goes on."""
    if stamps.get("migrations") != digest_migrations() and has_missing_migrations():
        raise NotPreparedError(
            "Cơ sở dữ liệu chưa ở phiên bản này. Chạy `tinhso prepare` trên một máy rồi khởi động lại.\n"
            "The database is not at this version. Run `tinhso prepare` on one machine, then start again."
        )
    storage = cast(object, staticfiles_storage)
    if isinstance(storage, ManifestFilesMixin) and storage.read_manifest() is None:
        raise NotPreparedError(
            f"Chưa có tệp tĩnh trong {settings.STATIC_ROOT}. Chạy `tinhso collectstatic --noinput` rồi khởi động lại.\n"
            f"There are no static files in {settings.STATIC_ROOT}. Run `tinhso collectstatic --noinput`, then "
            "start again."
        )


def has_missing_migrations() -> bool:
    """Leaves no connection behind: the workers are forked later."""
    connection = cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS])
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    finally:
        connection.close()
        connection.close_pool()
