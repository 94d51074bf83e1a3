"""Where the bytes are: objects named by their SHA-256, in a folder or in a bucket."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage
from django.utils.module_loading import import_string

from .errors import FileVanishedError, StorageFullError

log = structlog.get_logger(__name__)

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Store(Protocol):
    incoming: Path
    """Where a file is written while it is looked at, before it is kept."""

    def keep(self, path: Path, sha256: str) -> None:
        """Take over the file at `path`. An object that is there already is used again, its age set back."""

    def open(self, sha256: str) -> BinaryIO: ...

    def drop_if_older(self, sha256: str, moment: dt.datetime) -> bool: ...

    def find_older(self, moment: dt.datetime) -> Iterator[str]: ...

    def drop_incoming(self, moment: dt.datetime) -> None:
        """What a process that was killed left half received."""


class FolderStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.incoming = folder / "incoming"
        self.incoming.mkdir(parents=True, exist_ok=True)

    def keep(self, path: Path, sha256: str) -> None:
        target = self._path(sha256)
        with contextlib.suppress(FileNotFoundError):
            os.utime(target)
            path.unlink()
            return
        with refuse_when_full():
            target.parent.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as file:
                os.fsync(file.fileno())
            path.chmod(0o640)
            path.rename(target)
            _sync_folder(target.parent)

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError as error:
            log.error("file_vanished", object=sha256)
            raise FileVanishedError from error

    def drop_if_older(self, sha256: str, moment: dt.datetime) -> bool:
        """Moved aside first: a file that comes in again meanwhile makes it young or writes it anew."""
        path, aside = self._path(sha256), self.incoming / f"{sha256}.dropped"
        try:
            path.rename(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime >= moment.timestamp():
            aside.rename(path)
            return False
        aside.unlink()
        return True

    def find_older(self, moment: dt.datetime) -> Iterator[str]:
        for path in self.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if path.stat().st_mtime < moment.timestamp():
                yield path.name

    def drop_incoming(self, moment: dt.datetime) -> None:
        _drop_older(self.incoming.glob("*"), moment)

    def _path(self, sha256: str) -> Path:
        return self.folder / locate(sha256)


class BucketStore:
    """Any Django storage that overwrites and lists, such as S3 through django-storages."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.incoming = Path(tempfile.gettempdir()) / "tinhso-incoming"
        self.incoming.mkdir(mode=0o700, exist_ok=True)

    def keep(self, path: Path, sha256: str) -> None:
        """Sent again even when it is there: that is what makes the object young."""
        with path.open("rb") as content:
            self.storage.save(locate(sha256), File(content))
        path.unlink()

    def open(self, sha256: str) -> BinaryIO:
        try:
            return cast(BinaryIO, self.storage.open(locate(sha256)))
        except FileNotFoundError as error:
            log.error("file_vanished", object=sha256)
            raise FileVanishedError from error

    def drop_if_older(self, sha256: str, moment: dt.datetime) -> bool:
        if self.storage.get_modified_time(locate(sha256)) >= moment:
            return False
        self.storage.delete(locate(sha256))
        return True

    def find_older(self, moment: dt.datetime) -> Iterator[str]:
        for first in self.storage.listdir("")[0]:
            for second in self.storage.listdir(first)[0]:
                for name in self.storage.listdir(f"{first}/{second}")[1]:
                    if self.storage.get_modified_time(locate(name)) < moment:
                        yield name

    def drop_incoming(self, moment: dt.datetime) -> None:
        _drop_older(self.incoming.glob("file-*"), moment)


def get_store() -> Store:
    options: dict[str, Any] = settings.FILE_STORAGE
    if "folder" in options:
        return _get_folder(str(options["folder"]))
    return BucketStore(_get_bucket())


def locate(sha256: str) -> str:
    """The object's place below the folder or in the bucket: `ab/cd/abcd…`."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


@contextlib.contextmanager
def refuse_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFullError from error
        raise


@cache
def _get_folder(folder: str) -> FolderStore:
    return FolderStore(Path(folder))


@cache
def _get_bucket() -> Storage:
    make: Callable[..., Storage] = import_string(settings.FILE_STORAGE["BACKEND"])
    return make(**settings.FILE_STORAGE["OPTIONS"])


def _drop_older(paths: Iterable[Path], moment: dt.datetime) -> None:
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < moment.timestamp():
                path.unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
