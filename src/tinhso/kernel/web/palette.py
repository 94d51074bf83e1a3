"""What the command palette finds: records of every system, then places the actor may go."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tinhso.kernel.registry import SearchHit, registry
from tinhso.kernel.search.folding import fold, fold_words, split_matches

from .shell import Shell

MOST_HITS = 5
LEAST_LETTERS = 2

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class PaletteRow:
    title: Pieces
    """Pieces of the title, each with whether the query found it."""
    detail: str
    url: str
    icon: str
    note: str = ""
    tone: str = "da"


@dataclass(frozen=True, slots=True)
class PaletteGroup:
    label: str
    rows: tuple[PaletteRow, ...]
    are_places: bool = False


def find_in_palette(shell: Shell, query: str) -> list[PaletteGroup]:
    """Records first, then places. A query of fewer than two letters lists places only."""
    groups = _find_records(shell, query) if len(query.strip()) >= LEAST_LETTERS else []
    words = fold_words(query)
    places = tuple(
        _row(SearchHit(entry.label, group.label, entry.url, entry.icon), query)
        for group in shell.desk_menu
        for entry in group.entries
        if all(word in fold(entry.label) for word in words)
    )
    return [*groups, PaletteGroup(_("Đi tới"), places, are_places=True)] if places else groups


def _find_records(shell: Shell, query: str) -> list[PaletteGroup]:
    sources = [source for manifest in registry.manifests for source in manifest.search]
    groups = []
    for source in sorted(sources, key=lambda source: source.is_reference):
        rows = tuple(_row(hit, query) for hit in source.find(shell.actor, query, MOST_HITS))
        if rows:
            groups.append(PaletteGroup(str(source.label), rows))
    return groups


def _row(hit: SearchHit, query: str) -> PaletteRow:
    return PaletteRow(
        split_matches(hit.title, query), hit.detail, hit.url, hit.icon, note=str(hit.note), tone=hit.tone
    )
