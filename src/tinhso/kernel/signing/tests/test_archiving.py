"""What is issued gets its archive time stamp after the transaction that signed it, once, whatever happens."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.files.receiving import take_own_pdf
from tinhso.kernel.files.selectors import open_file
from tinhso.kernel.files.services import keep_file
from tinhso.kernel.jobs.delivery import deliver_all
from tinhso.kernel.jobs.models import Delivery
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.registry import FileGate, SystemManifest
from tinhso.kernel.services import service

from ..choices import SignatureLevel
from ..errors import CertificateNotTrustedError, TimestampUnavailableError
from ..models import ArchivedForm, VerifiableDocument
from ..services import archive_issued, keep_archives, new_check_code, register_issued, revoke_credential
from ..services.archive import RENEWED_BEFORE, NotTheIssuedDocumentError
from ..verification.checking import check_file
from ..verification.report import Verdict
from .conftest import PERSON, Sign
from .stamping import serve_time_stamps

pytestmark = pytest.mark.django_db

OWNER = "drawer.letter"
Issue = Callable[[], VerifiableDocument]


@pytest.fixture
def issue(sign: Sign, install: Callable[[SystemManifest], None]) -> Issue:
    """A signed letter in the store, registered in the transaction that keeps it."""
    install(
        SystemManifest(
            code="drawer", label="Ngăn kéo", file_gates=(FileGate(OWNER, lambda actor, _id: True),)
        )
    )
    signed = sign()

    @service
    def run() -> VerifiableDocument:
        owner_id, code = uuid4(), new_check_code()
        file = keep_file(
            actor=SYSTEM,
            received=take_own_pdf(signed, name="Giấy xác nhận.pdf"),
            owner_kind=OWNER,
            owner_id=owner_id,
        )
        document_id = register_issued(
            code=code,
            content=signed,
            owner_kind=OWNER,
            owner_id=owner_id,
            stream="",
            title="Giấy xác nhận",
            agency_name="UBND phường Việt Trì",
            file_id=file.pk,
        )
        return VerifiableDocument.objects.get(pk=document_id)

    return run


@pytest.fixture
def leave_no_jobs() -> Iterator[None]:
    """What a test that commits has queued stays in tables that nobody clears after it."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def read(document: VerifiableDocument) -> bytes:
    """What anyone downloads now."""
    assert document.file_id is not None
    _file, content = open_file(SYSTEM, document.file_id)
    with content:
        return content.read()


def fall_due(document: VerifiableDocument, ago: dt.timedelta = dt.timedelta(days=2)) -> None:
    VerifiableDocument.objects.filter(pk=document.pk).update(archive_due_at=now() - ago)


def test_what_is_downloaded_is_the_archived_form_and_both_forms_are_known(issue: Issue) -> None:
    document = issue()
    signed = read(document)

    deliver_all()

    archived = read(document)
    assert archived.startswith(signed)
    assert StoredFile.objects.get().size == len(archived)
    first, second = check_file(signed), check_file(archived)
    assert (first.verdict, first.issued, first.report.archived_at) == (Verdict.GENUINE, document, None)
    assert (second.verdict, second.issued, second.is_as_issued) == (Verdict.GENUINE, document, True)
    assert {each.report.level for each in second.signers} == {SignatureLevel.B_LTA}
    form = ArchivedForm.objects.get()
    assert second.report.archived_at == form.stamped_at
    document.refresh_from_db()
    assert document.sha256 == hashlib.sha256(signed).hexdigest()
    assert document.archive_due_at == form.good_until - RENEWED_BEFORE
    entries = find_entries(f"signing.document:{document.pk}")
    assert [(e.action, e.detail["sha256"]) for e in entries] == [("signing.document_archived", form.sha256)]


def test_an_archived_form_outlives_its_signer(issue: Issue) -> None:
    document = issue()
    signed = read(document)
    deliver_all()

    revoke_credential(code=PERSON, because="thử")

    assert check_file(read(document)).verdict is Verdict.GENUINE
    assert check_file(signed).verdict is Verdict.UNTRUSTED


def test_archiving_again_changes_nothing(issue: Issue) -> None:
    document = issue()
    deliver_all()
    archived = read(document)

    assert archive_issued(document_id=document.pk) is False
    keep_archives()

    assert read(document) == archived
    assert (ArchivedForm.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_a_document_nobody_keeps_for_long_is_left_alone(sign: Sign) -> None:
    register_issued(
        code=new_check_code(), content=sign(), owner_kind=OWNER, owner_id=uuid4(), stream="", title="Phiếu"
    )

    keep_archives()

    assert VerifiableDocument.objects.get().archive_due_at is None
    assert not Delivery.objects.exists()
    assert not ArchivedForm.objects.exists()


def test_a_service_that_is_down_is_asked_again(issue: Issue) -> None:
    document = issue()
    signed = read(document)

    with serve_time_stamps() as stamps:
        stamps.status = 500
        with pytest.raises(TimestampUnavailableError):
            deliver_all()
        assert read(document) == signed
        assert check_file(signed).verdict is Verdict.GENUINE
        delivery = Delivery.objects.get()
        assert (delivery.attempts, delivery.last_error) == (1, "signing.timestamp_unavailable")

        stamps.status = 200
        deliver_all()

    assert check_file(read(document)).report.archived_at is not None
    assert Delivery.objects.filter(delivered_at=None).count() == 0


@pytest.mark.usefixtures("leave_no_jobs")
@pytest.mark.django_db(transaction=True)
def test_while_the_service_takes_its_time_nothing_is_held(issue: Issue) -> None:
    document = issue()
    held: list[int] = []

    with serve_time_stamps() as stamps:
        stamps.before_answer = lambda: held.append(count_connections())
        assert archive_issued(document_id=document.pk) is True

    assert len(held) == stamps.asked > 0
    assert set(held) == {0}


@pytest.mark.usefixtures("leave_no_jobs")
@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_one_outcome_is_kept(issue: Issue) -> None:
    """While the service answers the first run, a second one comes and is done before it."""
    document = issue()
    overtaking: list[bool] = []

    def overtake() -> None:
        if overtaking:
            return
        overtaking.append(True)
        with override_settings(TSA_URL=""):
            overtaking.append(archive_issued(document_id=document.pk))
        connection.close()

    with serve_time_stamps() as stamps:
        stamps.before_answer = overtake
        overtaken = archive_issued(document_id=document.pk)

    assert (overtaking, overtaken) == ([True, True], False)
    assert ArchivedForm.objects.get().sha256 == hashlib.sha256(read(document)).hexdigest()


def test_a_time_stamp_is_renewed_before_it_ends(issue: Issue) -> None:
    document = issue()
    deliver_all()
    once = read(document)
    fall_due(document)

    keep_archives()

    twice = read(document)
    assert twice.startswith(once)
    assert (once.count(b"/DocTimeStamp"), twice.count(b"/DocTimeStamp")) == (1, 2)
    check = check_file(twice)
    assert (check.verdict, check.is_as_issued) == (Verdict.GENUINE, True)
    first, second = ArchivedForm.objects.all()
    assert check.report.archived_at == first.stamped_at <= second.stamped_at
    assert check_file(once).is_as_issued
    document.refresh_from_db()
    assert document.archive_due_at == second.good_until - RENEWED_BEFORE


def test_one_that_is_refused_rests_and_holds_up_no_other(issue: Issue, sign: Sign) -> None:
    lost, kept = issue(), issue()
    fall_due(lost, ago=dt.timedelta(days=3))
    fall_due(kept)
    StoredFile.objects.filter(owner_id=lost.owner_id).update(
        sha256=take_own_pdf(b"%PDF-1.7 another", name="a.pdf").sha256
    )

    with pytest.raises(NotTheIssuedDocumentError):
        keep_archives()

    assert ArchivedForm.objects.get().document == kept
    assert read(lost) == b"%PDF-1.7 another"
    lost.refresh_from_db()
    assert lost.archive_due_at is not None
    assert now() - lost.archive_due_at < dt.timedelta(minutes=1)


def test_what_a_revoked_signer_left_stays_as_it_was(issue: Issue) -> None:
    document = issue()
    signed = read(document)
    revoke_credential(code=PERSON, because="mất thiết bị")

    with pytest.raises(CertificateNotTrustedError):
        archive_issued(document_id=document.pk)

    assert read(document) == signed
    assert not ArchivedForm.objects.exists()


def test_without_a_service_documents_wait_for_one(issue: Issue) -> None:
    document = issue()
    fall_due(document)

    with override_settings(IS_DEMO=False):
        deliver_all()
        keep_archives()

    assert not Delivery.objects.filter(delivered_at=None).exists()
    assert not ArchivedForm.objects.exists()
    keep_archives()
    assert ArchivedForm.objects.get().document == document


def test_the_page_behind_the_qr_tells_of_the_time_stamp(issue: Issue, client: Client) -> None:
    document = issue()
    url = reverse("signing:verify-code", args=[document.code])
    before = client.get(url).content.decode()

    deliver_all()

    assert "Dấu thời gian lưu trữ" not in before
    assert "Dấu thời gian lưu trữ" in client.get(url).content.decode()


def count_connections() -> int:
    """Of this process to its database, this question left out."""
    told = connection.settings_dict
    with psycopg.connect(
        dbname=told["NAME"], user=told["USER"], host=told["HOST"], port=told["PORT"] or None
    ) as own:
        found = own.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
        assert found is not None
        return int(found[0])
