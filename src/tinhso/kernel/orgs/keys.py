"""Ids made from what a thing is, so that every database and every load gives the same unit the same id."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid5

UNITS = UUID("7c7d3b0e-5a0f-5d55-9f4e-6b2f0c1d2025")
AGENCIES = UUID("0b6f2a52-3d0a-5b1c-8f0a-9a6e4c7d2025")


def get_unit_id(level: str, code: str, valid_from: dt.date) -> UUID:
    return uuid5(UNITS, f"{level}/{code}/{valid_from.isoformat()}")


def get_agency_id(key: str) -> UUID:
    """`key` names the agency in the list it is loaded from, e.g. "phu-tho/skhcn/2025"."""
    return uuid5(AGENCIES, key)
