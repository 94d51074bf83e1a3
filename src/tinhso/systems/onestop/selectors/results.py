"""The text a result starts from: the version's template, filled with the answers of the form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation

from tinhso.kernel.moment import today

from ..data.procedure_file import Result
from ..models import Dossier, ResultDocument
from .procedures import get_content, get_definition


@dataclass(frozen=True, slots=True)
class ResultPlan:
    """A result to be drawn up, with its text so far."""

    code: str
    name: str
    body: str
    document: ResultDocument | None


def find_result_plans(dossier: Dossier) -> list[ResultPlan]:
    """What the procedure gives, each with its draft or, before there is one, its filled template."""
    drafted = {document.result_code: document for document in dossier.results.all()}
    results = get_content(dossier.version).results
    plans = (
        [r for r in results if r.kind == "issued"]
        or [r for r in results if r.kind == "record"]
        or list(results)
    )
    return [_plan(dossier, result, drafted.get(result.code)) for result in plans]


def _plan(dossier: Dossier, result: Result, document: ResultDocument | None) -> ResultPlan:
    body = document.body if document else fill_draft(dossier, result)
    return ResultPlan(result.code, document.name if document else result.name, body, document)


def fill_draft(dossier: Dossier, result: Result) -> str:
    """Paragraphs parted by an empty line. State papers are in Vietnamese whatever the screen's language."""
    with translation.override("vi"):
        answers = get_definition(dossier.version).describe_all(dossier.form_values, on=today())
    if result.draft:
        return result.write_draft(answers)
    return "\n\n".join(
        (
            f"Xét hồ sơ mã số {dossier.code} của {dossier.applicant_name}, đề nghị: {dossier.version.name}.",
            f"Cơ quan giải quyết: {dossier.resolving_agency.name}.",
        )
    )
