"""Numbering, setting, signing and keeping one letter: what all forms that go out have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.files.receiving import take_own_pdf
from tinhso.kernel.files.services import keep_file
from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.moment import now, today
from tinhso.kernel.numbering.services import take_number
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import SYSTEM, Actor
from tinhso.kernel.signing.services import describe_check, new_check_code, register_issued

from ..choices import Action
from ..data.rules import LetterSigner, get_letter_signer
from ..errors import DossierNotFoundError
from ..models import Dossier, IssuedLetter, LetterKind
from . import letter_values
from .file_dossier import FILE_OWNER_KIND
from .make_letters import NOT_NUMBERED
from .seals import sign_and_seal, sign_form


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Which action a form tells of, what its number's symbol is, and which agency it is of."""

    action: Action
    symbol: str
    is_at_counter: bool
    is_archived: bool
    """It says how the dossier was decided or promised anew, and gets an archive time stamp as results do."""

    def get_agency(self, dossier: Dossier) -> Agency:
        return dossier.intake_agency if self.is_at_counter else dossier.resolving_agency


PLANS: dict[LetterKind, LetterPlan] = {
    LetterKind.RECEIPT: LetterPlan(Action.ACCEPT, "", True, False),
    LetterKind.SUPPLEMENT: LetterPlan(Action.REQUEST_SUPPLEMENT, "PYC", True, False),
    LetterKind.REFUSAL: LetterPlan(Action.REFUSE, "PTC", True, True),
    LetterKind.APOLOGY: LetterPlan(Action.EXTEND, "XL", False, True),
    LetterKind.STOP: LetterPlan(Action.STOP, "TB", False, True),
}


def get_act(dossier: Dossier, kind: LetterKind) -> AuditEntry:
    """The entry of the history a letter tells of. Raises DossierNotFoundError when there is none."""
    entry = find_entries(dossier.stream).filter(action=f"onestop.{PLANS[kind].action}").first()
    if entry is None:
        raise DossierNotFoundError
    return entry


def needs_leader(kind: LetterKind, entry: AuditEntry) -> bool:
    return get_letter_signer(kind, timezone.localdate(entry.at)).signer is LetterSigner.LEADER


@translation.override("vi")
def write_letter(
    *, dossier: Dossier, letter: IssuedLetter, entry: AuditEntry, leader: Actor | None = None
) -> None:
    """Number, sign, keep and register the letter: by the leader and the seal, else by the agency alone.

    A letter of the agency alone bears the moment of the action; a leader's bears the moment he signs.
    """
    kind = LetterKind(letter.kind)
    plan, label = PLANS[kind], str(kind.label)
    agency, at = plan.get_agency(dossier), entry.at if leader is None else now()
    if plan.symbol:
        letter.number = take_number(register=f"onestop.letter.{kind}:{agency.pk}", period=str(today().year))
    letter.check_code = new_check_code()
    number = _write_number(letter.number, plan, agency)
    signer = _describe_actor(entry) if leader is None else _describe_leader(leader)
    values = _fill(dossier, letter, entry, number=number, signer=signer, at=at)
    values["verification"] = describe_check(letter.check_code)
    pdf = render_letter(f"onestop/{kind}", values, at=at)
    content = (
        sign_form(pdf=pdf, agency=agency, reason=label, at=at)
        if leader is None
        else sign_and_seal(pdf=pdf, actor=leader, agency=agency, reason=label, at=at)
    )
    file = keep_file(
        actor=leader or SYSTEM,
        received=take_own_pdf(content, name=f"{label} {dossier.code}.pdf"),
        owner_kind=FILE_OWNER_KIND,
        owner_id=dossier.pk,
    )
    letter.file_id, letter.file_sha256, letter.issued_at = file.pk, file.sha256, now()
    if leader is not None:
        letter.signed_by_id, letter.signer_title = leader.account_id, leader.title
    letter.save()
    register_issued(
        code=letter.check_code,
        content=content,
        owner_kind=FILE_OWNER_KIND,
        owner_id=dossier.pk,
        stream=dossier.stream,
        title=label,
        number=number,
        reference=dossier.code,
        agency_name=agency.name,
        issued_at=at,
        file_id=file.pk if plan.is_archived else None,
    )


@translation.override("vi")
def make_letter_preview(*, letter: IssuedLetter, leader: Actor) -> bytes:
    """The letter as it will look: no number, no signature, no seal."""
    dossier, kind = letter.dossier, LetterKind(letter.kind)
    plan = PLANS[kind]
    number = f"{NOT_NUMBERED}/{plan.symbol}-{_write_symbol(plan.get_agency(dossier))}"
    entry, signer = get_act(dossier, kind), _describe_leader(leader)
    values = _fill(dossier, letter, entry, number=number, signer=signer, at=now())
    return render_letter(f"onestop/{kind}", values)


def _write_number(number: int | None, plan: LetterPlan, agency: Agency) -> str:
    return f"{number:02d}/{plan.symbol}-{_write_symbol(agency)}" if number else ""


def _write_symbol(agency: Agency) -> str:
    return agency.abbreviation or "UBND"


def _describe_actor(entry: AuditEntry) -> dict[str, str]:
    return {"position": entry.actor_title or "Công chức", "name": entry.actor_name}


def _describe_leader(leader: Actor) -> dict[str, str]:
    return {"position": leader.title or "Lãnh đạo", "name": leader.name}


def _fill(
    dossier: Dossier,
    letter: IssuedLetter,
    entry: AuditEntry,
    *,
    number: str,
    signer: dict[str, str],
    at: dt.datetime,
) -> dict[str, Any]:
    who, detail = entry.actor_name, entry.detail
    if letter.kind == LetterKind.RECEIPT:
        return letter_values.receipt_values(dossier, who, at, detail.get("due_at"))
    if letter.kind == LetterKind.SUPPLEMENT:
        return letter_values.supplement_values(dossier, who, at, number)
    if letter.kind == LetterKind.REFUSAL:
        return letter_values.refusal_values(dossier, who, at, number, letter.reason)
    if letter.kind == LetterKind.APOLOGY:
        return letter_values.apology_values(dossier, signer, at, number, {**detail, "reason": letter.reason})
    return letter_values.stop_values(dossier, signer, at, number, letter.reason)
