"""Procedures as of a day, found by name or by need, with or without accents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, QuerySet

from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.moment import today
from tinhso.kernel.search.folding import fold

from ..data.procedure_file import VersionFile
from ..errors import ProcedureNotFoundError, TakesNoFilingsError, VersionExpiredError
from ..models import ProcedureVersion


def find_procedures(
    query: str = "", *, on: dt.date | None = None, sector: str = "", life_event: str = ""
) -> list[ProcedureVersion]:
    """Versions in force that day, best match first. Every word must match, folded; all of them without a query."""
    rows = find_in_force(on or today())
    if sector:
        rows = rows.filter(sector=sector)
    if life_event:
        rows = rows.filter(procedure__life_events__contains=[life_event])
    words = fold(query).split()
    for word in words:
        rows = rows.filter(procedure__search_text__contains=word)
    found = list(rows.order_by("name", "pk"))
    if not words:
        return found
    phrase = " ".join(words)
    return sorted(found, key=lambda version: _rank(version, phrase))


def get_procedure(code: str, *, on: dt.date | None = None) -> ProcedureVersion:
    day = on or today()
    version = find_in_force(day).filter(procedure__code=code).first()
    if version is None:
        raise ProcedureNotFoundError(procedure=code, day=f"{day:%d/%m/%Y}")
    return version


def get_filed_procedure(code: str) -> ProcedureVersion:
    """The version in force today, where dossiers are filed here. Raises TakesNoFilingsError."""
    version = get_procedure(code)
    if not version.is_filed_here:
        raise TakesNoFilingsError
    return version


def find_versions(code: str) -> QuerySet[ProcedureVersion]:
    """Every version of a procedure, newest first."""
    return ProcedureVersion.objects.filter(procedure__code=code).order_by("-valid_from")


def get_version_in_force(version_id: UUID, on: dt.date) -> ProcedureVersion:
    """The version itself. Raises VersionExpiredError, naming the one that replaced it."""
    version = (
        ProcedureVersion.objects.select_related("procedure").defer("content").filter(pk=version_id).first()
    )
    if version is None:
        raise ProcedureNotFoundError(procedure=str(version_id), day=f"{on:%d/%m/%Y}")
    if version.is_valid_on(on):
        return version
    current = ProcedureVersion.objects.as_of(on).filter(procedure=version.procedure_id).first()
    if current is None:
        raise ProcedureNotFoundError(procedure=version.procedure.code, day=f"{on:%d/%m/%Y}")
    raise VersionExpiredError(since=f"{current.valid_from:%d/%m/%Y}", current=current.pk)


@dataclass(frozen=True, slots=True)
class Sector:
    name: str
    name_en: str
    count: int
    """Procedures in force."""


def find_sectors(on: dt.date | None = None) -> list[Sector]:
    """Fields with a procedure in force, the fullest first."""
    rows = (
        ProcedureVersion.objects.as_of(on or today())
        .values("sector", "sector_en")
        .annotate(count=Count("pk"))
        .order_by("-count", "sector")
    )
    return [Sector(row["sector"], row["sector_en"], row["count"]) for row in rows]


def get_content(version: ProcedureVersion) -> VersionFile:
    """The version's content as typed data, parsed once per revision."""
    return _parse(version.pk, version.revision)[0]


def get_definition(version: ProcedureVersion) -> FormDefinition:
    """The version's form, read and checked once per revision."""
    return _parse(version.pk, version.revision)[1]


@lru_cache(maxsize=4096)
def _parse(version_id: UUID, revision: int) -> tuple[VersionFile, FormDefinition]:
    content = ProcedureVersion.objects.values_list("content", flat=True).get(pk=version_id, revision=revision)
    parsed = VersionFile.from_json(content)
    return parsed, FormDefinition(parsed.form, is_checked=True)


def find_in_force(day: dt.date) -> QuerySet[ProcedureVersion]:
    """Without the content: tens of kilobytes a version, read through `get_content` where it is wanted."""
    return ProcedureVersion.objects.as_of(day).select_related("procedure").defer("content")


def _rank(version: ProcedureVersion, phrase: str) -> tuple[int, int, str]:
    """A need in people's own words first, then the name from its start, then anywhere."""
    needs = [fold(word) for word in version.procedure.keywords]
    name = fold(version.name)
    if phrase in needs:
        return (0, 0, name)
    if any(need.startswith(phrase) for need in needs):
        return (1, 0, name)
    position = name.find(phrase)
    return (2, position, name) if position >= 0 else (3, 0, name)
