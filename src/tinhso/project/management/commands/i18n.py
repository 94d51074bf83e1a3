"""Texts for people: `i18n update [ROOM …]`, `i18n check [ROOM …]`, `i18n compile`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tinhso.project.catalogues import (
    Room,
    find_conflicts,
    find_faults,
    find_rooms,
    remember,
    update_room,
    write_room,
)
from tinhso.project.translations import compile_all


class Command(BaseCommand):
    help = "Collect the Vietnamese texts of the source, check that the English is complete, compile it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("update", "check", "compile"))
        parser.add_argument("rooms", nargs="*", help="labels of apps; all of them when none is named")
        parser.add_argument("--prune", action="store_true", help="update: drop what no source names any more")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "compile":
            for path in compile_all():
                self.stdout.write(str(path))
            return
        every = find_rooms()
        rooms = [room for room in every if not options["rooms"] or room.name in options["rooms"]]
        if options["act"] == "update":
            self._update(rooms, every, prune=options["prune"])
        else:
            self._check(rooms)

    def _update(self, rooms: list[Room], every: list[Room], *, prune: bool) -> None:
        memory = remember(every)
        for room in rooms:
            catalogue = update_room(room, memory)
            if prune:
                for entry in catalogue.obsolete_entries():
                    catalogue.remove(entry)
            if not len(catalogue):
                continue
            write_room(room, catalogue)
            missing = len(catalogue.untranslated_entries())
            self.stdout.write(f"{room.name}: {len(room.found)} texts, {missing} without English")

    def _check(self, rooms: list[Room]) -> None:
        faults = [f"{room.name}: {fault}" for room in rooms for fault in find_faults(room)]
        faults += find_conflicts(rooms)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} texts need English; run `i18n update`, then translate")
