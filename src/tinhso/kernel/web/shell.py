"""What surrounds every page: brand, menus, the person, the agency. Each part is made only when a page draws it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.kernel.notify.selectors import count_unread
from tinhso.kernel.people.actor import Actor, ActorKind, Post
from tinhso.kernel.registry import CitizenMenuItem, MenuItem, SystemManifest, registry

from .access import get_actor_of
from .formats import is_english

PROVINCE_KINDS = {"Tỉnh": "province", "Thành phố": "city"}


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url: str
    icon: str = ""
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    entries: tuple[Entry, ...]


def find_url(name: str) -> str:
    """The address, or nothing when the room that owns it is not installed: no page shows a dead link."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def split_province() -> tuple[str, str]:
    """("Tỉnh", "Phú Thọ") from "Tỉnh Phú Thọ"."""
    for kind in PROVINCE_KINDS:
        if settings.PROVINCE_NAME.startswith(f"{kind} "):
            return kind, settings.PROVINCE_NAME.removeprefix(f"{kind} ")
    return "", settings.PROVINCE_NAME


class Shell:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def actor(self) -> Actor:
        return get_actor_of(self.request)

    @property
    def is_demo(self) -> bool:
        return bool(settings.IS_DEMO)

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def province(self) -> str:
        """Tỉnh Phú Thọ · Phú Thọ province"""
        kind, name = split_province()
        return f"{name} {PROVINCE_KINDS[kind]}" if kind and is_english() else settings.PROVINCE_NAME

    @property
    def site(self) -> str:
        """Ends every title: Tỉnh Số Phú Thọ"""
        return f"Tỉnh Số {split_province()[1]}"

    @property
    def people_committee(self) -> str:
        kind, name = split_province()
        if is_english():
            return f"People’s Committee of {name} {PROVINCE_KINDS.get(kind, '')}".strip()
        return f"Ủy ban nhân dân {kind.lower()} {name}"

    @property
    def now(self) -> object:
        return timezone.now()

    @cached_property
    def citizen_menu(self) -> tuple[Entry, ...]:
        items = [item for manifest in find_manifests() for item in manifest.citizen_menu]
        return tuple(self._open_entries(items))

    @cached_property
    def open_pages(self) -> tuple[Entry, ...]:
        return tuple(self._open_entries([item for m in find_manifests() for item in m.open_pages]))

    def _open_entries(self, items: Sequence[CitizenMenuItem]) -> Iterator[Entry]:
        current = self._find_current(item.url_name for item in items)
        for item in items:
            if url := find_url(item.url_name):
                yield Entry(str(item.label), url, is_current=url == current)

    @cached_property
    def desk_menu(self) -> tuple[Group, ...]:
        """Systems first, in their order; then the kernel's own rooms under one heading."""
        allowed = {
            m.code: [item for item in m.menu if self.actor.may(item.permission)] for m in find_manifests()
        }
        current = self._find_current(item.url_name for items in allowed.values() for item in items)
        groups, kernel = [], list[Entry]()
        for manifest in find_manifests():
            entries = tuple(self._desk_entries(allowed[manifest.code], current))
            if not is_system(manifest):
                kernel.extend(entries)
            elif entries:
                groups.append(Group(str(manifest.label), entries))
        return (*groups, Group(_("Nền tảng"), tuple(kernel))) if kernel else tuple(groups)

    def _desk_entries(self, items: Sequence[MenuItem], current: str) -> Iterator[Entry]:
        for item in items:
            if url := find_url(item.url_name):
                count = item.count(self.actor) if item.count else None
                yield Entry(str(item.label), url, item.icon, count, url == current)

    def _find_current(self, names: Iterable[str]) -> str:
        """The nearest entry above the page: /lam-viec/cho-ky before /lam-viec."""
        urls = [url for name in names if (url := find_url(name)) and url != "/"]
        above = [url for url in urls if f"{self.request.path}/".startswith(f"{url.rstrip('/')}/")]
        return max(above, key=len, default="")

    @property
    def is_official(self) -> bool:
        return self.actor.kind is ActorKind.OFFICIAL

    @property
    def posts(self) -> tuple[Post, ...]:
        """One post per agency, the present agency first."""
        by_agency = {post.agency_id: post for post in reversed(self.actor.posts)}
        return tuple(sorted(by_agency.values(), key=lambda post: post.agency_id != self.actor.agency_id))

    @property
    def post(self) -> Post | None:
        return next((post for post in self.actor.posts if post.agency_id == self.actor.agency_id), None)

    @property
    def home_url(self) -> str:
        return find_url("web:home") or "/"

    @property
    def sign_in_url(self) -> str:
        return find_url("account_login")

    @property
    def sign_out_url(self) -> str:
        return find_url("account_logout")

    @property
    def account_url(self) -> str:
        return find_url("people:account")

    @property
    def switch_agency_url(self) -> str:
        return find_url("people:switch_agency")

    @property
    def notices_url(self) -> str:
        return find_url("notify:list")

    @cached_property
    def unread_count(self) -> int:
        return count_unread(self.actor)

    @property
    def desk_url(self) -> str:
        return next((entry.url for group in self.desk_menu for entry in group.entries), self.home_url)


def find_manifests() -> list[SystemManifest]:
    """Systems in their order, then the kernel's rooms."""
    return sorted(registry.manifests, key=lambda manifest: not is_system(manifest))


def is_system(manifest: SystemManifest) -> bool:
    return apps.is_installed(f"tinhso.systems.{manifest.code}") or apps.is_installed(
        f"tinhso.insight.{manifest.code}"
    )
