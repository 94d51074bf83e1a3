"""What the signatures of a file cover, read from the bytes alone: it works on files no reader opens."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
LOWER_HEX = re.compile(rb"<[0-9a-f]*>")
UPPER_HEX = re.compile(rb"<[0-9A-F]*>")
MOST_COVERINGS = 40


@dataclass(frozen=True, slots=True)
class Covering:
    """The bytes one signature covers: from 0 to `gap_start`, and from `gap_end` to `end`."""

    gap_start: int
    gap_end: int
    end: int

    def get_container(self, content: bytes) -> bytes:
        """The signature as it stands in the gap: hexadecimal between angle brackets."""
        return content[self.gap_start : self.gap_end]


def find_coverings(content: bytes) -> list[Covering]:
    """Of every signature in the file, by where it ends. Ranges that make no sense are left out."""
    found = []
    for match in BYTE_RANGE.finditer(content):
        start, gap_start, gap_end, length = (int(number) for number in match.groups())
        end = gap_end + length
        if start == 0 and gap_start < gap_end <= end <= len(content):
            found.append(Covering(gap_start, gap_end, end))
    return sorted(found[:MOST_COVERINGS], key=lambda covering: covering.end)


def find_traces(content: bytes) -> list[str]:
    """SHA-256 of each signature and of what each covers."""
    traces = []
    for covering in find_coverings(content):
        covered = hashlib.sha256(memoryview(content)[: covering.gap_start])
        covered.update(memoryview(content)[covering.gap_end : covering.end])
        traces += [covered.hexdigest(), hashlib.sha256(covering.get_container(content)).hexdigest()]
    return traces


def is_plainly_written(container: bytes, signature_length: int) -> bool:
    """Whether the gap holds nothing but the signature and zeros, as signing leaves it.

    The gap is the one part no signature covers: a bit flipped in its padding, or in the case of a digit,
    would otherwise pass unseen.
    """
    if not (LOWER_HEX.fullmatch(container) or UPPER_HEX.fullmatch(container)):
        return False
    return not container[1 + 2 * signature_length : -1].strip(b"0")
