"""What the filing figure does once Django is set up."""

from __future__ import annotations

import hashlib
import http.client
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from _replay import Recording
from _requests import Request, Visitor, sign_in
from _scene import give_certificates, make_applicant, make_officer, make_wards
from _statements import record
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.ids import new_id
from tinhso.kernel.jobs.models import Delivery
from tinhso.kernel.moment import now
from tinhso.kernel.orgs.models import Agency
from tinhso.systems.onestop.models import Dossier, FilingDraft, ProcedureVersion
from tinhso.systems.onestop.services.file_dossier import FILE_OWNER_KIND
from tinhso.systems.onestop.tests.sample import make_version

PEOPLE = 8
"""Counters that work at once: each a citizen, an officer and a connection."""


@dataclass
class Counter:
    ward: Agency
    version: ProcedureVersion
    citizen: Visitor
    officer: Visitor
    drafts: list[FilingDraft] = field(default_factory=list)

    def take_presses(self) -> tuple[Request, Request]:
        """The citizen's press that files the next draft, and the officer's that accepts it."""
        if not self.drafts:
            raise RuntimeError("too few drafts were prepared")
        draft_id = self.drafts.pop().pk
        filing = self.citizen.post(f"/to-khai/{draft_id}/kiem-tra")
        return filing, self.officer.post(f"/lam-viec/ho-so/{draft_id}/tiep-nhan")


def open_counters(drafts: int) -> list[Counter]:
    """Drafts with their paper attached, ready for the one press that files."""
    version, wards = make_version(), make_wards(PEOPLE)
    give_certificates(wards)
    counters = [
        Counter(ward, version, sign_in(make_applicant(number)), sign_in(make_officer(ward, number)))
        for number, ward in enumerate(wards, start=1)
    ]
    for counter in counters:
        ids = [(new_id(), new_id()) for _ in range(drafts // PEOPLE)]
        counter.drafts = write_drafts(counter, ids)
    return counters


def write_drafts(counter: Counter, ids: Iterable[Sequence[UUID]]) -> list[FilingDraft]:
    """Drafts and the file of each, under the pairs of ids given."""
    account, content = counter.citizen.account, b"paper"
    drafts = [
        FilingDraft(
            id=draft_id,
            account=account,
            version=counter.version,
            agency_id=counter.ward.pk,
            values={"purpose": "Mua bán nhà đất"},
            papers={"id": [str(file_id)]},
            idempotency_key=str(draft_id),
            updated_at=now(),
        )
        for draft_id, file_id in ids
    ]
    files = [
        StoredFile(
            id=draft.papers["id"][0],
            owner_kind=FILE_OWNER_KIND,
            owner_id=draft.pk,
            name="can-cuoc.pdf",
            media_type="application/pdf",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            created_by_id=account.pk,
        )
        for draft in drafts
    ]
    FilingDraft.objects.bulk_create(drafts, batch_size=1000)
    StoredFile.objects.bulk_create(files, batch_size=1000)
    return drafts


def tidy_database() -> None:
    """The planner knows the tables, for the product and for pgbench alike."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def record_dossier(counter: Counter) -> tuple[Recording, tuple[UUID, UUID]]:
    """All that both requests of one dossier send, sessions and rights included; the ids of the draft and its file."""
    _answer(counter)
    draft = counter.drafts[-1]
    own = record(lambda: _answer(counter))
    other = record(lambda: _answer(counter))
    return Recording(own, other, Dossier.objects.get(pk=draft.pk).code), (
        draft.pk,
        UUID(draft.papers["id"][0]),
    )


def _answer(counter: Counter) -> None:
    for request in counter.take_presses():
        request.answer()


def count_accepted() -> int:
    """Dossiers that came the whole way, from a draft to acceptance."""
    filed = FilingDraft.objects.filter(dossier_id__isnull=False).values("dossier_id")
    return Dossier.objects.filter(accepted_at__isnull=False, pk__in=filed).count()


def measure_http(counters: list[Counter], port: int, seconds: float) -> tuple[float, int]:
    """Dossiers filed and accepted a second, and how many in all; counted again in the database."""
    before = count_accepted()
    counts, faults = [0] * len(counters), list[BaseException]()
    started = time.perf_counter()

    def work(place: int) -> None:
        try:
            counts[place] = _press(counters[place], port, started + seconds)
        except BaseException as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(counters))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    accepted = count_accepted() - before
    if faults or accepted != sum(counts):
        raise SystemExit(f"{sum(counts)} presses left {accepted} dossiers accepted: {faults}")
    return accepted / took, accepted


def _press(counter: Counter, port: int, until: float) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    count = 0
    while time.perf_counter() < until:
        for request in counter.take_presses():
            request.send(connection)
        count += 1
    connection.close()
    return count


def count_waiting() -> int:
    return Delivery.objects.filter(delivered_at=None).count()


def wait_until_waiting(at_most: int, seconds: float = 60) -> None:
    """Until the worker has left no more deliveries than that."""
    deadline = time.monotonic() + seconds
    while count_waiting() > at_most:
        if time.monotonic() > deadline:
            reasons = set(Delivery.objects.filter(delivered_at=None).values_list("last_error", flat=True))
            raise SystemExit(f"the worker left {count_waiting()} deliveries: {reasons}")
        time.sleep(0.1)
