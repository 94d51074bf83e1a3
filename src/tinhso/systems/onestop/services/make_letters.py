from __future__ import annotations

from django.utils import translation

from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.signing.services import describe_check

from ..models import Dossier, ResultDocument
from .letter_values import result_values
from .seals import sign_and_seal

NOT_NUMBERED = "…"


@translation.override("vi")
def make_result_letter(*, dossier: Dossier, result: ResultDocument, actor: Actor) -> bytes:
    """The numbered result, signed by the actor and sealed by the resolving agency."""
    if result.signed_at is None:
        raise ValueError("a result is numbered and dated before it is signed")
    values = result_values(dossier, result, actor, describe_check(result.check_code))
    return sign_and_seal(
        pdf=render_letter("onestop/result", values, at=result.signed_at),
        actor=actor,
        agency=dossier.resolving_agency,
        reason=result.name,
        at=result.signed_at,
    )


@translation.override("vi")
def make_result_preview(*, dossier: Dossier, actor: Actor) -> bytes:
    """The drafted result as it will look: no number, no signature, no seal."""
    result = dossier.results.filter(signed_at__isnull=True).first()
    if result is None:
        raise ValueError("nothing is drafted")
    values = result_values(dossier, result, actor, {})
    values["number"] = f"{NOT_NUMBERED}/{result.symbol}"
    del values["verification"]
    return render_letter("onestop/result", values)
