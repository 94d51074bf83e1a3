from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tinhso.kernel.orgs.services import load_units


class Command(BaseCommand):
    help = "Administrative units: `orgs load` brings them to the files the product ships; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("load", help="load the shipped units and their lineage")

    def handle(self, *args: Any, **options: Any) -> None:
        load_units(progress=self.stdout.write)
