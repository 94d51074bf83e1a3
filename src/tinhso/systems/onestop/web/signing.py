"""The leader's desk: what waits for a signature, read and signed singly or in bulk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.files.views import PDF_POLICY
from tinhso.kernel.moment import now, today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.signing.choices import CredentialKind
from tinhso.kernel.signing.errors import NoCredentialError
from tinhso.kernel.signing.models import SigningCredential
from tinhso.kernel.signing.selectors import get_credential_for
from tinhso.kernel.web.access import get_actor_of, requires
from tinhso.kernel.web.templatetags.ts import in_language

from ..choices import Action
from ..models import Dossier, IssuedLetter, LetterKind
from ..permissions import SIGN
from ..selectors.letters import find_waiting_letters, get_waiting_letter
from ..selectors.load import find_waiting_signature
from ..selectors.rings import Ring, find_rings
from ..selectors.signing_checks import find_signing_checks
from ..services.acting import Turn
from ..services.make_letters import make_result_preview
from ..services.sign_letter import sign_letter
from ..services.sign_result import sign_result
from ..services.write_letter import PLANS, make_letter_preview

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Submission:
    """Who submitted, when, in which words."""

    who: str
    at: dt.datetime
    remark: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One document on the leader's desk: the result of a dossier, or a letter to the applicant."""

    dossier: Dossier
    letter: IssuedLetter | None = None
    used_share: float | None = None

    @property
    def key(self) -> str:
        """What stands in the address while it is read."""
        return f"{self.dossier.pk}:{self.letter.kind}" if self.letter else str(self.dossier.pk)

    @property
    def choice(self) -> str:
        """What a ticked box posts."""
        return f"{self.dossier.pk}:{self.dossier.revision}:{self.letter.kind if self.letter else ''}"

    @property
    def title(self) -> str:
        return str(self.letter.get_kind_display()) if self.letter else self.dossier.results.all()[0].name

    @property
    def further_results(self) -> int:
        """What else is signed with it: a dossier may end in several papers."""
        return 0 if self.letter else len(self.dossier.results.all()) - 1

    @property
    def is_new_version(self) -> bool:
        """Submitted again after the leader sent it back."""
        return self.letter is None and bool(self.dossier.results.all()[0].remark)

    @property
    def preview_url(self) -> str:
        if self.letter:
            return reverse("onestop:letter-preview", args=[self.dossier.pk, self.letter.kind])
        return reverse("onestop:preview", args=[self.dossier.pk])

    @property
    def acts(self) -> dict[str, str]:
        """Names of the acts that sign it and send it back."""
        names = ("ky-van-ban", "tra-lai-van-ban") if self.letter else ("ky", "tra-lai")
        return dict(zip(("sign", "send_back"), names, strict=True))


@dataclass(frozen=True, slots=True)
class Pile:
    """What lies together: results due together or, by choice, of one procedure; letters to applicants."""

    title: str
    members: tuple[Waiting, ...]
    is_overdue: bool = False


@requires(SIGN)
def signing(request: HttpRequest) -> HttpResponse:
    actor = get_actor_of(request)
    order = "thu-tuc" if request.GET.get("xep") == "thu-tuc" else "han"
    piles = _find_piles(actor, by_procedure=order == "thu-tuc")
    waiting = [one for pile in piles for one in pile.members]
    wanted = request.GET.get("xem", "")
    place = next((i for i, one in enumerate(waiting) if one.key == wanted), 0)
    shown = waiting[place] if waiting else None
    context = {
        "piles": piles,
        "count": len(waiting),
        "order": order,
        "shown": shown,
        "before": waiting[place - 1] if place > 0 else None,
        "after": waiting[place + 1] if place + 1 < len(waiting) else None,
        "checks": find_signing_checks(shown.dossier, now()) if shown and not shown.letter else [],
        "submission": _get_submission(shown) if shown else None,
        "credential": _find_credential(actor),
        "now": now(),
    }
    return render(request, "onestop/signing.html", context)


def _find_piles(actor: Actor, *, by_procedure: bool) -> list[Pile]:
    results = list(find_waiting_signature(actor).prefetch_related("results", "papers", "steps")[:MOST_SHOWN])
    letters = list(find_waiting_letters(actor)[:MOST_SHOWN])
    rings = find_rings([*results, *(letter.dossier for letter in letters)])
    piles: dict[str, list[Waiting]] = {}
    for dossier in results:
        key = in_language(dossier.version, "name") if by_procedure else _get_need(dossier)
        share = rings.get(dossier.pk, Ring()).used_share
        piles.setdefault(key, []).append(Waiting(dossier, used_share=share))
    named = [Pile(str(NEEDS.get(key, key)), tuple(rows), key == "overdue") for key, rows in piles.items()]
    if by_procedure:
        named.sort(key=lambda pile: pile.title)
    if letters:
        members = [Waiting(one.dossier, one, rings.get(one.dossier.pk, Ring()).used_share) for one in letters]
        named.append(Pile(_("Văn bản gửi người nộp"), tuple(members)))
    return named


NEEDS = {
    "overdue": gettext_lazy("Quá hạn"),
    "today": gettext_lazy("Hôm nay"),
    "later": gettext_lazy("Từ ngày mai"),
}


def _get_need(dossier: Dossier) -> str:
    if dossier.due_at is None:
        return "later"
    if dossier.due_at < now():
        return "overdue"
    return "today" if timezone.localdate(dossier.due_at) == today() else "later"


@requires(SIGN)
def preview(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The drafted result as it will look, without number, signature and seal."""
    actor = get_actor_of(request)
    dossier = find_waiting_signature(actor).filter(pk=dossier_id).first()
    if dossier is None:
        return redirect("onestop:signing")
    return _show_pdf(make_result_preview(dossier=dossier, actor=actor))


@requires(SIGN)
def letter_preview(request: HttpRequest, dossier_id: UUID, kind: str) -> HttpResponse:
    actor = get_actor_of(request)
    letter = get_waiting_letter(actor, dossier_id, kind)
    return _show_pdf(make_letter_preview(letter=letter, leader=actor))


def _show_pdf(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Content-Security-Policy"] = PDF_POLICY
    response["Content-Disposition"] = "inline"
    return response


@requires(SIGN)
@require_POST
def sign_many(request: HttpRequest) -> HttpResponse:
    """Sign each chosen document in a transaction of its own; what was refused is named, the rest stands."""
    actor = get_actor_of(request)
    key = request.POST.get("key", "")[:40]
    signed, refused = 0, []
    for chosen in request.POST.getlist("dossier")[:MOST_SHOWN]:
        try:
            _sign_one(actor, chosen, key)
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


def _sign_one(actor: Actor, chosen: str, key: str) -> None:
    """`chosen` is `Waiting.choice`. Raises ValueError where it is not."""
    dossier_id, _dash, rest = chosen.partition(":")
    revision, _dash, kind = rest.partition(":")
    turn = Turn(key=f"{key}:{dossier_id[-12:]}{kind}", revision=int(revision) if revision.isdigit() else None)
    if kind:
        sign_letter(actor=actor, dossier_id=UUID(dossier_id), turn=turn, kind=kind)
    else:
        sign_result(actor=actor, dossier_id=UUID(dossier_id), turn=turn)


def _get_submission(one: Waiting) -> Submission | None:
    action = PLANS[LetterKind(one.letter.kind)].action if one.letter else Action.SUBMIT_RESULT
    entry = find_entries(one.dossier.stream).filter(action=f"onestop.{action}").last()
    if entry is None:
        return None
    said = one.letter.reason if one.letter else entry.detail.get("remark", "")
    return Submission(entry.actor_name, entry.at, said)


def _find_credential(actor: Actor) -> SigningCredential | None:
    """The certificate the leader will sign with; None is said on the screen before the press, not after."""
    try:
        return get_credential_for(account_id=actor.account_id, kind=CredentialKind.PERSON)
    except NoCredentialError:
        return None
