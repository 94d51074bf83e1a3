from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import InvalidInputError, SignInRequiredError
from tinhso.kernel.events import emit
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.moment import now, today
from tinhso.kernel.people.actor import Actor, ActorKind
from tinhso.kernel.people.models import Account
from tinhso.kernel.services import service

from ..choices import Action, ApplicantKind, Channel, DossierStatus
from ..data.filing import Applicant, Filing, HandedPaper
from ..data.procedure_file import VersionFile
from ..errors import FiledOnNationalPortalError, PaperMissingError, UnknownPaperError
from ..events import DossierFiled
from ..models import Dossier, DossierPaper, FilingDraft, ProcedureVersion
from ..selectors.fees import compute_fee
from ..selectors.portal import is_citizen_door_open
from ..selectors.procedures import get_content, get_definition, get_version_in_force
from ..selectors.routes import get_route
from .number_dossier import number_dossier
from .payment_moves import ask_by_rules

FILE_OWNER_KIND = "onestop.dossier"


@service
def file_dossier(
    *, actor: Actor, filing: Filing, idempotency_key: str, channel: Channel = Channel.ONLINE
) -> UUID:
    """File a dossier once, however often it is sent. Returns its id.

    Raises: VersionExpiredError, InvalidInputError (per field), PaperMissingError, UnknownPaperError,
    FiledElsewhereError, UnknownUnitError, FiledOnNationalPortalError.
    """
    if (known := _get_filed(actor.require_account(), idempotency_key)) is not None:
        return known
    if actor.kind is not ActorKind.OFFICIAL and not is_citizen_door_open(today()):
        raise FiledOnNationalPortalError(address=settings.PORTAL_CITIZEN_URL)
    version = get_version_in_force(filing.version_id, today())
    content = get_content(version)
    _check_form(version, filing)
    papers = _match_papers(content, filing)
    route = get_route(content, filing.agency_id, today())

    moment = now()
    dossier = _build(actor, filing, version, channel, moment)
    dossier.intake_agency = dossier.handling_agency = route.intake
    dossier.resolving_agency = route.resolving
    dossier.idempotency_key = idempotency_key
    fee = compute_fee(content, channel=channel, on=today(), values=filing.values)
    dossier.fee_vnd = fee.amount_vnd
    dossier.code = number_dossier(intake=route.intake, on=today())
    dossier.save(force_insert=True)
    DossierPaper.objects.bulk_create([DossierPaper(dossier=dossier, **paper) for paper in papers])
    FilingDraft.objects.filter(pk=filing.dossier_id, account_id=actor.require_account()).update(
        dossier_id=dossier.pk
    )

    record(
        stream=dossier.stream,
        action=f"onestop.{Action.FILE}",
        actor=actor,
        detail={
            "status": dossier.status,
            "code": dossier.code,
            "procedure": version.procedure.code,
            "version_from": version.valid_from.isoformat(),
            "papers": [paper["name"] for paper in papers],
        },
        state=dossier.state(),
        at=moment,
    )
    ask_by_rules(dossier=dossier, actor=actor, reading=fee, at=moment)
    emit(DossierFiled(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment))
    return dossier.pk


def _get_filed(account_id: UUID, key: str) -> UUID | None:
    """The dossier this key has already made. Two presses at once queue here, in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{account_id}:{key}"])
    return (
        Dossier.objects.filter(filed_by_id=account_id, idempotency_key=key)
        .values_list("pk", flat=True)
        .first()
    )


def _check_form(version: ProcedureVersion, filing: Filing) -> None:
    problems = get_definition(version).check(dict(filing.values), on=today())
    if problems:
        raise InvalidInputError(problems)


def _match_papers(content: VersionFile, filing: Filing) -> list[dict[str, object]]:
    """Rows for what was handed in, in the order of the law's list. Files must have been stored for this dossier."""
    plans = {paper.code: paper for paper in content.papers}
    handed: dict[str, list[HandedPaper]] = {}
    for paper in filing.papers:
        if paper.paper_code not in plans:
            raise UnknownPaperError(paper=paper.paper_code)
        handed.setdefault(paper.paper_code, []).append(paper)
    asked = content.find_papers(filing.values)
    missing = [plan.name for plan, is_required in asked if is_required and plan.code not in handed]
    if missing:
        raise PaperMissingError(papers="; ".join(missing))
    files = get_stored_files(filing.dossier_id, [p.file_id for p in filing.papers if p.file_id])
    return [
        describe_paper(plan.name, paper, files)
        for code, plan in plans.items()
        for paper in handed.get(code, [])
    ]


def get_stored_files(dossier_id: UUID, file_ids: list[UUID]) -> dict[UUID, StoredFile]:
    if not file_ids:
        return {}
    rows = StoredFile.objects.filter(owner_kind=FILE_OWNER_KIND, owner_id=dossier_id, pk__in=file_ids)
    files = {file.pk: file for file in rows}
    unknown = [file_id for file_id in file_ids if file_id not in files]
    if unknown:
        raise UnknownPaperError(paper=str(unknown[0]))
    return files


def describe_paper(name: str, paper: HandedPaper, files: dict[UUID, StoredFile]) -> dict[str, object]:
    file = files.get(paper.file_id) if paper.file_id else None
    return {
        "paper_code": paper.paper_code,
        "name": name,
        "file_id": paper.file_id,
        "media_type": file.media_type if file else "",
        "size": file.size if file else 0,
        "originals": paper.originals,
        "copies": paper.copies,
        "is_digitised": file is not None,
    }


def _build(
    actor: Actor, filing: Filing, version: ProcedureVersion, channel: Channel, moment: dt.datetime
) -> Dossier:
    account = _get_owner_account(actor, filing.applicant)
    applicant = filing.applicant or _describe_account(account)
    return Dossier(
        id=filing.dossier_id,
        version=version,
        status=DossierStatus.REGISTERED,
        channel=channel,
        account=account,
        applicant_kind=applicant.kind,
        applicant_name=applicant.name,
        applicant_number=applicant.number,
        applicant_phone=applicant.phone,
        applicant_email=applicant.email,
        applicant_address=applicant.address,
        form_values=dict(filing.values),
        copies=filing.copies,
        filed_by_id=actor.require_account(),
        filed_at=moment,
    )


def _get_owner_account(actor: Actor, applicant: Applicant | None) -> Account | None:
    """Who files for himself owns it; at the counter the owner is found by number, if he has an account."""
    if applicant is None or actor.kind is not ActorKind.OFFICIAL:
        return Account.objects.get(pk=actor.require_account())
    by_number = Q(personal_number=applicant.number) | Q(organisation_number=applicant.number)
    return Account.objects.filter(by_number, is_active=True).first()


def _describe_account(account: Account | None) -> Applicant:
    if account is None:
        raise SignInRequiredError
    is_citizen = account.kind == "citizen"
    return Applicant(
        name=account.full_name,
        number=(account.personal_number if is_citizen else account.organisation_number) or "",
        kind=ApplicantKind.CITIZEN if is_citizen else ApplicantKind.ENTERPRISE,
        phone=account.phone,
        email=account.email,
        address=account.address,
    )
