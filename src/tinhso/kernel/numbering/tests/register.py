"""A register that keeps each number in the transaction that takes it, and writers in processes of their own."""

from __future__ import annotations

import subprocess
import sys

from django.db import connection


def create_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE numbering_probe (number bigint PRIMARY KEY)")


def drop_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE numbering_probe")


def keep(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO numbering_probe VALUES (%s)", [number])


def find_kept() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM numbering_probe ORDER BY number")
        return [number for (number,) in cursor.fetchall()]


def start_writer(hold_s: float) -> subprocess.Popen[str]:
    writer = [sys.executable, "-m", "tinhso.kernel.numbering.tests.writer"]
    database = str(connection.settings_dict["NAME"])
    return subprocess.Popen([*writer, database, str(hold_s)], stdout=subprocess.PIPE, text=True)


def read_number(writer: subprocess.Popen[str]) -> int:
    assert writer.stdout is not None
    return int(writer.stdout.readline())


def kill(writer: subprocess.Popen[str]) -> None:
    if writer.poll() is None:
        writer.kill()
        writer.communicate()
