"""Looks into a PDF in a process of its own, with a bounded memory and time: `python -m … PATH`.

Prints one word: `ok`, `bomb`, `locked` or `broken`. The process may also be killed by its limits, which
the caller reads as a bomb. Imports nothing of the product.
"""

from __future__ import annotations

import collections
import math
import mmap
import re
import resource
import sys
import zlib
from collections.abc import Iterator

import pypdfium2

MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 20
MOST_PAGES = 3_000
MOST_DOTS = 400_000_000
"""In one picture."""
MOST_STREAM = 200 * 1024 * 1024
"""One stream, expanded: a page of 66 million dots in colour."""
MOST_BYTES = 1024 * 1024 * 1024
"""All streams together, expanded."""
MOST_FILTERS = 3
"""How many deflations, one inside the other, are looked into."""
CHUNK = 1024 * 1024
DROP = 64 * 1024
LONGEST_DICTIONARY = 4_096
STREAM = re.compile(rb"stream\r?\n")
SIDE = {name: re.compile(rb"/%b\s+(\d{1,10})" % name) for name in (b"Width", b"Height")}


class BombError(Exception):
    pass


class Meter:
    """Counts what flows past and stops the flow when it is too much."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0

    def watch(self, flow: Iterator[bytes]) -> Iterator[bytes]:
        for piece in flow:
            self.size += len(piece)
            if self.size > self.limit:
                raise BombError
            yield piece


def main(path: str) -> str:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            measure(content)
        return count_pages(path)
    except (BombError, MemoryError):
        return "bomb"


def measure(content: mmap.mmap) -> None:
    """Expands every stream that deflation can expand, drop by drop, keeping nothing.

    The dictionary before a stream is not asked for its filters: it may hide them behind a reference.
    """
    left = MOST_BYTES
    for match in STREAM.finditer(content):
        before = content[max(0, match.start() - LONGEST_DICTIONARY) : match.start()]
        refuse_huge_picture(before[before.rfind(b"obj") + 1 :])
        left -= expand(read_drops(content, match.end()), min(MOST_STREAM, left))


def refuse_huge_picture(dictionary: bytes) -> None:
    sides = [pattern.search(dictionary) for pattern in SIDE.values()]
    if all(sides) and math.prod(int(side[1]) for side in sides if side) > MOST_DOTS:
        raise BombError


def expand(drops: Iterator[bytes], limit: int) -> int:
    meters = [Meter(limit) for _ in range(MOST_FILTERS)]
    flow = drops
    for depth, meter in enumerate(meters):
        flow = meter.watch(inflate(flow, is_outermost=depth == 0))
    for _piece in flow:
        pass
    return sum(meter.size for meter in meters)


def inflate(drops: Iterator[bytes], *, is_outermost: bool) -> Iterator[bytes]:
    machine = zlib.decompressobj()
    for drop in drops:
        waiting = drop
        while waiting and not machine.eof:
            try:
                piece = machine.decompress(waiting, CHUNK)
            except zlib.error:
                if not is_outermost:  # what comes out of the filter before still has to be counted
                    collections.deque(drops, maxlen=0)
                return
            waiting = machine.unconsumed_tail
            yield piece
        if machine.eof and is_outermost:
            return


def read_drops(content: mmap.mmap, start: int) -> Iterator[bytes]:
    for place in range(start, len(content), DROP):
        yield content[place : place + DROP]


def count_pages(path: str) -> str:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return "locked" if "password" in str(error).lower() else "broken"
    try:
        pages = len(document)
    finally:
        document.close()
    if pages == 0:
        return "broken"
    return "bomb" if pages > MOST_PAGES else "ok"


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1]))
