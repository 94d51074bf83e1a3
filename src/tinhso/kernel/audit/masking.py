"""What an auditor reads of an entry's detail: the facts, with what is personal about people struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps

from tinhso.kernel.privacy import get_personal_field_names
from tinhso.kernel.web.formats import mask_number

STRUCK = "•••"
NUMBER = re.compile(r"(?<![\w-])\d{12}(?![\w-])")
CONTACT = re.compile(r"(?<![\w-])(?:0|\+84)\d{9}(?![\w-])|[^\s@<>\"'(]+@[\w-]+(?:\.[\w-]+)+")


def list_masked(detail: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and value of each member, members of members by their path, personal ones struck out.

    Personal is what a model of any room calls so (`privacy.personal`), and what looks like a citizen number, a
    telephone number or an address wherever it stands.
    """
    for key, value in detail.items():
        name = f"{prefix}{key}"
        if key in _get_personal_names():
            yield name, STRUCK
        elif isinstance(value, Mapping):
            yield from list_masked(value, f"{name}.")
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            yield from list_masked({str(place): item for place, item in enumerate(value, 1)}, f"{name}.")
        elif isinstance(value, list):
            yield name, ", ".join(_mask_text(str(item)) for item in value)
        else:
            yield name, "" if value is None else _mask_text(str(value))


def _mask_text(text: str) -> str:
    return CONTACT.sub(STRUCK, NUMBER.sub(lambda match: mask_number(match[0]), text))


@cache
def _get_personal_names() -> frozenset[str]:
    return frozenset().union(*map(get_personal_field_names, apps.get_models()))
