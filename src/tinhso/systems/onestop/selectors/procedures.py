"""Procedures as of a day, found by name or by need, with or without accents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tinhso.kernel.dated import DatedQuerySet
from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.moment import today
from tinhso.kernel.search.folding import fold, fold_words

from ..data.procedure_file import VersionFile
from ..errors import ProcedureNotFoundError, TakesNoFilingsError, VersionExpiredError
from ..models import ProcedureVersion

PAGE = 30
CENTRAL = "central"


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    versions: list[ProcedureVersion]
    count: int
    """Of all pages together."""
    next_code: str
    """Code after which the next page begins; empty on the last one."""


def find_page(
    query: str = "",
    *,
    sector: str = "",
    life_event: str = "",
    only_filed_here: bool = False,
    after: str = "",
    size: int = PAGE,
) -> ProcedurePage:
    """Versions in force today, best match first, cut after a procedure's code. Two queries however many they are."""
    rows = _match(query, on=today(), sector=sector, life_event=life_event)
    if only_filed_here:
        rows = rows.filter(is_filed_here=True)
    codes = _rank_codes(rows, " ".join(fold_words(query)))
    start = codes.index(after) + 1 if after in codes else 0
    chosen = codes[start : start + size]
    found = {v.procedure.code: v for v in find_in_force(today()).filter(procedure__code__in=chosen)}
    is_last = start + size >= len(codes)
    return ProcedurePage(
        [found[code] for code in chosen if code in found], len(codes), "" if is_last else chosen[-1]
    )


def find_procedures(query: str = "", *, on: dt.date | None = None) -> list[ProcedureVersion]:
    """Every version in force that day, best match first. Every word must match, folded."""
    day = on or today()
    codes = _rank_codes(_match(query, on=day), " ".join(fold_words(query)))
    found = {version.procedure.code: version for version in find_in_force(day)}
    return [found[code] for code in codes]


def count_procedures() -> int:
    return ProcedureVersion.objects.as_of(today()).count()


def _match(
    query: str, *, on: dt.date, sector: str = "", life_event: str = ""
) -> DatedQuerySet[ProcedureVersion]:
    rows = ProcedureVersion.objects.as_of(on)
    if sector:
        rows = rows.filter(sector=sector)
    if life_event:
        rows = rows.filter(procedure__life_events__contains=[life_event])
    for word in fold_words(query):
        rows = rows.filter(procedure__search_text__contains=word)
    return rows


def _rank_codes(rows: QuerySet[ProcedureVersion], phrase: str) -> list[str]:
    """A need in people's own words first, then the name from its start, then anywhere; within these what is filed
    here, then what the province only shows, then what is resolved outside it."""
    columns = ("procedure__code", "name", "is_filed_here", "procedure__level", "procedure__keywords")
    found = rows.order_by("name", "pk").values_list(*columns)
    ranked = [
        (_rank(name, keywords, phrase, 0 if is_here else 2 if level == CENTRAL else 1), code)
        for code, name, is_here, level, keywords in found
    ]
    return [code for _, code in sorted(ranked, key=lambda one: one[0])]


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
    """Fields with a procedure in force: those with most procedures filed here first, then the fullest."""
    rows = (
        ProcedureVersion.objects.as_of(on or today())
        .values("sector", "sector_en")
        .annotate(count=Count("pk"), filed_here=Count("pk", filter=Q(is_filed_here=True)))
        .order_by("-filed_here", "-count", "sector")
    )
    return [Sector(row["sector"], row["sector_en"], row["count"]) for row in rows]


def get_content(version: ProcedureVersion) -> VersionFile:
    """The version's content as typed data, parsed once per revision."""
    return _parse(version.pk, version.revision)


def get_definition(version: ProcedureVersion) -> FormDefinition:
    """The version's form, read once per revision; it was checked when the version was made."""
    return _read_form(version.pk, version.revision)


@lru_cache(maxsize=4096)
def _parse(version_id: UUID, revision: int) -> VersionFile:
    content = ProcedureVersion.objects.values_list("content", flat=True).get(pk=version_id, revision=revision)
    return VersionFile.from_json(content)


@lru_cache(maxsize=512)
def _read_form(version_id: UUID, revision: int) -> FormDefinition:
    return FormDefinition(_parse(version_id, revision).form, is_checked=True)


def find_in_force(day: dt.date) -> QuerySet[ProcedureVersion]:
    """Without the content: tens of kilobytes a version, read through `get_content` where it is wanted."""
    return ProcedureVersion.objects.as_of(day).select_related("procedure").defer("content")


def _rank(name: str, keywords: list[str], phrase: str, distance: int) -> tuple[int, int, int]:
    """The order by name stays within a rank."""
    if not phrase:
        return (0, distance, 0)
    needs = [fold(word) for word in keywords]
    if phrase in needs:
        return (0, distance, 0)
    if any(need.startswith(phrase) for need in needs):
        return (1, distance, 0)
    position = fold(name).find(phrase)
    return (2, distance, position) if position >= 0 else (3, distance, 0)
