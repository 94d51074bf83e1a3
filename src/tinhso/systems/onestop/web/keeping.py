"""Drafts that keep themselves: what is typed, read without checking, and each file as soon as it is chosen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tinhso.kernel.forms.sources import Sources, read_account
from tinhso.kernel.forms.values import Values
from tinhso.kernel.people.models import Account
from tinhso.kernel.web.access import get_actor_of, requires, signed_in
from tinhso.kernel.web.formats import clock_time
from tinhso.kernel.web.templatetags.ts import in_language

from ..errors import DraftFiledError, PaperMissingError, UnknownPaperError
from ..permissions import RECEIVE
from ..selectors.drafts import get_draft
from ..selectors.procedures import get_content, get_definition
from ..services.keep_draft import keep_answers, save_draft
from .uploads import store_upload


@signed_in
@require_POST
def keep_page(request: HttpRequest, draft_id: UUID, code: str) -> JsonResponse:
    """One page of a citizen's form."""
    sources = read_account(request.user) if isinstance(request.user, Account) else {}
    return _keep(request, draft_id, page=code, sources=sources)


@requires(RECEIVE)
@require_POST
def keep_counter_form(request: HttpRequest, draft_id: UUID) -> JsonResponse:
    """The whole form, as the counter fills it in for the person in front of it."""
    return _keep(request, draft_id)


@signed_in
@require_POST
def attach(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    """One file for one paper, sent as soon as it is chosen. Answers with its row of the list."""
    actor = get_actor_of(request)
    draft = get_draft(actor, draft_id)
    if draft.dossier_id is not None:
        raise DraftFiledError
    asked = {paper.code: paper for paper, _needed in get_content(draft.version).find_papers(draft.values)}
    if code not in asked:
        raise UnknownPaperError(paper=code)
    upload = request.FILES.get("file")
    if upload is None:
        raise PaperMissingError(papers=in_language(asked[code], "name"))
    file = store_upload(actor, draft.pk, upload)
    save_draft(actor=actor, draft_id=draft.pk, attach=(code, file.pk))
    return render(request, "onestop/draft_file.html", {"file": file})


def _keep(
    request: HttpRequest, draft_id: UUID, *, page: str | None = None, sources: Sources | None = None
) -> JsonResponse:
    actor = get_actor_of(request)
    definition = get_definition(get_draft(actor, draft_id).version)

    def read(values: Values) -> Values:
        return definition.read_post(request.POST, values=values, page=page, sources=sources).values

    return JsonResponse({"saved_at": clock_time(keep_answers(actor=actor, draft_id=draft_id, read=read))})
