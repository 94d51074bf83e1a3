"""Letters, for finding where two cells of a run-together table meet: "khoáng sảnMẫu số 9.docx"."""

from __future__ import annotations

_LETTERS = [chr(point) for point in range(0x41, 0x1F00) if chr(point).isalpha()]

LOWER = "".join(letter for letter in _LETTERS if letter.islower())
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
"""For character classes of regular expressions; `re` knows no \\p{Lu}."""
