"""How long what is lent or issued may last. Dated: a change adds a row, and older days keep theirs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeopleTerms:
    valid_from: dt.date
    delegation_days: int
    """Longest stretch of one delegation, first and last day counted."""
    token_days: int
    """Longest life of one API token, first and last day counted."""


# No text was found that fixes either number; both are the platform's own, long enough for a leave or
# a training course, short enough that a forgotten one ends by itself.
TERMS = (PeopleTerms(valid_from=dt.date(2025, 7, 1), delegation_days=90, token_days=365),)


def get_terms(on: dt.date) -> PeopleTerms:
    """The terms in force on a day; the earliest ones before the first day of all."""
    in_force = [terms for terms in TERMS if terms.valid_from <= on]
    return max(in_force, key=lambda terms: terms.valid_from) if in_force else TERMS[0]
