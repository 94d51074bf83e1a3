"""The counter: take a dossier in on behalf of the person in front of you."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tinhso.kernel.errors import InvalidInputError, TinhSoError
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.moment import today
from tinhso.kernel.people.citizen_number import parse_citizen_number
from tinhso.kernel.web.access import get_actor_of, requires

from ..choices import ApplicantKind, Channel
from ..data.filing import Applicant, Filing, HandedPaper
from ..data.procedure_file import Paper
from ..models import FilingDraft
from ..permissions import RECEIVE
from ..selectors.drafts import find_draft_files, find_drafts, get_draft
from ..selectors.fees import compute_fee
from ..selectors.procedures import find_page, get_content, get_definition, get_filed_procedure
from ..selectors.promise import find_most_used
from ..services.keep_draft import discard_draft, save_draft, start_draft
from ..services.receive_at_counter import receive_at_counter
from .uploads import store_uploads

MOST_OFFERED = 8
PERSON_FIELDS = ("name", "number", "phone", "email", "address")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper asked for, with what was scanned and the counts typed so far."""

    paper: Paper
    is_required: bool
    files: list[StoredFile]
    originals: str
    copies: str


@requires(RECEIVE)
def choose(request: HttpRequest) -> HttpResponse:
    """Which procedure: what the person says, in any words."""
    actor = get_actor_of(request)
    query = request.GET.get("q", "")[:200].strip()
    context = {
        "query": query,
        "found": find_page(query, only_filed_here=True).versions if query else [],
        "begun": [] if query else find_drafts(actor),
        "often": [] if query else find_most_used(MOST_OFFERED, at_counter=actor.agency_id),
    }
    return render(request, "onestop/counter_choose.html", context)


@requires(RECEIVE)
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    actor = get_actor_of(request)
    version = get_filed_procedure(code)
    draft_id = start_draft(
        actor=actor, version_id=version.pk, values={}, agency_id=actor.agency_id, is_fresh=True
    )
    return redirect("onestop:counter-form", draft_id)


@requires(RECEIVE)
@require_POST
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The person went away before it was taken in."""
    discard_draft(actor=get_actor_of(request), draft_id=draft_id)
    return redirect("onestop:counter")


@requires(RECEIVE)
def form(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The whole form on one page: who, what, papers. One press takes it in and prints the receipt."""
    actor = get_actor_of(request)
    draft = get_draft(actor, draft_id)
    if draft.dossier_id:
        return redirect("onestop:dossier", draft.dossier_id)
    definition = get_definition(draft.version)
    problems: dict[str, str] = {}
    refusals: list[tuple[str, str]] = []
    values = draft.values
    if request.method == "POST":
        posted = definition.read_post(request.POST, values=draft.values)
        values = posted.values
        save_draft(actor=actor, draft_id=draft.pk, values=values)
        refusals = _keep_scans(request, draft)
        draft.refresh_from_db()
        if not posted.is_redraw and not refusals and "_stay" not in request.POST:
            try:
                dossier_id = receive_at_counter(
                    actor=actor, filing=_as_filing(request, draft), idempotency_key=draft.idempotency_key
                )
                return redirect(f"{reverse('onestop:dossier', args=[dossier_id])}?moi=1")
            except InvalidInputError as refusal:
                problems = refusal.problems
            except TinhSoError as refusal:
                refusals = [("counter", refusal.sentence)]
    draft.values = values
    return _draw(request, draft, problems, refusals)


def _draw(
    request: HttpRequest, draft: FilingDraft, problems: dict[str, str], refusals: list[tuple[str, str]]
) -> HttpResponse:
    content = get_content(draft.version)
    definition = get_definition(draft.version)
    attached = find_draft_files(draft)
    pages = [
        definition.draw_page(p.code, draft.values, on=today(), problems=problems)
        for p in definition.find_pages(draft.values)
    ]
    person = [("person-name", said) for path, said in problems.items() if path.startswith("applicant")]
    faults = [(fault.input_id, fault.sentence) for page in pages for fault in page.faults]
    told = [*person, *faults, *refusals]
    context = {
        "draft": draft,
        "content": content,
        "pages": pages,
        "papers": [
            PaperRow(
                paper=paper,
                is_required=is_required,
                files=attached.get(paper.code, []),
                originals=request.POST.get(f"originals-{paper.code}", str(paper.originals)),
                copies=request.POST.get(f"copies-{paper.code}", str(paper.copies)),
            )
            for paper, is_required in content.find_papers(draft.values)
        ],
        "person": {name: request.POST.get(f"person-{name}", "") for name in PERSON_FIELDS},
        "kinds": ApplicantKind.choices,
        "chosen_kind": request.POST.get("person-kind", "1"),
        "fee": compute_fee(content, channel=Channel.DIRECT, on=today(), values=draft.values),
        "problems": told,
    }
    return render(request, "onestop/counter_form.html", context, status=422 if told else 200)


def _keep_scans(request: HttpRequest, draft: FilingDraft) -> list[tuple[str, str]]:
    actor = get_actor_of(request)
    problems: list[tuple[str, str]] = []
    for paper in get_content(draft.version).papers:
        kept, refused = store_uploads(actor, draft.pk, request.FILES.getlist(f"paper-{paper.code}"))
        for file_id in kept:
            save_draft(actor=actor, draft_id=draft.pk, attach=(paper.code, file_id))
        problems += [(f"scan-{paper.code}", sentence) for sentence in refused]
    return problems


def _as_filing(request: HttpRequest, draft: FilingDraft) -> Filing:
    """Papers are handed in on paper, scanned, or both; the counts are what the receipt will list."""
    papers: list[HandedPaper] = []
    for paper in get_content(draft.version).papers:
        originals, copies = (
            _count(request, f"originals-{paper.code}"),
            _count(request, f"copies-{paper.code}"),
        )
        scans = draft.papers.get(paper.code, [])
        papers += [
            HandedPaper(paper.code, UUID(scan), originals if i == 0 else 0, copies if i == 0 else 0)
            for i, scan in enumerate(scans)
        ]
        if not scans and (originals or copies):
            papers.append(HandedPaper(paper.code, None, originals, copies))
    return Filing(
        dossier_id=draft.pk,
        version_id=draft.version_id,
        agency_id=draft.agency_id,
        values=draft.values,
        papers=tuple(papers),
        applicant=_read_person(request),
    )


def _read_person(request: HttpRequest) -> Applicant:
    said = {name: request.POST.get(f"person-{name}", "").strip()[:250] for name in PERSON_FIELDS}
    kind = request.POST.get("person-kind", "1")
    number = said["number"].replace(" ", "")
    if kind == "1" and number:
        number = parse_citizen_number(number).number
    return Applicant(
        name=said["name"],
        number=number,
        kind=int(kind) if kind in {"1", "2", "3", "4"} else 1,
        phone=said["phone"][:20],
        email=said["email"],
        address=said["address"],
    )


def _count(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return min(int(text), 99) if text.isdigit() else 0
