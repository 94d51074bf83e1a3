"""How fingerprints, serial numbers and instants of signing are written."""

from __future__ import annotations

import datetime as dt

from django import template

from ..selectors import find_archived_at
from ..wording import write_signed_at

register = template.Library()


@register.simple_tag
def archived_at(code: str) -> dt.datetime | None:
    """When the document of this check code got its archive time stamp; None before."""
    return find_archived_at(code)


@register.filter
def fingerprint(value: str) -> str:
    """b71e 04d9 3c55 a8f2 … 9e10 6b4c: groups of four, the middle left out."""
    groups = [value[start : start + 4] for start in range(0, len(value), 4)]
    return f"{' '.join(groups[:4])} … {' '.join(groups[-2:])}" if len(groups) > 6 else " ".join(groups)


@register.filter
def short_serial(value: str) -> str:
    return f"{value[:4]}…{value[-6:]}" if len(value) > 12 else value


@register.filter
def issuer_name(value: str) -> str:
    """The common name of an issuer, out of its whole distinguished name."""
    named = [
        part.removeprefix("Common Name: ") for part in value.split("; ") if part.startswith("Common Name: ")
    ]
    return named[0] if named else value


@register.filter
def signed_at(value: dt.datetime | None) -> str:
    return write_signed_at(value)
