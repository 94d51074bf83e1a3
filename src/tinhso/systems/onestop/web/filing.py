"""Filing: one question a page, papers, a last look, one press."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.kernel.errors import InvalidInputError, TinhSoError
from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.forms.fields import Page
from tinhso.kernel.forms.sources import Sources, read_account
from tinhso.kernel.moment import now, today
from tinhso.kernel.people.models import Account
from tinhso.kernel.web.access import get_actor_of, signed_in
from tinhso.kernel.web.templatetags.ts import in_language

from ..choices import Channel
from ..data.filing import Filing, HandedPaper
from ..errors import FiledOnNationalPortalError
from ..models import FilingDraft
from ..selectors.clocks import read_filing_clock
from ..selectors.drafts import find_draft_files, get_draft
from ..selectors.fees import compute_fee
from ..selectors.portal import is_citizen_door_open
from ..selectors.procedures import get_content, get_definition, get_filed_procedure, get_procedure
from ..selectors.routes import find_competent_counter, find_counters
from ..services.file_dossier import file_dossier
from ..services.keep_draft import discard_draft, move_draft, save_draft, start_draft
from .uploads import store_uploads


@signed_in
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    if not is_citizen_door_open(today()):
        raise FiledOnNationalPortalError(address=settings.PORTAL_CITIZEN_URL)
    version = get_filed_procedure(code)
    definition = get_definition(version)
    draft_id = start_draft(
        actor=get_actor_of(request), version_id=version.pk, values=definition.fill({}, _sources(request))
    )
    return redirect("onestop:draft", draft_id)


@signed_in
def resume(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Go on where the draft stands: a question, the papers or the last look."""
    draft = get_draft(get_actor_of(request), draft_id)
    if draft.dossier_id:
        return redirect("onestop:my-dossier", draft.dossier_id)
    if not is_citizen_door_open(today()):
        raise FiledOnNationalPortalError(address=settings.PORTAL_CITIZEN_URL)
    if not draft.version.is_valid_on(today()):
        return render(request, "onestop/draft_outdated.html", {"draft": draft})
    page = _definition(draft).get_first_open_page(draft.values, on=today())
    if page is not None:
        return redirect("onestop:draft-page", draft_id, page.code)
    return redirect("onestop:draft-papers", draft_id)


@signed_in
@require_POST
def move(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Carry the answers over to the version now in force."""
    actor = get_actor_of(request)
    draft = get_draft(actor, draft_id)
    current = get_procedure(draft.version.procedure.code)
    move_draft(actor=actor, draft_id=draft_id, version_id=current.pk)
    return redirect("onestop:draft", draft_id)


@signed_in
def page(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponseBase:
    draft = get_draft(get_actor_of(request), draft_id)
    if draft.dossier_id:
        return redirect("onestop:my-dossier", draft.dossier_id)
    definition = _definition(draft)
    definition.get_page(code)
    if request.method != "POST":
        return _draw(request, draft, definition.get_page(code).code)
    return _keep_page(request, draft, definition, code)


def _keep_page(
    request: HttpRequest, draft: FilingDraft, definition: FormDefinition, code: str
) -> HttpResponseBase:
    """What was typed is kept first, right or wrong; then the way on is found."""
    posted = definition.read_post(request.POST, values=draft.values, page=code, sources=_sources(request))
    save_draft(actor=get_actor_of(request), draft_id=draft.pk, values=posted.values)
    draft.refresh_from_db()
    draft.values = posted.values
    if posted.is_redraw:
        return _draw(request, draft, code)
    if "_later" in request.POST:
        return redirect("onestop:my-dossiers")
    if problems := definition.check(draft.values, on=today(), page=code):
        return _draw(request, draft, code, problems)
    following = definition.get_next_page(code, draft.values)
    if following is None:
        _choose_counter(request, draft)
        return redirect("onestop:draft-papers", draft.pk)
    return redirect("onestop:draft-page", draft.pk, following.code)


def _choose_counter(request: HttpRequest, draft: FilingDraft) -> None:
    """The commune named in the form decides the counter; the next page still lets the person choose another."""
    counter = find_competent_counter(get_content(draft.version), draft.values, today())
    if counter is not None:
        save_draft(actor=get_actor_of(request), draft_id=draft.pk, agency_id=counter.pk)


def _draw(
    request: HttpRequest, draft: FilingDraft, code: str, problems: dict[str, str] | None = None
) -> HttpResponse:
    definition = _definition(draft)
    before = definition.get_previous_page(code, draft.values)
    context = {
        "form_page": definition.draw_page(
            code,
            draft.values,
            on=today(),
            problems=problems or {},
            sources=_sources(request),
            steps_after=(_("Giấy tờ và nơi nộp"), _("Kiểm tra và nộp")),
            link=lambda to: reverse("onestop:draft-page", args=[draft.pk, to]),
        ),
        "heading": in_language(draft.version, "name"),
        "saved_at": draft.updated_at,
        "autosave_url": reverse("onestop:draft-keep", args=[draft.pk, code]),
        "leave_url": reverse("onestop:my-dossiers"),
        "back_url": reverse("onestop:draft-page", args=[draft.pk, before.code])
        if before
        else reverse("onestop:procedure", args=[draft.version.procedure.code]),
        "action_url": request.path,
    }
    return render(request, "forms/page.html", context, status=422 if problems else 200)


@signed_in
def papers(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Attach papers and choose the counter."""
    actor = get_actor_of(request)
    draft = get_draft(actor, draft_id)
    if draft.dossier_id:
        return redirect("onestop:my-dossier", draft.dossier_id)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        problems = _keep_papers(request, draft)
        if not problems and "_stay" not in request.POST:
            return redirect("onestop:draft-review", draft_id)
        draft.refresh_from_db()
    content = get_content(draft.version)
    attached = find_draft_files(draft)
    context = {
        "draft": draft,
        "back_url": reverse("onestop:draft-page", args=[draft.pk, _get_last_page(draft).code]),
        "papers": [
            (paper, is_required, attached.get(paper.code, []))
            for paper, is_required in content.find_papers(draft.values)
        ],
        "known": [paper for paper in content.papers if paper.source == "database"],
        "counters": find_counters(content, today()),
        "needs_counter": content.level == "commune",
        "problems": problems,
    }
    return render(request, "onestop/draft_papers.html", context, status=422 if problems else 200)


def _get_last_page(draft: FilingDraft) -> Page:
    return _definition(draft).find_pages(draft.values)[-1]


def _keep_papers(request: HttpRequest, draft: FilingDraft) -> list[tuple[str, str]]:
    """Store each file as it came; a refused one is named beside its paper and the others stay."""
    actor = get_actor_of(request)
    problems: list[tuple[str, str]] = []
    if counter := request.POST.get("agency"):
        save_draft(actor=actor, draft_id=draft.pk, agency_id=_as_id(counter))
    if removed := request.POST.get("_remove"):
        save_draft(actor=actor, draft_id=draft.pk, detach=_as_id(removed))
        return problems
    for paper, _is_required in get_content(draft.version).find_papers(draft.values):
        kept, refused = store_uploads(actor, draft.pk, request.FILES.getlist(f"paper-{paper.code}"))
        for file_id in kept:
            save_draft(actor=actor, draft_id=draft.pk, attach=(paper.code, file_id))
        problems += [(f"drop-paper-{paper.code}", sentence) for sentence in refused]
    return problems + ([] if "_stay" in request.POST else _find_missing(draft))


def _find_missing(draft: FilingDraft) -> list[tuple[str, str]]:
    draft.refresh_from_db()
    content = get_content(draft.version)
    problems = [
        (f"drop-paper-{paper.code}", _("Đính kèm: %(paper)s.") % {"paper": in_language(paper, "name")})
        for paper, is_required in content.find_papers(draft.values)
        if is_required and not draft.papers.get(paper.code)
    ]
    if content.level == "commune" and not draft.agency_id:
        problems.append(("agency", _("Chọn nơi nộp hồ sơ.")))
    return problems


@signed_in
def review(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The last look, and the one press that files."""
    actor = get_actor_of(request)
    draft = get_draft(actor, draft_id)
    if draft.dossier_id:
        return redirect("onestop:my-dossier", draft.dossier_id)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            dossier_id = file_dossier(
                actor=actor,
                filing=_as_filing(draft),
                idempotency_key=draft.idempotency_key,
                channel=Channel.ONLINE,
            )
            return redirect(f"{reverse('onestop:my-dossier', args=[dossier_id])}?moi=1")
        except InvalidInputError as refusal:
            problems = [("review", sentence) for sentence in refusal.problems.values()]
        except TinhSoError as refusal:
            problems = [("review", refusal.sentence)]
    content = get_content(draft.version)
    attached = find_draft_files(draft)
    counter = next((c for c in find_counters(content, today()) if c.pk == draft.agency_id), None)
    context = {
        "draft": draft,
        "sections": _definition(draft).describe(
            draft.values, on=today(), link=lambda to: reverse("onestop:draft-page", args=[draft.pk, to])
        ),
        "papers": [(p, attached.get(p.code, [])) for p, _is_required in content.find_papers(draft.values)],
        "counter": counter,
        "fee": compute_fee(content, channel=Channel.ONLINE, on=today(), values=draft.values),
        "reading": read_filing_clock(draft.version),
        "problems": problems,
        "at": now(),
    }
    return render(request, "onestop/draft_review.html", context, status=422 if problems else 200)


@signed_in
@require_POST
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    discard_draft(actor=get_actor_of(request), draft_id=draft_id)
    return redirect("onestop:my-dossiers")


def _as_filing(draft: FilingDraft) -> Filing:
    papers = [
        HandedPaper(paper_code=code, file_id=UUID(file_id))
        for code, ids in draft.papers.items()
        for file_id in ids
    ]
    return Filing(
        dossier_id=draft.pk,
        version_id=draft.version_id,
        agency_id=draft.agency_id,
        values=draft.values,
        papers=tuple(papers),
    )


def _definition(draft: FilingDraft) -> FormDefinition:
    return get_definition(draft.version)


def _sources(request: HttpRequest) -> Sources:
    return read_account(request.user) if isinstance(request.user, Account) else {}


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
