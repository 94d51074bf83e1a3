"""What the worklist figure does once Django is set up."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection

from _cores import Meter
from _requests import Visitor, sign_in
from _scene import make_applicant, make_officer, make_wards
from _statements import find_backends, record, send
from tinhso.kernel.clock.reading import ClockEvent, ClockEventKind
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now
from tinhso.systems.onestop.choices import (
    CLOSED_STATUSES,
    OPEN_STATUSES,
    RUNNING_STATUSES,
    Channel,
    DossierStatus,
    StepKind,
)
from tinhso.systems.onestop.models import Dossier, DossierStep
from tinhso.systems.onestop.permissions import PROCESS
from tinhso.systems.onestop.tests.sample import make_version

BATCH = 2_000
WARDS = 150
PAGE = "/lam-viec"
SQL = "sql"


def fill(dossiers: int, open_here: int) -> Visitor:
    """Write the dossiers; returns the browser of an officer of the ward with `open_here` open ones."""
    wards = make_wards(WARDS)
    version, citizen = make_version(), make_applicant(1)
    started = now()

    def make(number: int) -> Dossier:
        is_here = number < open_here
        ward = wards[0] if is_here else wards[number % len(wards)]
        # Elsewhere one in ten is open; at the measured ward the rest is closed, so that the count is exact.
        is_open = is_here or (ward is not wards[0] and number % 10 == 0)
        statuses = OPEN_STATUSES if is_open else CLOSED_STATUSES
        status = statuses[number // 10 % len(statuses)]
        filed_at = started - dt.timedelta(minutes=number % 20_000 + (0 if is_open else 100_000))
        is_accepted = status != DossierStatus.REGISTERED
        received = ClockEvent(kind=ClockEventKind.RECEIVED, at=filed_at)
        return Dossier(
            id=new_id(),
            code=f"{ward.pk}-{number}",
            version=version,
            status=status,
            channel=Channel.ONLINE,
            intake_agency=ward,
            resolving_agency=ward,
            handling_agency=ward,
            account=citizen,
            applicant_name=citizen.full_name,
            applicant_number=citizen.username,
            idempotency_key=str(number),
            filed_by=citizen,
            filed_at=filed_at,
            accepted_at=filed_at if is_accepted else None,
            clock_events=[received.as_json()] if is_accepted else [],
            due_at=filed_at + dt.timedelta(days=7) if status in RUNNING_STATUSES else None,
            closed_at=None if is_open else filed_at + dt.timedelta(days=2),
            step_ordinal=2,
        )

    numbers = iter(range(dossiers))
    for batch in iter(lambda: list(islice(numbers, BATCH)), []):
        rows = Dossier.objects.bulk_create(map(make, batch))
        DossierStep.objects.bulk_create(_make_steps(rows))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    if Dossier.objects.filter(handling_agency=wards[0], status__in=OPEN_STATUSES).count() != open_here:
        raise SystemExit("the measured ward does not hold what it should")
    return sign_in(make_officer(wards[0]))


def _make_steps(dossiers: list[Dossier]) -> Iterator[DossierStep]:
    for dossier in dossiers:
        if dossier.is_open:
            yield DossierStep(
                dossier=dossier, ordinal=2, kind=StepKind.WORK, name="Thẩm tra", permission=PROCESS, hours=8
            )


@dataclass
class Times:
    """Milliseconds, a member a request."""

    page: list[float] = field(default_factory=list)
    """In Django, from the request to the last byte of the answer."""
    statements: list[float] = field(default_factory=list)
    """The same SQL by itself."""
    python: list[float] = field(default_factory=list)
    """Processor time of this process for the page."""
    sql: float = 0.0
    """Processor time of PostgreSQL for the SQL of one page, on average; 0 when it is remote."""


def measure(officer: Visitor, requests: int) -> Times:
    """Page and statements in turn, so that both meet the same machine."""
    page, times = officer.get(PAGE), Times()
    page.answer()
    statements = record(page.answer)
    meter = Meter({SQL: find_backends})
    for _ in range(requests):
        started, spent = time.perf_counter(), time.process_time()
        page.answer()
        answered = time.perf_counter()
        times.python.append((time.process_time() - spent) * 1000)
        send(statements)
        times.page.append((answered - started) * 1000)
        times.statements.append((time.perf_counter() - answered) * 1000)
    # Every statement was sent twice.
    times.sql = meter.stop()[SQL] * 1000 / (2 * requests)
    return times
