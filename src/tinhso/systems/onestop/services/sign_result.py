from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from tinhso.kernel.clock.reading import ClockEventKind
from tinhso.kernel.events import emit
from tinhso.kernel.files.receiving import take_own_pdf
from tinhso.kernel.files.services import keep_file
from tinhso.kernel.moment import now, today
from tinhso.kernel.numbering.services import take_number
from tinhso.kernel.orgs.selectors import get_agency
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service
from tinhso.kernel.signing.services import new_check_code, register_issued

from ..choices import Action, StepKind
from ..errors import ActionNotAllowedError, ResultAlreadySignedError, ResultNotSubmittedError
from ..events import ResultSigned
from ..models import Dossier, DossierStep, ResultDocument
from .acting import Turn, append_clock_event, close_turn, open_dossier
from .file_dossier import FILE_OWNER_KIND
from .finish_step import end_step
from .make_letters import make_result_letter
from .take_step import get_current_step


@service
def sign_result(*, actor: Actor, dossier_id: UUID, turn: Turn) -> None:
    """Number, sign and seal the submitted result; the dossier is decided.

    The number is taken in the transaction that signs, so the register has no gap. The person signs
    first, then the agency's seal (Decree 30/2020 article 32.2).
    """
    dossier = _open(actor, dossier_id, turn)
    if dossier is None:
        return
    step = get_current_step(dossier, StepKind.SIGN)
    results = list(ResultDocument.objects.select_for_update().filter(dossier=dossier, signed_at__isnull=True))
    if not dossier.is_submitted or not results:
        raise ResultNotSubmittedError

    dossier.resolving_agency = get_agency(dossier.resolving_agency_id)
    moment = now()
    for result in results:
        _sign_one(dossier, result, actor)
    end_step(dossier=dossier, step=step, actor=actor, at=moment)
    append_clock_event(dossier, ClockEventKind.FINISHED, moment)
    dossier.decided_at = moment
    dossier.is_submitted = False
    if DossierStep.objects.filter(dossier=dossier, kind=StepKind.HAND_OVER).exists():
        dossier.handling_agency_id = dossier.intake_agency_id
    close_turn(
        dossier=dossier,
        actor=actor,
        action=Action.SIGN_RESULT,
        turn=turn,
        changed=(
            "step_ordinal",
            "assignee_id",
            "clock_events",
            "decided_at",
            "is_submitted",
            "handling_agency_id",
        ),
        detail={
            "results": [{"name": r.name, "notation": r.notation, "sha256": r.file_sha256} for r in results]
        },
        at=moment,
    )

    emit(ResultSigned(dossier_id=dossier.pk, dossier_code=dossier.code, at=moment))


def _open(actor: Actor, dossier_id: UUID, turn: Turn) -> Dossier | None:
    try:
        return open_dossier(actor=actor, dossier_id=dossier_id, action=Action.SIGN_RESULT, turn=turn)
    except ActionNotAllowedError as refusal:
        signed = (
            ResultDocument.objects.select_related("signed_by")
            .filter(dossier_id=dossier_id, signed_at__isnull=False)
            .first()
        )
        if signed is None or signed.signed_at is None or signed.signed_by is None:
            raise
        moment = timezone.localtime(signed.signed_at)
        raise ResultAlreadySignedError(
            who=signed.signed_by.full_name, when=f"{moment:%H:%M %d/%m/%Y}"
        ) from refusal


def _sign_one(dossier: Dossier, result: ResultDocument, actor: Actor) -> None:
    year = str(today().year)
    result.number = take_number(register=f"onestop.result:{dossier.resolving_agency_id}", period=year)
    result.signed_by_id = actor.account_id
    result.signer_title = actor.title
    result.signed_at = now()
    result.check_code = new_check_code()
    content = make_result_letter(dossier=dossier, result=result, actor=actor)
    name = f"{result.name[:120]} {result.notation.replace('/', '-')}.pdf"
    file = keep_file(
        actor=actor,
        received=take_own_pdf(content, name=name),
        owner_kind=FILE_OWNER_KIND,
        owner_id=dossier.pk,
    )
    result.file_id = file.pk
    result.file_sha256 = file.sha256
    result.save()
    register_issued(
        code=result.check_code,
        content=content,
        owner_kind=FILE_OWNER_KIND,
        owner_id=dossier.pk,
        stream=dossier.stream,
        title=result.name,
        number=result.notation,
        reference=dossier.code,
        agency_name=dossier.resolving_agency.name,
        issued_at=result.signed_at,
        file_id=file.pk,
    )
