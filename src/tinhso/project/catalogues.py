"""Texts for people, from the source to the .po files: Vietnamese in the code, English beside it.

Needs no gettext binaries: Babel reads Python, Django turns a template into Python first, polib writes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, cast

import polib
from babel.messages.extract import extract_python
from django.apps import apps
from django.utils.translation.template import templatize

PACKAGE_DIR = Path(__file__).resolve().parents[1]
LANGUAGE = "en"
KERNEL, WEB = PACKAGE_DIR / "kernel", PACKAGE_DIR / "kernel" / "web"
"""What stands in `kernel/*.py`, outside of any app, is kept by web: Django looks for catalogues in apps only."""
SKIPPED = frozenset({"tests", "migrations", "static", "locale", "node_modules"})
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")
METADATA = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": LANGUAGE,
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


Extracted: TypeAlias = tuple[int, str, str | tuple[str | None, ...], list[str]]


@dataclass(frozen=True, slots=True)
class Key:
    text: str
    plural: str = ""
    context: str = ""


@dataclass(slots=True)
class Room:
    """An app with the texts its source names, each with the files it stands in."""

    name: str
    folder: Path
    found: dict[Key, set[str]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def find_rooms() -> list[Room]:
    """Every app of the package, with its texts."""
    configs = [config for config in apps.get_app_configs() if Path(config.path).is_relative_to(PACKAGE_DIR)]
    rooms = {Path(config.path): Room(config.label, Path(config.path)) for config in configs}
    for source in _find_sources(PACKAGE_DIR):
        folder = next((parent for parent in source.parents if parent in rooms), None)
        if folder is None and not source.is_relative_to(KERNEL):
            continue
        for key in read_keys(source):
            place = source.relative_to(PACKAGE_DIR).as_posix()
            rooms[folder or WEB].found.setdefault(key, set()).add(place)
    return sorted(rooms.values(), key=lambda room: room.folder)


def _find_sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in SKIPPED:
                yield from _find_sources(path)
        elif path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
            yield path


def read_keys(source: Path) -> Iterator[Key]:
    text = source.read_text(encoding="utf-8")
    if source.suffix != ".py":
        # What is not text for people comes out as X's; their indentation would not be Python's.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(source)).splitlines())
    stream = io.BytesIO(text.encode())
    found = cast("Iterator[Extracted]", extract_python(stream, KEYWORDS, [], {"encoding": "utf-8"}))
    for _line, function, messages, _comments in found:
        if key := _to_key(function, messages):
            yield key


def _to_key(function: str, messages: str | tuple[str | None, ...]) -> Key | None:
    parts = [messages] if isinstance(messages, str) else list(messages)
    spec = KEYWORDS[function] or (1,)
    values = {"context": "", "text": "", "plural": ""}
    for position, name in zip(spec, _names(spec), strict=True):
        index = (position[0] if isinstance(position, tuple) else position) - 1
        value = parts[index] if index < len(parts) else None
        if not value:
            return None
        values[name] = value
    return Key(**values)


def _names(spec: tuple[object, ...]) -> list[str]:
    names = ["context"] if isinstance(spec[0], tuple) else []
    return [*names, *["text", "plural"][: len(spec) - len(names)]]


def read_catalogue(path: Path) -> polib.POFile:
    catalogue = polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)
    catalogue.metadata = METADATA
    return catalogue


def key_of(entry: polib.POEntry) -> Key:
    return Key(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def update_room(room: Room, memory: dict[Key, polib.POEntry]) -> polib.POFile:
    """Texts in the order of their files; known translations kept, those no longer used marked obsolete.

    `memory` lends translations of the same text in other rooms.
    """
    old = {key_of(entry): entry for entry in read_catalogue(room.path)}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = METADATA
    for key, places in sorted(room.found.items(), key=lambda item: (min(item[1]), item[0].text)):
        known = old.get(key) or memory.get(key)
        fresh.append(_entry(key, places, known))
    for key, entry in old.items():
        if key not in room.found and entry.translated():
            entry.obsolete = True
            entry.occurrences = []
            fresh.append(entry)
    return fresh


def _entry(key: Key, places: Iterable[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=key.text,
        msgctxt=key.context or None,
        occurrences=[(place, "") for place in sorted(places)],
        flags=["python-format"] if PLACEHOLDER.search(key.text) else [],
    )
    if key.plural:
        entry.msgid_plural = key.plural
        entry.msgstr_plural = dict(known.msgstr_plural) if known else {0: "", 1: ""}
    elif known:
        entry.msgstr = known.msgstr
    if known and known.fuzzy:
        entry.flags.append("fuzzy")
    if known:
        entry.tcomment = known.tcomment
    return entry


def write_room(room: Room, catalogue: polib.POFile) -> None:
    room.path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(room.path))


def remember(rooms: Iterable[Room]) -> dict[Key, polib.POEntry]:
    return {key_of(e): e for room in rooms for e in read_catalogue(room.path) if e.translated()}


def find_faults(room: Room) -> Iterator[str]:
    """What keeps the English from being complete, one line each."""
    entries = {key_of(entry): entry for entry in read_catalogue(room.path)}
    for key, places in room.found.items():
        entry = entries.get(key)
        if entry is None or entry.obsolete:
            yield f"missing: “{key.text}” ({min(places)})"
        elif entry.fuzzy:
            yield f"fuzzy: “{key.text}” ({min(places)})"
        elif not entry.translated():
            yield f"untranslated: “{key.text}” ({min(places)})"
        else:
            yield from _find_lost_placeholders(key, entry)
    for key, entry in entries.items():
        if entry.obsolete or key not in room.found:
            yield f"obsolete: “{key.text}”"


def find_conflicts(rooms: Iterable[Room]) -> Iterator[str]:
    """One text, two translations: Django merges the rooms and only the first would be read."""
    heard: dict[Key, tuple[str, str]] = {}
    for room in rooms:
        for entry in read_catalogue(room.path):
            if entry.obsolete or not entry.translated():
                continue
            said = entry.msgstr or " | ".join(entry.msgstr_plural.values())
            first, words = heard.setdefault(key_of(entry), (room.name, said))
            if words != said:
                yield f"{room.name}: “{entry.msgid}” is “{said}” here and “{words}” in {first}"


def _find_lost_placeholders(key: Key, entry: polib.POEntry) -> Iterator[str]:
    wanted = set(PLACEHOLDER.findall(key.plural or key.text))
    for text in entry.msgstr_plural.values() if key.plural else [entry.msgstr]:
        if set(PLACEHOLDER.findall(text)) != wanted:
            yield f"placeholders differ: “{key.text}” | “{text}”"
