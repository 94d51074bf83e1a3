"""Territories and agencies, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from tinhso.kernel.errors import NotFoundError

from .models import Agency, AgencyFunction

DESCENDANTS = """
WITH RECURSIVE below(root, id) AS (
    SELECT id, id FROM orgs_agency WHERE id = ANY(%s)
    UNION ALL
    SELECT b.root, a.id FROM orgs_agency a JOIN below b ON a.parent_id = b.id
    WHERE a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to >= %s)
)
SELECT root, id FROM below WHERE root <> id
"""


def find_descendant_ids(agency_ids: Sequence[UUID], on: dt.date) -> dict[UUID, set[UUID]]:
    """For each agency, every agency below it on that day. One query; none for an empty list."""
    if not agency_ids:
        return {}
    found: dict[UUID, set[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(DESCENDANTS, [list(agency_ids), on, on])
        for root, agency in cursor.fetchall():
            found.setdefault(root, set()).add(agency)
    return found


def get_agency(agency_id: UUID) -> Agency:
    try:
        return Agency.objects.select_related("unit").get(pk=agency_id)
    except Agency.DoesNotExist as error:
        raise NotFoundError from error


def get_agency_for_function(function: str, on: dt.date) -> Agency:
    """The agency that owns a function on a day (dated data, never a constant)."""
    row = AgencyFunction.objects.as_of(on).filter(function=function).select_related("agency").first()
    if row is None:
        raise NotFoundError
    return row.agency
