from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.audit.merkle import get_proofs, get_root, hash_leaf, hash_node, is_included

# RFC 6962 test vectors of the certificate-transparency project: eight leaves, roots of the first n.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("count", range(1, 9))
def test_roots_are_those_of_the_standard(count: int) -> None:
    assert get_root(LEAVES[:count]).hex() == ROOTS[count - 1]


def test_empty_day_has_a_root_of_its_own() -> None:
    assert get_root([]) == hashlib.sha256(b"").digest()


def test_leaf_never_passes_for_a_node() -> None:
    left, right = hash_leaf(b"a"), hash_leaf(b"b")

    assert get_root([left + right]) != hash_node(left, right)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40, unique=True), st.data())
def test_every_leaf_and_nothing_else_is_proved(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    root, (path,) = get_root(leaves), get_proofs(leaves, [index])

    assert is_included(leaves[index], index, len(leaves), path, root)
    assert not is_included(b"another leaf", index, len(leaves), path, root)
    assert not is_included(leaves[index], index + 1, len(leaves), path, root) or len(leaves) == 1
    assert not is_included(leaves[index], index, len(leaves), [*path, root], root)
    if path:
        assert not is_included(leaves[index], index, len(leaves), path[:-1], root)


def test_proofs_of_several_leaves_come_together() -> None:
    root, paths = get_root(LEAVES), get_proofs(LEAVES, [0, 3, 7])

    assert [is_included(LEAVES[i], i, 8, path, root) for i, path in zip((0, 3, 7), paths, strict=True)] == [
        True
    ] * 3
