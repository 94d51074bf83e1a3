"""What each system gives the whole. One manifest per system, found by name, checked hard, then frozen."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from .events import Event
    from .people.actor import Actor

    Label = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Permission:
    code: str
    label: Label
    needs_second_factor: bool = False
    """Held back from a sign-in by password alone: signing, giving roles."""


@dataclass(frozen=True, slots=True)
class RoleTemplate:
    """A role the system proposes; an administrator may change the copy in the database."""

    code: str
    label: Label
    permissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: Label
    url_name: str
    permission: str
    icon: str = "file-text"
    count: Callable[[Actor], int] | None = None
    """How many things wait behind the item, or None when a number would say nothing."""


@dataclass(frozen=True, slots=True)
class CitizenMenuItem:
    label: Label
    url_name: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    title: str
    detail: str
    url: str
    icon: str = "file-text"
    note: Label = ""
    """How it stands, in two words: when it is due, that it is done."""
    tone: str = "da"
    """Colour name of the note."""


@dataclass(frozen=True, slots=True)
class SearchSource:
    """Records the command palette may find: at most `limit` hits the actor may see."""

    label: Label
    find: Callable[[Actor, str, int], list[SearchHit]]
    is_reference: bool = False
    """What is looked up rather than worked on: listed after the records."""


@dataclass(frozen=True, slots=True)
class Handler:
    """`handle` may run twice for one event; it calls one idempotent service."""

    event: type[Event]
    handle: Callable[[Any], None]
    calls_out: bool = False
    """It calls another machine, so it runs outside of the transaction that marks it done."""
    can_wait: bool = False
    """Nobody waits for it in front of a screen: it takes its turn after everything else."""

    @property
    def name(self) -> str:
        return f"{self.handle.__module__}.{self.handle.__qualname__}"

    @property
    def is_prompt(self) -> bool:
        """It may be done on the spot, where there is no worker to leave it to."""
        return not self.calls_out and not self.can_wait


@dataclass(frozen=True, slots=True)
class Job:
    """A periodic job; `cron` has five fields, Vietnam time."""

    name: str
    run: Callable[[], None]
    cron: str


@dataclass(frozen=True, slots=True)
class FileGate:
    """Who may download files kept for one kind of owner, e.g. "onestop.dossier"."""

    owner_kind: str
    may_read: Callable[[Actor, UUID], bool]


@dataclass(frozen=True, slots=True)
class AuditedRows:
    """Rows whose present state must equal the digest in the last entry of their audit stream."""

    stream_prefix: str
    digests: Callable[[Iterable[str]], Iterator[tuple[str, str]]]
    """From record ids (the part of the stream after the prefix) to (record id, digest of the row)."""
    ids: Callable[[], Iterator[str]]
    """Every record id there is, so that a deleted stream is missed."""


@dataclass(frozen=True, slots=True)
class RecordedAction:
    """An action the history tells of, in words: the receipt of a citizen shows them instead of the code."""

    code: str
    label: Label


class ShippedLoader(Protocol):
    def __call__(self, *, progress: Callable[[str], None]) -> object: ...


@dataclass(frozen=True, slots=True)
class SystemManifest:
    code: str
    label: Label
    requires: tuple[str, ...] = ()
    permissions: tuple[Permission, ...] = ()
    roles: tuple[RoleTemplate, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    citizen_menu: tuple[CitizenMenuItem, ...] = ()
    open_pages: tuple[CitizenMenuItem, ...] = ()
    """Pages anybody may read, named in the footer under "Công khai"."""
    search: tuple[SearchSource, ...] = ()
    publishes: tuple[type[Event], ...] = ()
    handlers: tuple[Handler, ...] = ()
    jobs: tuple[Job, ...] = ()
    file_gates: tuple[FileGate, ...] = ()
    audited_rows: tuple[AuditedRows, ...] = ()
    recorded_actions: tuple[RecordedAction, ...] = ()
    urls: str | None = None
    """Module with `urlpatterns` and `app_name`, mounted at the root."""
    api: str | None = None
    """Module with a ninja `router`, mounted at /api/v1/<code>/."""
    load_shipped: ShippedLoader | None = None
    """Brings the data files of the room into the database, telling how far it is; harmless when repeated.
    Done at every start of a new release, in every profile. The files lie in `data/` or `catalogue/`."""
    demo: str | None = None
    """Module with `STAGES` (`kernel.demo.DemoStages`), loaded by the demo profile only."""
    demo_urls: str | None = None
    """Module with `urlpatterns`: stand-ins of outside systems, mounted by the demo profile only."""
    facts: str | None = None
    indicators: str | None = None


class RegistryError(RuntimeError):
    """A manifest that contradicts itself or another; the product refuses to start."""


@dataclass
class Registry:
    _manifests: dict[str, SystemManifest] = field(default_factory=dict)
    _frozen: bool = False

    def add(self, manifest: SystemManifest) -> None:
        if self._frozen:
            raise RegistryError(f"{manifest.code}: the registry is frozen after start-up")
        if manifest.code in self._manifests:
            raise RegistryError(f"{manifest.code}: registered twice")
        self._manifests[manifest.code] = manifest

    def freeze(self) -> None:
        problems = list(find_contradictions(self.manifests))
        if problems:
            raise RegistryError("; ".join(problems))
        self._frozen = True

    @property
    def manifests(self) -> tuple[SystemManifest, ...]:
        return tuple(self._manifests.values())

    def get_event(self, name: str) -> type[Event]:
        for manifest in self.manifests:
            for event in manifest.publishes:
                if event.name == name:
                    return event
        raise RegistryError(f"no system publishes {name}")

    def find_handlers(self, event_name: str) -> list[Handler]:
        return [h for m in self.manifests for h in m.handlers if h.event.name == event_name]

    def get_handler(self, name: str) -> Handler:
        for manifest in self.manifests:
            for handler in manifest.handlers:
                if handler.name == name:
                    return handler
        raise RegistryError(f"no handler {name}")

    @property
    def guarded_permissions(self) -> frozenset[str]:
        return frozenset(p.code for m in self.manifests for p in m.permissions if p.needs_second_factor)

    def get_file_gate(self, owner_kind: str) -> FileGate | None:
        return next((g for m in self.manifests for g in m.file_gates if g.owner_kind == owner_kind), None)


registry = Registry()

CODE = re.compile(r"[a-z][a-z0-9_]*")


def find_contradictions(manifests: tuple[SystemManifest, ...]) -> Iterator[str]:
    codes = {m.code for m in manifests}
    published = {e.name for m in manifests for e in m.publishes}
    declared = [p.code for m in manifests for p in m.permissions]
    for name in {d for d in declared if declared.count(d) > 1}:
        yield f"{name}: declared twice"
    for manifest in manifests:
        yield from _find_bad_names(manifest)
        yield from _find_missing(manifest, codes, set(declared), published)


def _find_bad_names(manifest: SystemManifest) -> Iterator[str]:
    if not CODE.fullmatch(manifest.code):
        yield f"{manifest.code}: a code is lower-case letters, digits and underscores"
    named = [p.code for p in manifest.permissions] + [e.name for e in manifest.publishes]
    for name in named + [a.code for a in manifest.recorded_actions]:
        if not name.startswith(f"{manifest.code}."):
            yield f"{name}: must start with {manifest.code}."


def _find_missing(
    manifest: SystemManifest, codes: set[str], declared: set[str], published: set[str]
) -> Iterator[str]:
    for needed in manifest.requires:
        if needed not in codes:
            yield f"{manifest.code}: requires {needed}, which is not installed"
    for used in [i.permission for i in manifest.menu] + [p for r in manifest.roles for p in r.permissions]:
        if used not in declared:
            yield f"{manifest.code}: uses permission {used}, which no manifest declares"
    for handler in manifest.handlers:
        if handler.event.name not in published:
            yield f"{handler.name}: handles {handler.event.name}, which nobody publishes"


class SystemConfig(AppConfig):
    """An app that is a system or a kernel room with a manifest: found by name, `<app>.manifest`."""

    def ready(self) -> None:
        module = importlib.import_module(f"{self.name}.manifest")
        registry.add(module.manifest)
