from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.storage import FileSystemStorage
from pytest_django import Settings

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.files.errors import FileVanishedError
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.files.receiving import receive_file
from tinhso.kernel.files.selectors import find_files, open_file
from tinhso.kernel.files.services import hand_over_files, keep_file, remove_file, store_file, sweep_orphans
from tinhso.kernel.files.storage import BucketStore, locate
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import NOBODY, SYSTEM, Actor, ActorKind
from tinhso.kernel.registry import FileGate, RegistryError, SystemManifest

from . import samples

pytestmark = pytest.mark.django_db

OWNER = new_id()
OTHER_OWNER = new_id()
READER = Actor(kind=ActorKind.CITIZEN, account_id=new_id(), name="Trần Văn Dũng")
STRANGER = Actor(kind=ActorKind.CITIZEN, account_id=new_id(), name="Nguyễn Thị Hồng Nhung")


def may_read(actor: Actor, owner_id: UUID) -> bool:
    return owner_id == OWNER and actor.account_id == READER.account_id


@pytest.fixture(autouse=True)
def folder(install: Callable[[SystemManifest], None], settings: Settings, tmp_path: Path) -> Path:
    gates = (FileGate("boxes.box", may_read), FileGate("boxes.draft", may_read))
    install(SystemManifest(code="boxes", label="Boxes", file_gates=gates))
    settings.FILE_STORAGE = {"folder": tmp_path / "files"}
    return tmp_path / "files"


def _store(content: bytes = samples.PDF, name: str = "đơn.pdf") -> StoredFile:
    return store_file(
        actor=READER, content=io.BytesIO(content), name=name, owner_kind="boxes.box", owner_id=OWNER
    )


def _read(file: StoredFile) -> bytes:
    _, content = open_file(READER, file.pk)
    with content:
        return content.read()


def _objects(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def _age(folder: Path, age: dt.timedelta) -> None:
    moment = (now() - age).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment))


def test_row_tells_of_the_object() -> None:
    file = _store()

    row = StoredFile.objects.get()
    assert row.pk == file.pk
    assert (row.name, row.media_type, row.size) == ("đơn.pdf", "application/pdf", len(samples.PDF))
    assert (row.owner_kind, row.owner_id, row.created_by_id) == ("boxes.box", OWNER, READER.account_id)


def test_owner_without_a_gate_is_refused() -> None:
    with pytest.raises(RegistryError, match=r"no file gate for boxes\.lid"):
        store_file(
            actor=READER,
            content=io.BytesIO(samples.PDF),
            name="đơn.pdf",
            owner_kind="boxes.lid",
            owner_id=OWNER,
        )

    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("actor", [READER, SYSTEM])
def test_gate_lets_its_readers_in(actor: Actor) -> None:
    file = _store()

    found, content = open_file(actor, file.pk)

    with content:
        assert (found.pk, content.read()) == (file.pk, samples.PDF)


@pytest.mark.parametrize("actor", [STRANGER, NOBODY])
def test_for_a_stranger_there_is_no_file(actor: Actor) -> None:
    file = _store()

    with pytest.raises(NotFoundError):
        open_file(actor, file.pk)


def test_object_lost_from_the_store_is_a_fault_of_ours(folder: Path) -> None:
    file = _store()
    (folder / locate(file.sha256)).unlink()

    with pytest.raises(FileVanishedError) as refusal:
        open_file(READER, file.pk)

    assert (refusal.value.code, refusal.value.status) == ("files.vanished", 500)


def test_files_follow_a_draft_into_its_record() -> None:
    received = receive_file(io.BytesIO(samples.PNG), name="ảnh.png")
    kept = keep_file(actor=READER, received=received, owner_kind="boxes.draft", owner_id=OTHER_OWNER)

    moved = hand_over_files(owner_kind="boxes.draft", owner_id=OTHER_OWNER, to_kind="boxes.box", to_id=OWNER)

    assert moved == 1
    assert list(find_files("boxes.box", OWNER)) == [kept]


def test_file_of_another_owner_is_not_removed() -> None:
    file = _store()

    with pytest.raises(NotFoundError):
        remove_file(file_id=file.pk, owner_kind="boxes.box", owner_id=OTHER_OWNER)

    assert StoredFile.objects.count() == 1


def test_sweep_drops_old_objects_no_row_tells_of(folder: Path) -> None:
    removed, shared = _store(), _store(samples.PNG, "ảnh.png")
    _store(samples.PNG, "ảnh khác.png")
    receive_file(io.BytesIO(samples.DOCX), name="không ai giữ.docx")
    (folder / "incoming" / "file-half").write_bytes(b"half")
    remove_file(file_id=removed.pk, owner_kind="boxes.box", owner_id=OWNER)
    remove_file(file_id=shared.pk, owner_kind="boxes.box", owner_id=OWNER)
    _age(folder, dt.timedelta(hours=25))

    sweep_orphans()

    assert _objects(folder) == 1
    assert _read(StoredFile.objects.get()) == samples.PNG


def test_sweep_leaves_young_objects_to_whoever_is_about_to_keep_them(folder: Path) -> None:
    received = receive_file(io.BytesIO(samples.PDF), name="đơn.pdf")
    _age(folder, dt.timedelta(hours=25))
    again = receive_file(io.BytesIO(samples.PDF), name="đơn.pdf")

    sweep_orphans()
    file = keep_file(actor=READER, received=again, owner_kind="boxes.box", owner_id=OWNER)

    assert again.sha256 == received.sha256
    assert _read(file) == samples.PDF


def test_bucket_keeps_opens_and_drops(tmp_path: Path) -> None:
    store = BucketStore(FileSystemStorage(tmp_path / "bucket", allow_overwrite=True))
    for _ in range(2):
        path = store.incoming / "file-test-bucket"
        path.write_bytes(samples.PDF)
        store.keep(path, "ab" * 32)

    with store.open("ab" * 32) as content:
        assert content.read() == samples.PDF
    later = now() + dt.timedelta(minutes=1)
    assert list(store.find_older(later)) == ["ab" * 32]
    assert not store.drop_if_older("ab" * 32, now() - dt.timedelta(minutes=1))
    assert store.drop_if_older("ab" * 32, later)
    assert list(store.find_older(later)) == []
