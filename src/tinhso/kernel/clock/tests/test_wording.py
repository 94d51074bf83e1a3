from __future__ import annotations

import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from .clocks import finished, paused, read, received, resumed, working_days


def test_the_core_knows_no_django() -> None:
    code = "import sys, tinhso.kernel.clock.reading; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_reading_speaks_the_language_of_each_reader() -> None:
    reading = read(
        working_days(3),
        received("2026-11-18T15:42"),
        paused("2026-11-20T08:10"),
        resumed("2026-11-23T19:25"),
        finished("2026-11-26T09:48"),
    )

    with translation.override("en"):
        told = [(step.when, step.sentence, step.law) for step in reading.steps]
        labels = [day.label for day in reading.days]
        term = str(reading.term)

    assert told == [
        (
            "Wed 18 Nov, 15:42",
            "Dossier received after 15:00, so it counts from the next working day, Thursday 19 Nov.",
            "Decree 118/2025, Article 18",
        ),
        (
            "Fri 20 Nov, 08:10",
            "Papers asked for. The clock stands still; this day does not count.",
            "Decree 118/2025",
        ),
        ("Sat 21, Sun 22 Nov", "Weekend, not counted.", "Working calendar 2026"),
        (
            "Mon 23 Nov, 19:25",
            "Papers complete after 15:00: counting starts again at day 1, Wednesday 25 Nov; the days counted "
            "before are dropped.",
            "Decree 118/2025",
        ),
        ("Tue 24 Nov", "Vietnamese Culture Day, a public holiday.", "Working calendar 2026"),
        ("Fri 27 Nov, 17:00", "End of working day 3: the result is due.", "3 = 25 Nov, 26 Nov, 27 Nov"),
    ]
    assert labels[1:3] == ["Void", "Paused"]
    assert term == "3 working days"
    assert reading.days[1].label == "Bỏ"


@pytest.mark.django_db
def test_the_command_loads_what_is_missing_and_says_so() -> None:
    said = StringIO()

    call_command("clock", "load", stdout=said)

    assert said.getvalue() == "Lịch làm việc đã đủ, không thêm gì.\n"
