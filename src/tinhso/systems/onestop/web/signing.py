"""The leader's desk: what waits for a signature, read and signed singly or in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.views import PDF_POLICY
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.signing.choices import CredentialKind
from tinhso.kernel.signing.errors import NoCredentialError
from tinhso.kernel.signing.models import SigningCredential
from tinhso.kernel.signing.selectors import get_credential_for
from tinhso.kernel.web.access import get_actor_of, requires

from ..choices import Action
from ..models import Dossier
from ..permissions import SIGN
from ..selectors.load import find_waiting_signature
from ..services.acting import Turn
from ..services.make_letters import make_result_preview
from ..services.sign_result import sign_result

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Submission:
    """Who submitted, when, in which words."""

    who: str
    at: object
    remark: str


@requires(SIGN)
def signing(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    waiting = list(find_waiting_signature(actor).prefetch_related("results")[:MOST_SHOWN])
    wanted = request.GET.get("xem", "")
    shown = next((d for d in waiting if str(d.pk) == wanted), waiting[0] if waiting else None)
    context = {
        "waiting": waiting,
        "shown": shown,
        "submission": _get_submission(shown) if shown else None,
        "credential": _find_credential(actor),
        "now": now(),
    }
    return render(request, "onestop/signing.html", context)


@requires(SIGN)
def preview(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The drafted result as it will look, without number, signature and seal."""
    actor = get_actor_of(request)
    dossier = find_waiting_signature(actor).filter(pk=dossier_id).first()
    if dossier is None:
        return redirect("onestop:signing")
    response = HttpResponse(make_result_preview(dossier=dossier, actor=actor), content_type="application/pdf")
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Content-Security-Policy"] = PDF_POLICY
    response["Content-Disposition"] = "inline"
    return response


@requires(SIGN)
@require_POST
def sign_many(request: HttpRequest) -> HttpResponse:
    """Sign each chosen result in a transaction of its own; what was refused is named, the rest stands."""
    actor = get_actor_of(request)
    signed, refused = 0, []
    for chosen in request.POST.getlist("dossier")[:MOST_SHOWN]:
        dossier_id, _dash, revision = chosen.partition(":")
        try:
            sign_result(
                actor=actor,
                dossier_id=UUID(dossier_id),
                turn=Turn(
                    key=f"{request.POST.get('key', '')[:40]}:{dossier_id[-12:]}",
                    revision=int(revision) if revision.isdigit() else None,
                ),
            )
            signed += 1
        except TinhSoError as refusal:
            refused.append(refusal.sentence)
        except ValueError:
            continue
    if signed:
        said = ngettext("Đã ký %(n)d văn bản.", "Đã ký %(n)d văn bản.", signed) % {"n": signed}
        messages.success(request, said)
    for sentence in refused:
        messages.error(request, sentence)
    if not signed and not refused:
        messages.error(request, _("Chọn ít nhất một văn bản để ký."))
    return redirect("onestop:signing")


def _get_submission(dossier: Dossier) -> Submission | None:
    entry = find_entries(dossier.stream).filter(action=f"onestop.{Action.SUBMIT_RESULT}").last()
    return Submission(entry.actor_name, entry.at, entry.detail.get("remark", "")) if entry else None


def _find_credential(actor: Actor) -> SigningCredential | None:
    """The certificate the leader will sign with; None is said on the screen before the press, not after."""
    try:
        return get_credential_for(account_id=actor.account_id, kind=CredentialKind.PERSON)
    except NoCredentialError:
        return None
