"""From a stream of bytes to an object in the store: measured, looked into, scanned, and then kept whole.

Needs no database, so it is done before the transaction that writes the row.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .errors import DisguisedFileError, EmptyFileError, FileTooLargeError, TypeNotAcceptedError
from .image_guard import refuse_bad_image
from .media import DOCUMENTS, IMAGES, KINDS, PDF, MediaKind, get_size_limit, list_extensions
from .names import clean_name, get_extension
from .pdf_guard import refuse_bad_pdf
from .scanning import scan
from .sniffing import sniff
from .storage import get_store, refuse_when_full

CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024
KIND_BY_EXTENSION = {extension: kind for kind in KINDS.values() for extension in kind.extensions}


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """Bytes that are in the store and passed every check; no row tells of them yet."""

    sha256: str
    size: int
    media_type: str
    name: str


def receive_file(content: BinaryIO, *, name: str, accept: frozenset[str] = DOCUMENTS) -> ReceivedFile:
    """Errors: every code of `files.errors` that refuses a file, files.scan_unavailable, files.storage_full."""
    store = get_store()
    with _incoming_path(store.incoming) as path:
        sha256, size = _write(content, path, limit=max(map(get_size_limit, accept)))
        kind = _look_into(path, size, name, accept)
        scan(path)
        store.keep(path, sha256)
    return ReceivedFile(sha256=sha256, size=size, media_type=kind.media_type, name=clean_name(name, kind))


def take_own_pdf(content: bytes, *, name: str) -> ReceivedFile:
    """A PDF the product itself has just made: kept like any other, without the suspicion that uploads get.

    Errors: files.storage_full.
    """
    store = get_store()
    with _incoming_path(store.incoming) as path:
        sha256, size = _write(io.BytesIO(content), path, limit=len(content))
        store.keep(path, sha256)
    return ReceivedFile(sha256=sha256, size=size, media_type=PDF.media_type, name=clean_name(name, PDF))


@contextmanager
def _incoming_path(folder: Path) -> Iterator[Path]:
    """A file of our own that is gone afterwards, unless the store took it over."""
    with refuse_when_full():
        handle, name = tempfile.mkstemp(prefix="file-", dir=folder)
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _write(content: BinaryIO, path: Path, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with refuse_when_full(), path.open("wb") as target:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise FileTooLargeError(limit=limit // MEGABYTE)
            digest.update(chunk)
            target.write(chunk)
    if size == 0:
        raise EmptyFileError
    return digest.hexdigest(), size


def _look_into(path: Path, size: int, name: str, accept: frozenset[str]) -> MediaKind:
    extension = get_extension(name)
    with path.open("rb") as file:
        kind = sniff(file, claimed=extension)
    _refuse_wrong_kind(kind, extension, accept)
    if kind is None:
        raise TypeNotAcceptedError(accepted=list_extensions(accept))
    if size > get_size_limit(kind.media_type):
        raise FileTooLargeError(limit=get_size_limit(kind.media_type) // MEGABYTE)
    if kind is PDF:
        refuse_bad_pdf(path)
    elif kind.media_type in IMAGES:
        refuse_bad_image(path, kind)
    return kind


def _refuse_wrong_kind(kind: MediaKind | None, extension: str, accept: frozenset[str]) -> None:
    """A picture may carry the other picture's extension, as telephones do; nothing else may."""
    claimed = KIND_BY_EXTENSION.get(extension)
    if claimed is not None and claimed is not kind:
        both = {claimed.media_type, kind.media_type if kind else ""}
        if not both <= IMAGES:
            raise DisguisedFileError(claimed=extension)
    if kind is None or kind.media_type not in accept:
        raise TypeNotAcceptedError(accepted=list_extensions(accept))
