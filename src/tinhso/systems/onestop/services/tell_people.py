from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from tinhso.kernel.notify.models import Notification
from tinhso.kernel.notify.services import notify
from tinhso.kernel.people.selectors import find_holders
from tinhso.kernel.services import service

from ..models import Dossier, IssuedLetter
from ..permissions import SIGN


@service
def tell_applicant(*, dossier_id: UUID, subject: str) -> None:
    """Tell the owner at once on every change (NĐ 224/2026 article 15.1); once per event and state."""
    dossier = _get_named(dossier_id)
    if dossier.account_id is None:
        return
    _tell_once(dossier.account_id, subject, f"{dossier.code}. {dossier.version.name}", _citizen_url(dossier))


@service
def tell_signers(*, dossier_id: UUID, subject: str) -> None:
    """Tell those who may sign that a result, or a letter, waits for them."""
    dossier = _get_named(dossier_id)
    holders = find_holders(SIGN, dossier.resolving_agency_id).values_list("pk", flat=True)
    for account_id in holders:
        _tell_once(
            account_id,
            subject,
            f"{dossier.code}. {dossier.version.name}",
            reverse("onestop:signing"),
        )


def _get_named(dossier_id: UUID) -> Dossier:
    """With no more than a message says of it."""
    said = ("code", "account_id", "resolving_agency_id", "version__name")
    return Dossier.objects.select_related("version").only(*said).get(pk=dossier_id)


@service
def tell_writer(*, dossier_id: UUID, kind: str) -> None:
    """Tell whoever wrote a letter that the leader sent it back."""
    letter = IssuedLetter.objects.select_related("dossier").get(dossier_id=dossier_id, kind=kind)
    if letter.written_by_id is not None:
        _tell_once(
            letter.written_by_id,
            "Lãnh đạo trả lại văn bản",
            f"{letter.dossier.code}. {letter.get_kind_display()}: {letter.remark}",
            reverse("onestop:dossier", args=[dossier_id]),
        )


def _citizen_url(dossier: Dossier) -> str:
    return reverse("onestop:my-dossier", args=[dossier.pk])


def _tell_once(account_id: UUID, subject: str, body: str, url: str) -> None:
    if Notification.objects.filter(account_id=account_id, subject=subject, body=body).exists():
        return
    notify(account_id=account_id, subject=subject, body=body, url=url)
