from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F

from tinhso.kernel.search.folding import fold
from tinhso.kernel.services import service

from ..data.procedure_file import ProcedureFile, VersionFile
from ..data.reading import read_catalogue
from ..models import NationalRecord, Procedure, ProcedureVersion


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    added: int
    changed: int
    unchanged: int
    kept: int
    """Versions that dossiers stand on, or that the national record has replaced: the shipped text stays out."""


def load_procedures(*, progress: Callable[[str], None]) -> None:
    report = load_catalogue()
    progress(
        f"{report.added} bản thủ tục mới · new, {report.changed} đổi · changed, "
        f"{report.unchanged} như cũ · as before, {report.kept} đang dùng, giữ nguyên · in use, kept"
    )


@service
def load_catalogue() -> CatalogueReport:
    """Bring the shipped procedures into the database; harmless when repeated.

    A version already in use is never rewritten: its content changes only while no dossier stands on it.
    That it has ended is always taken over, so that one version is in force at a time. A procedure that was
    published from its national record goes on by that.
    """
    counts = dict.fromkeys(("added", "changed", "unchanged", "kept"), 0)
    replaced = set(NationalRecord.objects.filter(version__isnull=False).values_list("code", flat=True))
    for file in read_catalogue():
        if file.code in replaced:
            counts["kept"] += len(file.versions)
            continue
        procedure, _ = Procedure.objects.update_or_create(
            code=file.code,
            defaults={
                "level": file.level,
                "life_events": list(file.life_events),
                "keywords": list(file.keywords),
                "search_text": _search_text(file),
            },
        )
        for version in file.versions:
            counts[_load_version(procedure, file, version)] += 1
    return CatalogueReport(**counts)


def _load_version(procedure: Procedure, file: ProcedureFile, version: VersionFile) -> str:
    fields = {
        "valid_to": version.valid_to,
        "name": file.name,
        "name_en": file.name_en,
        "sector": file.sector,
        "sector_en": file.sector_en,
        "content": version.as_json(),
    }
    known = ProcedureVersion.objects.filter(procedure=procedure, valid_from=version.valid_from).first()
    if known is None:
        ProcedureVersion.objects.create(procedure=procedure, valid_from=version.valid_from, **fields)
        return "added"
    row = ProcedureVersion.objects.filter(pk=known.pk)
    if all(getattr(known, name) == value for name, value in fields.items()):
        return "unchanged"
    if known.dossiers.exists():
        row.update(valid_to=version.valid_to)
        return "kept"
    row.update(**fields, revision=F("revision") + 1)
    return "changed"


def _search_text(file: ProcedureFile) -> str:
    return fold(" | ".join([file.code, file.name, file.name_en, file.sector, *file.keywords]))
