"""Never a gap, never a double: under 32 writers, rollbacks, and processes killed half-way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from subprocess import Popen

import pytest
import pytest_django
from django.db import connection

from tinhso.kernel.services import OutsideServiceError, service

from ..models import NumberSeries
from ..selectors import get_last_number
from ..services import take_number
from . import register

WRITERS = 32
TURNS = 12


class ChangedMindError(Exception):
    pass


@service
def write(*, fails: bool = False, period: str = "2026") -> int:
    number = take_number(register="đi", period=period)
    register.keep(number)
    if fails:
        raise ChangedMindError
    return number


@pytest.fixture
def kept(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """Transactions that really commit; what they leave is the probe's table and the series, removed here."""
    with django_db_blocker.unblock():
        register.create_table()
        try:
            yield
        finally:
            register.drop_table()
            NumberSeries.objects.all().delete()
            connection.close()


@pytest.fixture
def start_writer(kept: None) -> Iterator[Callable[[float], Popen[str]]]:
    writers: list[Popen[str]] = []

    def start(hold_s: float) -> Popen[str]:
        writers.append(register.start_writer(hold_s))
        return writers[-1]

    yield start
    for writer in writers:
        register.kill(writer)


@pytest.mark.django_db
def test_each_register_and_period_counts_from_one() -> None:
    @service
    def take(*, name: str, period: str) -> int:
        return take_number(register=name, period=period)

    taken = [
        take(name=n, period=p) for n, p in [("đi", "2026"), ("đi", "2026"), ("đi", "2027"), ("đến", "2026")]
    ]

    assert taken == [1, 2, 1, 1]
    assert get_last_number("đi", "2026") == 2
    assert get_last_number("mật", "2026") == 0


@pytest.mark.django_db
def test_outside_a_service_no_number_is_taken() -> None:
    with pytest.raises(OutsideServiceError):
        take_number(register="đi", period="2026")

    assert get_last_number("đi", "2026") == 0


def test_a_rollback_gives_the_number_back(kept: None) -> None:
    write()
    with pytest.raises(ChangedMindError):
        write(fails=True)

    assert write() == 2
    assert register.find_kept() == [1, 2]


def test_32_writers_who_change_their_minds_leave_no_gap(kept: None) -> None:
    def work(seed: int) -> int:
        chance = random.Random(seed)
        written = 0
        for _ in range(TURNS):
            try:
                write(fails=chance.random() < 0.3)
                written += 1
            except ChangedMindError:
                pass
        connection.close()
        return written

    with ThreadPoolExecutor(WRITERS) as pool:
        written = sum(pool.map(work, range(WRITERS)))

    assert WRITERS * TURNS * 0.5 < written < WRITERS * TURNS
    assert register.find_kept() == list(range(1, written + 1))
    assert get_last_number("đi", "2026") == written


def test_a_process_killed_while_it_holds_a_number_gives_it_back(
    start_writer: Callable[[float], Popen[str]],
) -> None:
    write()
    writer = start_writer(60)
    held = register.read_number(writer)

    register.kill(writer)

    assert held == 2
    assert write() == 2
    assert register.find_kept() == [1, 2]


@pytest.mark.fault
def test_processes_killed_again_and_again_leave_no_gap(start_writer: Callable[[float], Popen[str]]) -> None:
    chance = random.Random(32)
    writers = [start_writer(0.002) for _ in range(4)]
    for turn in range(8):
        victim = writers.pop(chance.randrange(len(writers)))
        for _ in range(chance.randrange(1, 12)):
            register.read_number(victim)
        register.kill(victim)
        if turn < 4:
            writers.append(start_writer(0.002))

    last = write()

    assert last > 8
    assert register.find_kept() == list(range(1, last + 1))
