from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.orgs.agency_lists import read_agencies
from tinhso.kernel.orgs.services import load_agencies, load_units


class Command(BaseCommand):
    help = (
        "`orgs load` brings administrative units to the files the product ships, `orgs agencies FOLDER` the "
        "province's agencies to its own files; both are safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("load", help="load the shipped units and their lineage")
        agencies = verbs.add_parser("agencies", help="load agencies.csv, functions.csv and successions.csv")
        agencies.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "load":
            load_units(progress=self.stdout.write)
            return
        try:
            count = load_agencies(rows=read_agencies(options["folder"]))
        except TinhSoError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} cơ quan · agencies")
