"""A process that takes numbers for ever. Arguments: the database, and the seconds it holds each number.

Each line it prints is a number taken and not yet committed.
"""

from __future__ import annotations

import sys
import time

import django
from django.db import connection

from tinhso.kernel.numbering.services import take_number
from tinhso.kernel.numbering.tests.register import keep
from tinhso.kernel.services import service


@service
def write(*, hold_s: float) -> None:
    number = take_number(register="đi", period="2026")
    keep(number)
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()
    time.sleep(hold_s)


if __name__ == "__main__":
    django.setup()
    connection.settings_dict["NAME"] = sys.argv[1]
    while True:
        write(hold_s=float(sys.argv[2]))
