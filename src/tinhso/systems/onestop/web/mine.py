"""A person's own dossiers: what happened, why the date, the result."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.audit.views import answer_receipt
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import today
from tinhso.kernel.web.access import get_actor_of, signed_in

from ..choices import CLOSED_STATUSES
from ..errors import DossierNotFoundError, LetterNotSignedError
from ..models import Dossier, LetterKind
from ..selectors.clocks import read_dossier_clock
from ..selectors.dossiers import get_dossier
from ..selectors.drafts import find_drafts
from ..selectors.letters import find_letters_out
from ..selectors.lifecycle import find_allowed_actions
from ..selectors.mine import find_my_dossiers
from ..selectors.payments import find_dossier_payments
from ..selectors.procedures import get_content, get_definition
from ..selectors.timeline import find_happenings, get_closing_words, get_percent
from ..services.acting import Turn
from ..services.end_dossier import withdraw_dossier
from ..services.hand_over import record_collection
from ..services.issue_letter import issue_letter
from ..services.rate_dossier import rate_dossier
from ..services.supply_papers import supply_papers
from .uploads import take_needed_uploads


@signed_in
def my_dossiers(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    page = find_my_dossiers(actor, request.GET.get("sau", ""))
    return render(request, "onestop/my_dossiers.html", {"page": page, "drafts": find_drafts(actor)})


@signed_in
def my_dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    dossier = _get_own(request, dossier_id)
    return _draw(request, dossier)


def _draw(
    request: HttpRequest, dossier: Dossier, problems: list[tuple[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    actor = get_actor_of(request)
    content = get_content(dossier.version)
    entries = find_entries(dossier.stream)
    context = {
        "dossier": dossier,
        "content": content,
        "reading": read_dossier_clock(dossier) if dossier.accepted_at else None,
        "happenings": find_happenings(dossier, is_official=False),
        "papers": dossier.papers.all(),
        "letters": find_letters_out(dossier),
        "results": list(dossier.results.filter(signed_at__isnull=False).select_related("signed_by")),
        "is_closed": dossier.status in CLOSED_STATUSES,
        "closing_words": get_closing_words(dossier),
        "allowed": {str(action): True for action in find_allowed_actions(actor, dossier, None)},
        "percent": get_percent(dossier),
        "entry_count": entries.count(),
        "head_hash": entries.reverse().values_list("hash", flat=True).first() or "",
        "is_new": request.GET.get("moi") == "1",
        "payments": [one for one in find_dossier_payments(dossier.pk) if one.concerns_payer],
        "problems": problems or [],
        "answers": get_definition(dossier.version).describe(dossier.form_values, on=today()),
    }
    return render(request, "onestop/my_dossier.html", context, status=status)


@signed_in
@require_POST
def supply(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Hand in what was asked for, all of it at once."""
    dossier = _get_own(request, dossier_id)
    actor = get_actor_of(request)
    handed, problems = take_needed_uploads(request, dossier)
    if not problems:
        try:
            supply_papers(actor=actor, dossier_id=dossier_id, turn=read_turn(request), papers=handed)
            return redirect("onestop:my-dossier", dossier_id)
        except TinhSoError as refusal:
            problems.append(("supplement", refusal.sentence))
    return _draw(request, dossier, problems, status=422)


@signed_in
@require_POST
def withdraw(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    _get_own(request, dossier_id)
    withdraw_dossier(
        actor=get_actor_of(request),
        dossier_id=dossier_id,
        turn=read_turn(request),
        reason=request.POST.get("reason", ""),
    )
    return redirect("onestop:my-dossier", dossier_id)


@signed_in
@require_POST
def rate(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    _get_own(request, dossier_id)
    stars = request.POST.get("stars", "")
    rate_dossier(
        actor=get_actor_of(request),
        dossier_id=dossier_id,
        turn=read_turn(request),
        stars=int(stars) if stars.isdigit() else 0,
        remark=request.POST.get("remark", ""),
    )
    return redirect("onestop:my-dossier", dossier_id)


@signed_in
@require_POST
def collect(request: HttpRequest, dossier_id: UUID, result_id: UUID) -> HttpResponse:
    """Download the signed result. The first download counts as its return to the applicant."""
    dossier = _get_own(request, dossier_id)
    result = dossier.results.filter(pk=result_id, file_id__isnull=False).first()
    if result is None:
        raise DossierNotFoundError
    record_collection(actor=get_actor_of(request), dossier_id=dossier_id)
    return redirect("files:download", result.file_id)


@signed_in
def letter(request: HttpRequest, dossier_id: UUID, kind: str) -> HttpResponse:
    """A form issued with the dossier; made now when the worker has not come to it yet.

    Raises LetterNotSignedError for one that waits for a leader.
    """
    dossier = get_dossier(get_actor_of(request), dossier_id)
    if kind not in LetterKind.values:
        raise DossierNotFoundError
    file_id = issue_letter(dossier_id=dossier.pk, kind=kind)
    if file_id is None:
        raise LetterNotSignedError
    return redirect(f"{reverse('files:download', args=[file_id])}?inline=1")


@signed_in
def history_receipt(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The dossier's history with its proofs, to be checked offline."""
    dossier = get_dossier(get_actor_of(request), dossier_id)
    return answer_receipt(dossier.stream, dossier.code)


def read_turn(request: HttpRequest) -> Turn:
    revision = request.POST.get("revision", "")
    return Turn(key=request.POST.get("key", "")[:64], revision=int(revision) if revision.isdigit() else None)


def _get_own(request: HttpRequest, dossier_id: UUID) -> Dossier:
    actor = get_actor_of(request)
    dossier = get_dossier(actor, dossier_id)
    if dossier.account_id != actor.account_id:
        raise DossierNotFoundError
    return dossier
