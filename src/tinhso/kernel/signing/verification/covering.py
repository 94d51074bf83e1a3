"""What the signatures of a file cover, read from the bytes alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")


@dataclass(frozen=True, slots=True)
class Covering:
    """The bytes one signature covers: from 0 to `gap_start`, and from `gap_end` to `end`."""

    gap_start: int
    gap_end: int
    end: int
    covered_sha256: str
    signature_sha256: str


def find_coverings(content: bytes) -> list[Covering]:
    """Of every signature in the file, by where it ends. Ranges that make no sense are left out."""
    found = []
    for match in BYTE_RANGE.finditer(content):
        start, gap_start, gap_end, length = (int(number) for number in match.groups())
        end = gap_end + length
        if start == 0 and gap_start < gap_end <= end <= len(content):
            found.append(_read(content, gap_start, gap_end, end))
    return sorted(found, key=lambda covering: covering.end)


def find_last_signature(content: bytes) -> Covering | None:
    return next(reversed(find_coverings(content)), None)


def _read(content: bytes, gap_start: int, gap_end: int, end: int) -> Covering:
    covered = hashlib.sha256(content[:gap_start])
    covered.update(content[gap_end:end])
    return Covering(
        gap_start=gap_start,
        gap_end=gap_end,
        end=end,
        covered_sha256=covered.hexdigest(),
        signature_sha256=hashlib.sha256(content[gap_start:gap_end]).hexdigest(),
    )
