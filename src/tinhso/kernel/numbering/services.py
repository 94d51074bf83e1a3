"""Numbers without gaps: a number and the record that bears it are committed together or not at all."""

from __future__ import annotations

from django.db import connection

from tinhso.kernel.services import require_service

TAKE = """
INSERT INTO numbering_numberseries AS series (register, period, last_number) VALUES (%s, %s, 1)
ON CONFLICT (register, period) DO UPDATE SET last_number = series.last_number + 1
RETURNING last_number
"""


def take_number(*, register: str, period: str) -> int:
    """The next number of a register in a period, counted from 1.

    Not a service of its own, so that it cannot commit alone: it belongs to the caller's transaction, and a
    rollback, a lost connection or a killed process gives the number back. The row stays locked until that
    transaction ends, so take the number last, and two numbers always in the same order of registers.
    """
    require_service("take_number")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [register, period])
        (number,) = cursor.fetchone()
    return int(number)
