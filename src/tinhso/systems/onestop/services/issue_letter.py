from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import translation

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.files.receiving import take_own_pdf
from tinhso.kernel.files.services import keep_file
from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.moment import now, today
from tinhso.kernel.numbering.services import take_number
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.services import service
from tinhso.kernel.signing.services import describe_check, new_check_code, register_issued

from ..choices import Action
from ..errors import DossierNotFoundError
from ..models import Dossier, IssuedLetter, LetterKind
from . import letter_values
from .file_dossier import FILE_OWNER_KIND
from .seals import sign_form


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Which action a form tells of, what its number's symbol is, and which agency seals it."""

    action: Action
    symbol: str
    is_at_counter: bool


PLANS: dict[LetterKind, LetterPlan] = {
    LetterKind.RECEIPT: LetterPlan(Action.ACCEPT, "", True),
    LetterKind.SUPPLEMENT: LetterPlan(Action.REQUEST_SUPPLEMENT, "PYC", True),
    LetterKind.REFUSAL: LetterPlan(Action.REFUSE, "PTC", True),
    LetterKind.APOLOGY: LetterPlan(Action.EXTEND, "XL", False),
    LetterKind.STOP: LetterPlan(Action.STOP, "TB", False),
}


@translation.override("vi")
@service
def issue_letter(*, dossier_id: UUID, kind: str) -> UUID:
    """The form that goes with an action, signed by the agency and made once. Returns the id of its file.

    It says what was so when the action was taken, however late it is made, and always in Vietnamese.

    Raises DossierNotFoundError when the dossier never lived through that action.
    """
    plan = PLANS[LetterKind(kind)]
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related(
            "version__procedure", "intake_agency__unit", "resolving_agency__unit", "handling_agency__unit"
        )
        .defer("version__content")
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None:
        raise DossierNotFoundError
    issued = IssuedLetter.objects.filter(dossier=dossier, kind=kind).first()
    if issued is not None:
        return issued.file_id
    entry = find_entries(dossier.stream).filter(action=f"onestop.{plan.action}").first()
    if entry is None:
        raise DossierNotFoundError

    agency = dossier.intake_agency if plan.is_at_counter else dossier.resolving_agency
    number = (
        take_number(register=f"onestop.letter.{kind}:{agency.pk}", period=str(today().year))
        if plan.symbol
        else None
    )
    check_code = new_check_code()
    values = _fill(dossier, LetterKind(kind), entry, _write_number(number, plan, agency))
    values["verification"] = describe_check(check_code)
    content = sign_form(
        pdf=render_letter(f"onestop/{kind}", values, at=entry.at),
        agency=agency,
        reason=str(LetterKind(kind).label),
        at=entry.at,
    )
    file = keep_file(
        actor=SYSTEM,
        received=take_own_pdf(content, name=f"{LetterKind(kind).label} {dossier.code}.pdf"),
        owner_kind=FILE_OWNER_KIND,
        owner_id=dossier.pk,
    )
    IssuedLetter.objects.create(
        dossier=dossier,
        kind=kind,
        number=number,
        file_id=file.pk,
        file_sha256=file.sha256,
        check_code=check_code,
        issued_at=now(),
    )
    register_issued(
        code=check_code,
        content=content,
        owner_kind=FILE_OWNER_KIND,
        owner_id=dossier.pk,
        stream=dossier.stream,
        title=str(LetterKind(kind).label),
        reference=dossier.code,
        agency_name=agency.name,
        issued_at=entry.at,
    )
    return file.pk


def _write_number(number: int | None, plan: LetterPlan, agency: Agency) -> str:
    return f"{number:02d}/{plan.symbol}-{agency.abbreviation or 'UBND'}" if number else ""


def _fill(dossier: Dossier, kind: LetterKind, entry: AuditEntry, number: str) -> dict[str, Any]:
    at, who, detail = entry.at, entry.actor_name, entry.detail
    signer = {"position": entry.actor_title or "Công chức", "name": who}
    if kind == LetterKind.RECEIPT:
        return letter_values.receipt_values(dossier, who, at, detail.get("due_at"))
    if kind == LetterKind.SUPPLEMENT:
        return letter_values.supplement_values(dossier, who, at, number)
    if kind == LetterKind.REFUSAL:
        return letter_values.refusal_values(dossier, who, at, number, detail.get("reason", ""))
    if kind == LetterKind.APOLOGY:
        return letter_values.apology_values(dossier, signer, at, number, detail)
    return letter_values.stop_values(dossier, signer, at, number, detail.get("reason", ""))
