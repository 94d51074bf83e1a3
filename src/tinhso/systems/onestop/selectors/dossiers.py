"""The gate of the noun "dossier", and single dossiers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.rights import AgencyRule, Gate, OwnerRule

from .. import permissions
from ..choices import DossierStatus
from ..errors import DossierNotFoundError
from ..models import Dossier

DOSSIERS = Gate(
    Dossier,
    (
        OwnerRule(lambda account_id: Q(account_id=account_id)),
        AgencyRule(
            permissions.VIEW,
            lambda agencies: (
                Q(handling_agency_id__in=agencies)
                | Q(resolving_agency_id__in=agencies)
                | Q(intake_agency_id__in=agencies)
            ),
        ),
    ),
)


def find_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Every dossier the actor may see. Lists, search, export, boards and the API all start here."""
    return DOSSIERS.rows(actor)


def get_dossier(actor: Actor, dossier_id: UUID) -> Dossier:
    rows = find_dossiers(actor).select_related(
        "version__procedure", "intake_agency", "resolving_agency", "handling_agency", "assignee"
    )
    try:
        return rows.defer("version__content").get(pk=dossier_id)
    except Dossier.DoesNotExist as error:
        raise DossierNotFoundError from error


def get_dossier_by_code(actor: Actor, code: str) -> Dossier:
    try:
        return find_dossiers(actor).get(code=code)
    except Dossier.DoesNotExist as error:
        raise DossierNotFoundError from error


def has_dossier(actor: Actor, dossier_id: UUID) -> bool:
    return find_dossiers(actor).filter(pk=dossier_id).exists()


def get_fresh_state(dossier: Dossier) -> dict[str, Any]:
    """What a stale screen needs to show the present."""
    return {
        "id": str(dossier.pk),
        "code": dossier.code,
        "revision": dossier.revision,
        "status": dossier.status,
        "status_label": str(DossierStatus(dossier.status).label),
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "step": dossier.step_ordinal,
        "assignee": str(dossier.assignee_id) if dossier.assignee_id else None,
    }


def get_last_actor_name(dossier: Dossier) -> str:
    return find_entries(dossier.stream).reverse().values_list("actor_name", flat=True).first() or ""
