from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from tinhso.kernel.audit.journal import record
from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.search.folding import fold
from tinhso.kernel.services import service

from ..choices import RecordState
from ..data.national.building import Arrangement, build_version, get_form_code
from ..data.national.competence import Competence
from ..data.national.record import PublishedProcedure
from ..data.procedure_file import Term, VersionFile
from ..data.reading import read_form
from ..errors import RecordNotFoundError, RecordNotSettledError, RecordReplacedError
from ..models import NationalRecord, Procedure, ProcedureVersion
from ..permissions import MANAGE_CATALOGUE
from ..selectors.national import get_settled

LONGEST_NAME = 600
ONE_DAY = dt.timedelta(days=1)


@service
def publish_record(*, actor: Actor, record_id: UUID) -> None:
    """Show the record to the public from today on; dossiers filed before keep their version.

    Raises: RecordNotFoundError, RecordReplacedError, RecordNotSettledError.
    """
    actor.require(MANAGE_CATALOGUE)
    publish(actor=actor, row=lock_record(record_id))


@service
def publish_records(*, actor: Actor, record_ids: Iterable[UUID]) -> int:
    """Those of the given records that wait for nothing else. Returns how many were published."""
    actor.require(MANAGE_CATALOGUE)
    lock_catalogue()
    rows = NationalRecord.objects.select_for_update().filter(
        pk__in=list(record_ids), is_current=True, state=RecordState.READY
    )
    found = list(rows.order_by("pk"))
    for row in found:
        publish(actor=actor, row=row)
    return len(found)


def lock_catalogue() -> None:
    """One writer of imported records at a time: an import and an answer for many records touch the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('onestop.national_records', 0))")


def lock_record(record_id: UUID) -> NationalRecord:
    lock_catalogue()
    row = NationalRecord.objects.select_for_update().filter(pk=record_id).first()
    if row is None:
        raise RecordNotFoundError
    if not row.is_current:
        raise RecordReplacedError
    return row


def publish(*, actor: Actor, row: NationalRecord) -> None:
    """Inside a service that holds the catalogue's lock."""
    if row.open_doubts:
        raise RecordNotSettledError(count=row.open_doubts)
    place_version(row, get_settled(row))
    record(
        stream=row.stream, action="onestop.record_published", actor=actor, detail=describe_publication(row)
    )


def describe_publication(row: NationalRecord) -> dict[str, Any]:
    version = row.version
    if version is None:
        return {"code": row.code}
    return {
        "code": row.code,
        "version_from": version.valid_from.isoformat(),
        "is_filed_here": version.is_filed_here,
    }


def place_version(row: NationalRecord, told: PublishedProcedure) -> None:
    """The version for what the record says, from today on, or from tomorrow where one in use began today."""
    day = today()
    procedure, _ = Procedure.objects.get_or_create(code=row.code, defaults={"level": row.level})
    before = ProcedureVersion.objects.as_of(day).filter(procedure=procedure).first()
    content = _build_content(row, told, before, day)
    procedure.level = content.level
    procedure.search_text = _search_text(told, procedure)
    procedure.save(update_fields=["level", "search_text"])
    row.version = _date_version(procedure, before, _describe(told, content), day)
    row.state = RecordState.PUBLISHED
    row.save(update_fields=["version", "state"])


def place_first_versions(records: Sequence[tuple[NationalRecord, PublishedProcedure]]) -> None:
    """As `place_version`, for procedures that are not there yet: a few statements, however many they are."""
    day = today()
    versions: list[ProcedureVersion] = []
    for row, told in records:
        content = _build_content(row, told, None, day)
        procedure = Procedure(code=row.code, level=content.level)
        procedure.search_text = _search_text(told, procedure)
        row.version = ProcedureVersion(procedure=procedure, valid_from=day, **_describe(told, content))
        row.state = RecordState.PUBLISHED
        versions.append(row.version)
    Procedure.objects.bulk_create([version.procedure for version in versions])
    ProcedureVersion.objects.bulk_create(versions)
    NationalRecord.objects.bulk_update([row for row, _ in records], ["version", "state"])


def _search_text(told: PublishedProcedure, procedure: Procedure) -> str:
    return fold(" | ".join([told.code, told.name, told.sector, *procedure.keywords]))


def _build_content(
    row: NationalRecord, told: PublishedProcedure, before: ProcedureVersion | None, day: dt.date
) -> VersionFile:
    """What the record says; a procedure of the province's own keeps its form, its process and who resolves it."""
    competence = Competence(row.level, row.owner_function, row.is_competence_settled)
    term = Term(row.term_value, row.term_unit) if row.term_value is not None else None
    built = build_version(told, Arrangement(competence, term), read_form(get_form_code(competence)), day)
    if before is None or before.national_records.exists():
        return built
    own = VersionFile.from_json(before.content)
    kept = (
        "level",
        "owner_function",
        "form_code",
        "form",
        "territory_field",
        "steps",
        "summary",
        "summary_en",
    )
    parts: dict[str, Any] = {name: getattr(own, name) for name in kept}
    province_term = None if built.law_term else (built.province_term or own.province_term)
    return dataclasses.replace(
        built,
        **parts,
        province_term=province_term,
        is_filed_here=own.is_filed_here and (built.law_term or province_term) is not None,
    )


def _describe(told: PublishedProcedure, content: VersionFile) -> dict[str, Any]:
    name = told.name if len(told.name) <= LONGEST_NAME else f"{told.name[: LONGEST_NAME - 1]}…"
    return {
        "name": name,
        "sector": told.sector[:200],
        "content": {**dataclasses.replace(content, form={}).as_json(), "form": content.form},
        "is_filed_here": content.is_filed_here,
    }


def _date_version(
    procedure: Procedure, before: ProcedureVersion | None, fields: dict[str, Any], day: dt.date
) -> ProcedureVersion:
    rows = ProcedureVersion.objects.filter(procedure=procedure)
    later = rows.filter(valid_from__gt=day).order_by("valid_from").first()
    if before is None:
        end = later.valid_from - ONE_DAY if later else None
        return ProcedureVersion.objects.create(procedure=procedure, valid_from=day, valid_to=end, **fields)
    if _says_the_same(before, fields):
        return before
    if before.valid_from == day and not before.dossiers.exists():
        return _rewrite(before, fields)
    start = day if before.valid_from < day else day + ONE_DAY
    if later is not None and later.valid_from == start:
        return _rewrite(later, fields)
    rows.filter(pk=before.pk).update(valid_to=start - ONE_DAY)
    end = later.valid_from - ONE_DAY if later else before.valid_to
    return ProcedureVersion.objects.create(
        procedure=procedure, valid_from=start, valid_to=end, **_dated(fields, start)
    )


def _rewrite(version: ProcedureVersion, fields: dict[str, Any]) -> ProcedureVersion:
    """No dossier stands on it."""
    dated = _dated(fields, version.valid_from)
    ProcedureVersion.objects.filter(pk=version.pk).update(**dated, revision=F("revision") + 1)
    version.refresh_from_db()
    return version


def _says_the_same(version: ProcedureVersion, fields: dict[str, Any]) -> bool:
    dated = _dated(fields, version.valid_from)
    return all(getattr(version, name) == value for name, value in dated.items())


def _dated(fields: dict[str, Any], start: dt.date) -> dict[str, Any]:
    """As of the day a version begins: the content bears it too."""
    return {**fields, "content": {**fields["content"], "valid_from": start.isoformat()}}
