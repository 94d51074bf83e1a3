"""Telling a person, and his having read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.models import Account
from tinhso.kernel.services import service

from .channels import send_out
from .errors import ForeignUrlError
from .models import Notification


@service
def notify(*, account_id: UUID, subject: str, body: str = "", url: str = "") -> UUID:
    """Tell one person something, in the transaction that made it true. `url` is a path of this site.

    Ways out of the site hear of it only after commit.
    """
    if url and not (url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)):
        raise ForeignUrlError(url)
    notification = Notification.objects.create(
        account_id=account_id, subject=subject, body=body, url=url, created_at=now()
    )
    transaction.on_commit(lambda: send_out(notification.pk), robust=True)
    return notification.pk


@contextmanager
def speaking_to(account_id: UUID) -> Iterator[None]:
    """Texts made inside come out in the language of the person who will read them, not of the one who acts."""
    language = Account.objects.filter(pk=account_id).values_list("language", flat=True).first()
    with translation.override(language or settings.LANGUAGE_CODE):
        yield


@service
def mark_read(*, actor: Actor, notification_id: UUID) -> str:
    """Note that the person opened one of his notifications; returns where it leads."""
    notification = Notification.objects.filter(pk=notification_id, account_id=actor.require_account()).first()
    if notification is None:
        raise NotFoundError
    Notification.objects.filter(pk=notification_id, read_at__isnull=True).update(read_at=now())
    return notification.url


@service
def mark_all_read(*, actor: Actor) -> None:
    Notification.objects.filter(account_id=actor.require_account(), read_at__isnull=True).update(
        read_at=now()
    )
