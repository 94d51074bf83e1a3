"""Acts on many dossiers at once, from the bar over the worklist: each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.selectors import open_file
from tinhso.kernel.files.views import PDF_POLICY
from tinhso.kernel.letters.joining import join_pdfs
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.access import get_actor_of, requires

from ..choices import Action
from ..errors import AssigneeNotAbleError, DossierNotFoundError, NothingToPassOnError
from ..models import DossierStep, LetterKind
from ..permissions import VIEW
from ..selectors.dossiers import find_dossiers, get_dossier
from ..selectors.lifecycle import find_allowed_actions
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.finish_step import finish_step
from ..services.issue_letter import issue_letter
from ..services.take_step import assign_step, take_step

MOST_CHOSEN = 100
MOST_TOLD = 5
"""Refusals told one by one; the rest are only counted."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ticked row, with the revision its reader saw."""

    dossier_id: UUID
    turn: Turn


Act = Callable[[Actor, Chosen], None]


@requires(VIEW)
@require_POST
def act_on_many(request: HttpRequest) -> HttpResponse:
    """What was refused is named with its reason; the rest stands."""
    actor = get_actor_of(request)
    name = request.POST.get("act", "")
    chosen = list(read_chosen(request, name))
    if not chosen:
        messages.error(request, _("Đánh dấu ít nhất một hồ sơ."))
        return _go_back(request)
    if name == "in":
        return _print(request, actor, chosen)
    done = _carry_out(request, actor, chosen, _choose_act(request, name))
    if done:
        messages.success(request, _say_done(name, done))
    return _go_back(request)


def read_chosen(request: HttpRequest, act: str) -> Iterator[Chosen]:
    """Each box carries `id:revision`. The key of the page makes a repeated press harmless, per act and dossier."""
    key = request.POST.get("key", "")[:24]
    for box in request.POST.getlist("dossier")[:MOST_CHOSEN]:
        dossier_id, _colon, revision = box.partition(":")
        try:
            yield Chosen(
                dossier_id=UUID(dossier_id),
                turn=Turn(
                    key=f"{key}:{act[:10]}:{dossier_id[-12:]}",
                    revision=int(revision) if revision.isdigit() else None,
                ),
            )
        except ValueError:
            continue


def _carry_out(request: HttpRequest, actor: Actor, chosen: list[Chosen], act: Act) -> int:
    done, refused = 0, []
    for one in chosen:
        try:
            act(actor, one)
            done += 1
        except TinhSoError as refusal:
            refused.append((one.dossier_id, refusal.sentence))
    _tell_refused(request, actor, refused)
    return done


def _tell_refused(request: HttpRequest, actor: Actor, refused: list[tuple[UUID, str]]) -> None:
    told = refused[:MOST_TOLD]
    rows = find_dossiers(actor).filter(pk__in=[pk for pk, _sentence in told])
    codes = dict(rows.values_list("pk", "code"))
    for dossier_id, sentence in told:
        messages.error(request, ": ".join(filter(None, (codes.get(dossier_id), sentence))))
    if more := len(refused) - len(told):
        said = ngettext("Và %(n)d hồ sơ khác chưa làm được.", "Và %(n)d hồ sơ khác chưa làm được.", more)
        messages.error(request, said % {"n": more})


def _choose_act(request: HttpRequest, name: str) -> Act:
    if name != "giao":
        return pass_on
    try:
        colleague_id = UUID(request.POST.get("to", ""))
    except ValueError as error:
        raise AssigneeNotAbleError from error

    def assign(actor: Actor, one: Chosen) -> None:
        assign_step(actor=actor, dossier_id=one.dossier_id, turn=one.turn, to_account_id=colleague_id)

    return assign


def pass_on(actor: Actor, one: Chosen) -> None:
    """The next act of a dossier that needs nothing typed: accept it, begin its step, or finish the step begun.

    Raises: NothingToPassOnError, and what the act itself raises.
    """
    dossier = get_dossier(actor, one.dossier_id)
    step = DossierStep.objects.filter(dossier=dossier, ordinal=dossier.step_ordinal).first()
    allowed = find_allowed_actions(actor, dossier, step.kind if step else None)
    if Action.ACCEPT in allowed:
        accept_dossier(actor=actor, dossier_id=dossier.pk, turn=one.turn)
    elif Action.TAKE_STEP in allowed and not _is_begun_by(step, actor):
        take_step(actor=actor, dossier_id=dossier.pk, turn=one.turn)
    elif Action.FINISH_STEP in allowed:
        finish_step(actor=actor, dossier_id=dossier.pk, turn=one.turn)
    else:
        raise NothingToPassOnError(status=dossier.get_status_display())


def _is_begun_by(step: DossierStep | None, actor: Actor) -> bool:
    return step is not None and step.taken_by_id == actor.account_id


def _say_done(name: str, done: int) -> str:
    if name == "giao":
        said = ngettext("Đã giao %(n)d hồ sơ.", "Đã giao %(n)d hồ sơ.", done)
    else:
        said = ngettext("Đã chuyển %(n)d hồ sơ.", "Đã chuyển %(n)d hồ sơ.", done)
    return said % {"n": done}


def _print(request: HttpRequest, actor: Actor, chosen: list[Chosen]) -> HttpResponse:
    """The receipts of the accepted ones as one PDF, in the order of the list."""
    wanted = [one.dossier_id for one in chosen]
    accepted = set(
        find_dossiers(actor).filter(pk__in=wanted, accepted_at__isnull=False).values_list("pk", flat=True)
    )
    if not accepted:
        messages.error(request, _("Chưa hồ sơ nào được tiếp nhận, nên chưa có giấy hẹn để in."))
        return _go_back(request)
    receipts = [_read_receipt(actor, pk) for pk in wanted if pk in accepted]
    response = HttpResponse(join_pdfs(receipts), content_type="application/pdf")
    response["Content-Security-Policy"] = PDF_POLICY
    response["Content-Disposition"] = 'inline; filename="giay-hen.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _read_receipt(actor: Actor, dossier_id: UUID) -> bytes:
    file_id = issue_letter(dossier_id=dossier_id, kind=LetterKind.RECEIPT)
    if file_id is None:
        raise DossierNotFoundError
    _file, content = open_file(actor, file_id)
    with content:
        return content.read()


def _go_back(request: HttpRequest) -> HttpResponseRedirect:
    """To the list as it was filtered; the query is only ever put behind our own address."""
    query = request.POST.get("query", "")[:500]
    return redirect(f"{reverse('onestop:worklist')}?{query}" if query else "onestop:worklist")
