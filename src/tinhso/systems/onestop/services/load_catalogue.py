from __future__ import annotations

from dataclasses import dataclass

from tinhso.kernel.search.folding import fold
from tinhso.kernel.services import service

from ..data.procedure_file import ProcedureFile, VersionFile
from ..data.reading import read_catalogue
from ..models import Procedure, ProcedureVersion


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    added: int
    changed: int
    unchanged: int


@service
def load_catalogue() -> CatalogueReport:
    """Bring the shipped procedures into the database; harmless when repeated.

    A version already in use is never rewritten: its content changes only while no dossier stands on it.
    """
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for file in read_catalogue():
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
    content = version.as_json()
    known = ProcedureVersion.objects.filter(procedure=procedure, valid_from=version.valid_from).first()
    fields = {
        "valid_to": version.valid_to,
        "name": file.name,
        "name_en": file.name_en,
        "sector": file.sector,
        "content": content,
    }
    if known is None:
        ProcedureVersion.objects.create(procedure=procedure, valid_from=version.valid_from, **fields)
        return "added"
    if known.content == content and known.valid_to == version.valid_to:
        return "unchanged"
    if known.dossiers.exists() and known.content != content:
        return "unchanged"
    ProcedureVersion.objects.filter(pk=known.pk).update(**fields)
    return "changed"


def _search_text(file: ProcedureFile) -> str:
    return fold(" | ".join([file.code, file.name, file.name_en, file.sector, *file.keywords]))
