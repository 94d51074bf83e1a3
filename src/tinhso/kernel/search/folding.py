"""Vietnamese without its marks, so that "quyet dinh" finds "Quyết định"."""

from __future__ import annotations

import re
import unicodedata

MARKS = re.compile("[\u0300-\u036f]+")
SPACES = re.compile("[\t\n\v\f\r \u0085\u1680\u2028\u2029]+")
D_BAR = str.maketrans("Đđ", "dd")


def fold(text: str) -> str:
    """Lower case, no marks, đ as d, runs of spaces as one; composed and decomposed letters agree.

    The SQL function `ts_fold` gives the same answer step by step, and indexes store its answer:
    change neither without the other and a migration that rebuilds the indexes.
    """
    bare = MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(D_BAR)
    return SPACES.sub(" ", bare.lower()).strip(" ")


def fold_words(text: str) -> list[str]:
    return fold(text).split()


def split_matches(text: str, query: str) -> list[tuple[str, bool]]:
    """Cut `text` into pieces, each with whether it is what a word of `query` found; joined they give `text`.

    A mark typed as a letter of its own stays with the letter it belongs to.
    """
    bare, origins = "", list[int]()
    for index, letter in enumerate(text):
        letter_bare = MARKS.sub("", unicodedata.normalize("NFKD", letter)).translate(D_BAR).lower()
        bare += letter_bare
        origins += [index] * len(letter_bare)
    found = bytearray(len(text))
    for word in fold_words(query):
        start = bare.find(word)
        while start != -1:
            last = origins[start + len(word) - 1]
            found[origins[start] : last + 1] = b"\1" * (last + 1 - origins[start])
            start = bare.find(word, start + 1)
    pieces: list[tuple[str, bool]] = []
    for index, letter in enumerate(text):
        is_match = bool(found[index]) or bool(MARKS.fullmatch(letter) and pieces and pieces[-1][1])
        if pieces and pieces[-1][1] == is_match:
            pieces[-1] = (pieces[-1][0] + letter, is_match)
        else:
            pieces.append((letter, is_match))
    return pieces
