"""Letters of a dossier: those that went out, and those that wait for a leader's signature."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, QuerySet

from tinhso.kernel.people.actor import Actor

from ..errors import DossierNotFoundError
from ..models import Dossier, IssuedLetter
from ..permissions import SIGN
from .dossiers import find_dossiers


def find_waiting_letters(actor: Actor) -> QuerySet[IssuedLetter]:
    """Letters this leader may sign, the most urgent dossier first."""
    return (
        IssuedLetter.objects.filter(
            file_id__isnull=True,
            remark="",
            dossier__in=find_dossiers(actor),
            dossier__resolving_agency_id__in=actor.agencies_with(SIGN),
        )
        .select_related("written_by", "dossier__version__procedure", "dossier__resolving_agency__unit")
        .defer("dossier__version__content")
        .order_by(F("dossier__due_at").asc(nulls_last=True), "pk")
    )


def get_waiting_letter(actor: Actor, dossier_id: UUID, kind: str) -> IssuedLetter:
    letter = find_waiting_letters(actor).filter(dossier_id=dossier_id, kind=kind).first()
    if letter is None:
        raise DossierNotFoundError
    return letter


def find_letters_out(dossier: Dossier) -> QuerySet[IssuedLetter]:
    """Those the applicant has."""
    return dossier.letters.filter(file_id__isnull=False).order_by("issued_at", "pk")
