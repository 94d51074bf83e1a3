from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from tinhso.kernel.audit.journal import record
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.services import service

from ..shipped import FOLDER, ShippedLineage, ShippedUnit, read_country

LOCK = "LOCK TABLE orgs_administrativeunit IN SHARE ROW EXCLUSIVE MODE"

STAGE = """
CREATE TEMP TABLE shipped_unit ON COMMIT DROP AS
    SELECT id, code, level, kind, name, full_name, parent_id, area_km2, latitude, longitude, legal_basis,
           is_start_known, valid_from, valid_to
    FROM orgs_administrativeunit WITH NO DATA;
CREATE TEMP TABLE shipped_lineage ON COMMIT DROP AS
    SELECT old_id, new_id, kind, "on", is_default FROM orgs_unitlineage WITH NO DATA;
"""
COPY_UNITS = "COPY shipped_unit FROM STDIN"
COPY_LINEAGE = "COPY shipped_lineage FROM STDIN"

# A unit differs when it was withdrawn earlier, or when what it says differs. Its full name follows its parents.
CHANGED = """
WITH changed AS MATERIALIZED (
    SELECT u.id FROM orgs_administrativeunit u JOIN shipped_unit s USING (id)
    WHERE u.superseded_at IS NOT NULL
       OR (u.code, u.level, u.kind, u.name, u.parent_id, u.area_km2, u.latitude, u.longitude,
           u.legal_basis, u.is_start_known, u.valid_from, u.valid_to)
          IS DISTINCT FROM
          (s.code, s.level, s.kind, s.name, s.parent_id, s.area_km2, s.latitude, s.longitude,
           s.legal_basis, s.is_start_known, s.valid_from, s.valid_to)
), earlier AS (
    INSERT INTO orgs_administrativeunit (
        id, code, level, kind, name, full_name, parent_id, area_km2, latitude, longitude, legal_basis,
        is_start_known, valid_from, valid_to, is_shipped, recorded_at, superseded_at, belief_about_id)
    SELECT gen_random_uuid(), code, level, kind, name, full_name, parent_id, area_km2, latitude, longitude,
        legal_basis, is_start_known, valid_from, valid_to, is_shipped, recorded_at,
        coalesce(superseded_at, %(at)s), id
    FROM orgs_administrativeunit WHERE id IN (SELECT id FROM changed)
)
UPDATE orgs_administrativeunit u
SET code = s.code, level = s.level, kind = s.kind, name = s.name, full_name = s.full_name,
    parent_id = s.parent_id, area_km2 = s.area_km2, latitude = s.latitude, longitude = s.longitude,
    legal_basis = s.legal_basis, is_start_known = s.is_start_known, valid_from = s.valid_from,
    valid_to = s.valid_to, is_shipped = true, recorded_at = %(at)s, superseded_at = NULL
FROM shipped_unit s WHERE s.id = u.id AND u.id IN (SELECT id FROM changed)
"""

WITHDRAWN = """
UPDATE orgs_administrativeunit SET superseded_at = %(at)s
WHERE is_shipped AND superseded_at IS NULL AND id NOT IN (SELECT id FROM shipped_unit)
"""

ADDED = """
INSERT INTO orgs_administrativeunit (
    id, code, level, kind, name, full_name, parent_id, area_km2, latitude, longitude, legal_basis,
    is_start_known, valid_from, valid_to, is_shipped, recorded_at)
SELECT id, code, level, kind, name, full_name, parent_id, area_km2, latitude, longitude, legal_basis,
    is_start_known, valid_from, valid_to, true, %(at)s
FROM shipped_unit s WHERE NOT EXISTS (SELECT FROM orgs_administrativeunit u WHERE u.id = s.id)
"""

RENAMED_ABOVE = """
UPDATE orgs_administrativeunit u SET full_name = s.full_name
FROM shipped_unit s WHERE s.id = u.id AND u.full_name <> s.full_name
"""

UNLINKED = """
DELETE FROM orgs_unitlineage l
USING orgs_administrativeunit old, orgs_administrativeunit new
WHERE old.id = l.old_id AND new.id = l.new_id AND old.is_shipped AND new.is_shipped
  AND (l.old_id, l.new_id, l.kind, l."on", l.is_default) NOT IN
      (SELECT old_id, new_id, kind, "on", is_default FROM shipped_lineage)
"""

LINKED = """
INSERT INTO orgs_unitlineage (old_id, new_id, kind, "on", is_default)
SELECT old_id, new_id, kind, "on", is_default FROM shipped_lineage s
WHERE NOT EXISTS (SELECT FROM orgs_unitlineage l WHERE l.old_id = s.old_id AND l.new_id = s.new_id)
"""

UNSTAGE = "DROP TABLE shipped_unit, shipped_lineage"


@dataclass(frozen=True, slots=True)
class UnitsLoaded:
    """How many rows the load changed; all zero when the database already held the shipped files."""

    added: int
    corrected: int
    withdrawn: int
    linked: int
    unlinked: int


@service
def load_units(*, progress: Callable[[str], None] = lambda line: None, folder: Path = FOLDER) -> UnitsLoaded:
    """Bring the administrative units to the files the product ships. Idempotent.

    A unit whose row differs is corrected: it keeps its id, and the earlier belief is laid aside as a superseded
    row. A unit the files no longer hold is superseded. Units entered by hand are left alone.
    """
    country = read_country(folder)
    progress(f"read {len(country.units)} units and {len(country.lineage)} links between them")
    at = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(STAGE)
        _copy(cursor, COPY_UNITS, map(_as_row, country.units))
        _copy(cursor, COPY_LINEAGE, map(_as_row, country.lineage))
        withdrawn = _change(cursor, WITHDRAWN, at)
        corrected = _change(cursor, CHANGED, at)
        added = _change(cursor, ADDED, at)
        _change(cursor, RENAMED_ABOVE)
        unlinked = _change(cursor, UNLINKED)
        linked = _change(cursor, LINKED)
        cursor.execute(UNSTAGE)
    loaded = UnitsLoaded(
        added=added, corrected=corrected, withdrawn=withdrawn, linked=linked, unlinked=unlinked
    )
    if any(dataclasses.astuple(loaded)):
        record(
            stream="orgs.units",
            action="orgs.units_loaded",
            actor=SYSTEM,
            detail=dataclasses.asdict(loaded),
        )
    progress(
        f"added {added}, corrected {corrected}, withdrew {withdrawn}; linked {linked}, unlinked {unlinked}"
    )
    return loaded


def _as_row(row: ShippedUnit | ShippedLineage) -> list[object]:
    return [getattr(row, field.name) for field in dataclasses.fields(row)]


def _copy(cursor: CursorWrapper, statement: str, rows: Iterable[list[object]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _change(cursor: CursorWrapper, statement: str, at: dt.datetime | None = None) -> int:
    cursor.execute(statement, {"at": at})
    return int(cursor.rowcount)
