"""What the busiest acts ask of the database: a fixed number of statements, however much is attached or waits."""

from __future__ import annotations

import hashlib

import pytest
from conftest import Cast
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now

from ..choices import DossierStatus
from ..models import Dossier, FilingDraft, ProcedureVersion
from ..selectors.worklist import find_used_procedures
from ..services.file_dossier import FILE_OWNER_KIND
from .conftest import file_one

FILING = 20
ACCEPTING = 14
WORKLIST = 10


@pytest.fixture
def browse(client: Client, cast: Cast, version: ProcedureVersion) -> Client:
    """A browser that was here before, at a server that has read the procedure and the calendar."""
    client.force_login(cast.citizen)
    press_file(client, start(cast, version, papers=1))
    client.force_login(cast.officer)
    press_accept(client, file_one(cast, version, key="first"))
    return client


@pytest.mark.parametrize("papers", [1, 5])
def test_filing(
    browse: Client,
    cast: Cast,
    version: ProcedureVersion,
    django_assert_num_queries: DjangoAssertNumQueries,
    papers: int,
) -> None:
    browse.force_login(cast.citizen)
    draft = start(cast, version, papers=papers)

    with django_assert_num_queries(FILING):
        press_file(browse, draft)

    assert Dossier.objects.get(pk=draft.pk).papers.count() == papers


def test_accepting(
    browse: Client, cast: Cast, version: ProcedureVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dossier = file_one(cast, version)

    with django_assert_num_queries(ACCEPTING):
        press_accept(browse, dossier)

    dossier.refresh_from_db()
    assert dossier.status == DossierStatus.ACCEPTED


def test_the_worklist(
    browse: Client, cast: Cast, version: ProcedureVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(WORKLIST):
        browse.get("/lam-viec")
    for number in range(5):
        file_one(cast, version, key=f"more-{number}")

    with django_assert_num_queries(WORKLIST):
        answer = browse.get("/lam-viec")

    assert answer.content.count(b'class="code ts-num"') == 7
    assert find_used_procedures(cast.actor("officer")) == [("1.004873", version.name)]


def start(cast: Cast, version: ProcedureVersion, *, papers: int) -> FilingDraft:
    draft_id = new_id()
    files = StoredFile.objects.bulk_create(
        StoredFile(
            owner_kind=FILE_OWNER_KIND,
            owner_id=draft_id,
            name="can-cuoc.pdf",
            media_type="application/pdf",
            size=5,
            sha256=hashlib.sha256(b"paper").hexdigest(),
            created_by_id=cast.citizen.pk,
        )
        for _ in range(papers)
    )
    return FilingDraft.objects.create(
        id=draft_id,
        account=cast.citizen,
        version=version,
        agency_id=cast.ward.pk,
        values={"purpose": "Mua bán nhà đất"},
        papers={"id": [str(file.pk) for file in files]},
        idempotency_key=str(draft_id),
        updated_at=now(),
    )


def press_file(client: Client, draft: FilingDraft) -> None:
    answer = client.post(f"/to-khai/{draft.pk}/kiem-tra")
    assert answer.status_code == 302


def press_accept(client: Client, dossier: Dossier) -> None:
    answer = client.post(f"/lam-viec/ho-so/{dossier.pk}/tiep-nhan", {"key": str(dossier.pk)})
    assert answer.status_code == 302
