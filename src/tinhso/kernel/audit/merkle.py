"""Merkle trees as in RFC 6962 section 2.1: 0x00 before a leaf, 0x01 before a node. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence


def hash_leaf(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class GrowingTree:
    """The root over leaves that come one by one, in memory for the logarithm of their number."""

    __slots__ = ("_peaks", "count")

    def __init__(self) -> None:
        self.count = 0
        self._peaks: list[bytes] = []

    def add(self, content: bytes) -> None:
        node = hash_leaf(content)
        self.count += 1
        size = self.count
        while size % 2 == 0:
            node = hash_node(self._peaks.pop(), node)
            size //= 2
        self._peaks.append(node)

    def root(self) -> bytes:
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        node = self._peaks[-1]
        for left in reversed(self._peaks[:-1]):
            node = hash_node(left, node)
        return node


def get_root(contents: Iterable[bytes]) -> bytes:
    tree = GrowingTree()
    for content in contents:
        tree.add(content)
    return tree.root()


def get_proofs(contents: Sequence[bytes], indexes: Sequence[int]) -> list[list[bytes]]:
    """The audit path (RFC 6962 section 2.1.1), leaf to root, of each index."""
    paths: list[list[bytes]] = [[] for _ in indexes]
    places = list(indexes)
    level = [hash_leaf(content) for content in contents]
    while len(level) > 1:
        for path, place in zip(paths, places, strict=True):
            if place ^ 1 < len(level):
                path.append(level[place ^ 1])
        places = [place // 2 for place in places]
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [hash_node(left, right) for left, right in pairs]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return paths


def is_included(content: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf to the root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, hash_leaf(content)
    for sibling in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            node = hash_node(sibling, node)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hash_node(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root
