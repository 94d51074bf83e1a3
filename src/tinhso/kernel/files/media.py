"""Kinds of files the province takes, by what they are inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class MediaKind:
    media_type: str
    extensions: tuple[str, ...]
    """The first is given to files that come without one."""
    is_shown_inline: bool = False


PDF = MediaKind("application/pdf", (".pdf",), is_shown_inline=True)
PNG = MediaKind("image/png", (".png",), is_shown_inline=True)
JPEG = MediaKind("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), is_shown_inline=True)
DOCX = MediaKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = MediaKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
XML = MediaKind("application/xml", (".xml",))

KINDS = {kind.media_type: kind for kind in (PDF, PNG, JPEG, DOCX, XLSX, XML)}
IMAGES = frozenset({PNG.media_type, JPEG.media_type})
DOCUMENTS = frozenset({PDF.media_type, DOCX.media_type, XLSX.media_type}) | IMAGES
EVERYTHING = frozenset(KINDS)


def get_size_limit(media_type: str) -> int:
    """Bytes."""
    return int(settings.FILE_SIZE_LIMITS[media_type])


def list_extensions(accept: Iterable[str]) -> str:
    """`.pdf, .jpg, .png`, in the order of `KINDS`: for a sentence and for the `accept` of a form."""
    chosen = frozenset(accept)
    return ", ".join(kind.extensions[0] for kind in KINDS.values() if kind.media_type in chosen)


def describe_limits(extensions: Iterable[str]) -> str:
    """PDF đến 30 MB; PNG, JPG đến 15 MB: what a form says beside the place for a file."""
    by_limit: dict[int, list[str]] = {}
    for kind in KINDS.values():
        if not set(kind.extensions).isdisjoint(extensions):
            by_limit.setdefault(get_size_limit(kind.media_type) // 2**20, []).append(
                kind.extensions[0][1:].upper()
            )
    return "; ".join(
        _("%(kinds)s đến %(limit)d MB") % {"kinds": ", ".join(kinds), "limit": limit}
        for limit, kinds in by_limit.items()
    )
