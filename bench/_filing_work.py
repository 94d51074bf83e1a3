"""What the filing figure does once Django is set up."""

from __future__ import annotations

import hashlib
import http.client
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.utils.crypto import get_random_string

from _scene import make_citizen, make_officer, make_version, make_wards, sign_in
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor
from tinhso.systems.onestop.data.filing import Filing, HandedPaper
from tinhso.systems.onestop.models import Dossier, FilingDraft
from tinhso.systems.onestop.services.accept_dossier import accept_dossier
from tinhso.systems.onestop.services.acting import Turn
from tinhso.systems.onestop.services.file_dossier import FILE_OWNER_KIND, file_dossier

PEOPLE = 8
"""Counters that work at once: each a citizen, an officer and a connection."""


@dataclass
class Counter:
    citizen: Account
    officer: Account
    citizen_head: dict[str, str]
    officer_head: dict[str, str]
    token: str
    drafts: list[FilingDraft] = field(default_factory=list)


def prepare(drafts: int) -> list[Counter]:
    """Drafts with their paper attached, ready for the one press that files."""
    version = make_version()
    counters = []
    for number, ward in enumerate(make_wards(PEOPLE), start=1):
        citizen, officer = make_citizen(number), make_officer(ward, number)
        token = get_random_string(32)
        counter = Counter(citizen, officer, _head(citizen, token), _head(officer, token), token)
        counters.append(counter)
        content = f"paper of {number}".encode()
        for _ in range(drafts // PEOPLE):
            draft_id, file_id = new_id(), new_id()
            draft = FilingDraft(
                id=draft_id,
                account=citizen,
                version=version,
                agency_id=ward.pk,
                values={"purpose": "Mua bán nhà đất"},
                papers={"id": [str(file_id)]},
                idempotency_key=str(draft_id),
                updated_at=now(),
            )
            counter.drafts.append(draft)
        FilingDraft.objects.bulk_create(counter.drafts)
        StoredFile.objects.bulk_create(
            StoredFile(
                id=draft.papers["id"][0],
                owner_kind=FILE_OWNER_KIND,
                owner_id=draft.pk,
                name="can-cuoc.pdf",
                media_type="application/pdf",
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                created_by_id=citizen.pk,
            )
            for draft in counter.drafts
        )
    return counters


def _head(account: Account, token: str) -> dict[str, str]:
    session = sign_in(account).cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}


def measure_http(counters: list[Counter], port: int, seconds: float) -> tuple[float, int]:
    """Dossiers filed and accepted a second, and how many in all; counted again in the database."""
    before = Dossier.objects.filter(accepted_at__isnull=False).count()
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
    accepted = Dossier.objects.filter(accepted_at__isnull=False).count() - before
    if faults or accepted != sum(counts):
        raise SystemExit(f"{sum(counts)} presses left {accepted} dossiers accepted: {faults}")
    return accepted / took, accepted


def _press(counter: Counter, port: int, until: float) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    count = 0
    while time.perf_counter() < until:
        if not counter.drafts:
            raise RuntimeError("too few drafts were prepared")
        draft = counter.drafts.pop()
        _post(connection, f"/to-khai/{draft.pk}/kiem-tra", counter.citizen_head, counter.token)
        _post(connection, f"/lam-viec/ho-so/{draft.pk}/tiep-nhan", counter.officer_head, counter.token)
        count += 1
    connection.close()
    return count


def _post(connection: http.client.HTTPConnection, path: str, head: dict[str, str], token: str) -> None:
    body = urlencode({"csrfmiddlewaretoken": token, "key": path})
    connection.request("POST", path, body=body, headers=head)
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.HTTPStatus.FOUND:
        raise RuntimeError(f"{path.rpartition('/')[2]} answered {answer.status}")


def measure_services(counters: list[Counter], seconds: float) -> float:
    """Dossiers a second when one process calls the same two services, one after the other."""
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        counter = counters[count % len(counters)]
        draft = counter.drafts.pop()
        _file_and_accept(counter, draft)
        count += 1
    return count / (time.perf_counter() - started)


def _file_and_accept(counter: Counter, draft: FilingDraft) -> UUID:
    filing = Filing(
        dossier_id=draft.pk,
        version_id=draft.version_id,
        agency_id=draft.agency_id,
        values=draft.values,
        papers=(HandedPaper("id", file_id=UUID(draft.papers["id"][0])),),
    )
    dossier_id = file_dossier(
        actor=get_actor(counter.citizen), filing=filing, idempotency_key=draft.idempotency_key
    )
    accept_dossier(actor=get_actor(counter.officer), dossier_id=dossier_id, turn=Turn("accept"))
    return dossier_id
