"""Reading a PDF that may be hostile: bounded in size, in what it unpacks to, and in time."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, MiB, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader

LARGEST_FILE = 25 * MiB
MOST_REVISIONS = 60
MOST_SIGNATURES = 20
MOST_PAGES = 500
SECONDS = 12.0
LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=64 * MiB),
    document_budget=DocumentDecodeBudget(base_allowance=96 * MiB, max_ratio=8),
)


class TooHeavyError(Exception):
    """The document asks for more time or has more parts than any real one."""


class GuardedReader(PdfFileReader):
    """pyHanko's reader, which looks at the clock each time it reads an object."""

    def __init__(self, content: bytes, seconds: float = SECONDS) -> None:
        self._deadline = time.monotonic() + seconds
        super().__init__(io.BytesIO(content), decode_limits=LIMITS)
        if self.xrefs.total_revisions > MOST_REVISIONS:
            raise TooHeavyError

    def get_object(self, *args: Any, **kwargs: Any) -> generic.PdfObject:
        if time.monotonic() > self._deadline:
            raise TooHeavyError
        found: generic.PdfObject = PdfFileReader.get_object(self, *args, **kwargs)
        return found


def find_changed_pages(reader: GuardedReader, revision: int) -> tuple[int, ...]:
    """Pages, from 1, that reach an object written after a revision, or that came after it."""
    total = reader.xrefs.total_revisions
    touched = {
        (ref.idnum, ref.generation)
        for later in range(revision + 1, total)
        for ref in reader.xrefs.explicit_refs_in_revision(later)
    }
    if not touched:
        return ()
    before = int(reader.get_historical_resolver(revision).root["/Pages"]["/Count"])
    count = min(int(reader.root["/Pages"]["/Count"]), MOST_PAGES)
    return tuple(index + 1 for index in range(count) if index >= before or _reaches(reader, index, touched))


def _reaches(reader: PdfFileReader, index: int, touched: set[tuple[int, int]]) -> bool:
    page = reader.find_page_for_modification(index)[0]
    if (page.idnum, page.generation) in touched:
        return True
    parts = dict.items(page.get_object())
    return any(
        (ref.idnum, ref.generation) in touched
        for key, part in parts
        if key in ("/Contents", "/Annots", "/Resources")
        for ref in _walk(part, depth=6)
    )


def _walk(item: Any, depth: int) -> Iterator[generic.Reference]:
    if depth == 0:
        return
    if isinstance(item, generic.IndirectObject):
        yield item.reference
        item = item.get_object()
    if isinstance(item, generic.DictionaryObject):
        for key, value in dict.items(item):
            if key not in ("/Parent", "/P"):
                yield from _walk(value, depth - 1)
    elif isinstance(item, generic.ArrayObject):
        for value in list.__iter__(item):
            yield from _walk(value, depth - 1)
