"""Python and PostgreSQL fold alike, over every Vietnamese letter however it is typed."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from ..folding import fold, fold_words, split_matches

BASES = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = [base + tone for base, tone in itertools.product(BASES, TONES)]
LETTERS = sorted({*VOWELS, *(v.upper() for v in VOWELS), *"bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX"})

HOW_TYPED: dict[str, Callable[[str], str]] = {
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "tone apart, as Windows 1258 gives": lambda text: text,
}


def fold_in_sql(texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(ts_fold(t) ORDER BY n) FROM unnest(%s::text[]) WITH ORDINALITY AS u(t, n)",
            [texts],
        )
        (answer,) = cursor.fetchone()
    return list(answer)


@pytest.mark.parametrize("how", HOW_TYPED)
@pytest.mark.django_db
def test_every_letter_folds_to_its_base_in_both_languages(how: str) -> None:
    typed = [HOW_TYPED[how](letter) for letter in LETTERS]

    bare = [fold(letter) for letter in typed]

    assert len(typed) == 12 * 6 * 2 + 34
    assert set("".join(bare)) == set("abcdeghiklmnopqrstuvxy")
    assert [len(letter) for letter in bare] == [1] * len(typed)
    assert fold_in_sql(typed) == bare


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Quyết định", "quyet dinh"),
        ("QUYẾT  ĐỊNH\u00a0số\t12", "quyet dinh so 12"),
        (unicodedata.normalize("NFD", "Đồng Tháp"), "dong thap"),
        ("  Ủy ban\n nhân dân ", "uy ban nhan dan"),
        ("1.009374 / H44.12-261118-0041", "1.009374 / h44.12-261118-0041"),
        ("", ""),
    ],
)
@pytest.mark.django_db
def test_phrases(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold_in_sql([text]) == [folded]


ALPHABET = sorted({c for letter in LETTERS for c in letter + unicodedata.normalize("NFC", letter)})
OTHERS = [*" \t\u00a0\n-_%\\'1½ﬁçÜ", "\u2028"]


@given(st.lists(st.text(st.sampled_from([*ALPHABET, *OTHERS])), min_size=20, max_size=20))
@settings(max_examples=40, deadline=None)
@pytest.mark.django_db
def test_any_mixture_folds_alike_and_only_once(texts: list[str]) -> None:
    assert fold_in_sql(texts) == [fold(text) for text in texts]
    assert [fold(fold(text)) for text in texts] == [fold(text) for text in texts]


def test_words() -> None:
    assert fold_words(" Tỉnh  Phú Thọ ") == ["tinh", "phu", "tho"]
    assert fold_words(" \u0301 ") == []
    assert fold_words("") == []


def test_matches_are_shown_in_the_text_as_it_is_written() -> None:
    assert split_matches("Quyết định số 12", "dinh quyet") == [
        ("Quyết", True),
        (" ", False),
        ("định", True),
        (" số 12", False),
    ]


def test_a_decomposed_mark_stays_with_its_letter() -> None:
    name = unicodedata.normalize("NFD", "Đồng Tháp")

    pieces = split_matches(name, "ong thap")

    assert pieces == [("Đ", False), (name[1:6], True), (" ", False), (name[7:], True)]
    assert "".join(text for text, _ in pieces) == name


def test_no_query_marks_nothing() -> None:
    assert split_matches("Phú Thọ", " ") == [("Phú Thọ", False)]
