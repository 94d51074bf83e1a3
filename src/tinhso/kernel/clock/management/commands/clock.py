from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tinhso.kernel.clock.services import load_calendar


class Command(BaseCommand):
    help = "load: put the shipped years that are missing into the working calendar"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["load"])

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_calendar()
        self.stdout.write(
            f"Lịch làm việc: thêm {added} ngày." if added else "Lịch làm việc đã đủ, không thêm gì."
        )
