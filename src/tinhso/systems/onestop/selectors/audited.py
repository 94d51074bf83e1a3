"""Dossiers as the audit checks them: the present row against the last word of its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tinhso.kernel.audit.journal import digest

from ..models import Dossier


def find_state_digests(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    for dossier in Dossier.objects.filter(pk__in=list(ids)).iterator():
        yield str(dossier.pk), digest(dossier.state())


def find_dossier_ids() -> Iterator[str]:
    for pk in Dossier.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000):
        yield str(pk)
