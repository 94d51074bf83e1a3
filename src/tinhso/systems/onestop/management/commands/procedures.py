"""`import` the national portal's procedure records from a .jsonl or .jsonl.gz file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tinhso.kernel.people.actor import SYSTEM
from tinhso.systems.onestop.data.national.lines import BadLine, read_file
from tinhso.systems.onestop.data.national.reading import ReadRecord
from tinhso.systems.onestop.selectors.national import Group
from tinhso.systems.onestop.selectors.record_words import LINE_FAULTS
from tinhso.systems.onestop.services.import_records import ImportReport, count_doubts, import_records

BATCH = 100


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()
    """A dry run needs neither database nor a set-up province."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        importing = verbs.add_parser("import", help="bring the records in; harmless when repeated")
        importing.add_argument("file", type=Path)
        importing.add_argument("--dry-run", action="store_true", help="read only, asks no database")
        importing.add_argument("--json", action="store_true", dest="as_json", help="one JSON line per record")

    def handle(self, *args: Any, file: Path, dry_run: bool, as_json: bool, **options: Any) -> None:
        self.bad_lines = 0
        records = self._pass_readable(file)
        if dry_run:
            self._show(records, as_json=as_json)
        else:
            self._import(records, file.name, as_json=as_json)
        if self.bad_lines:
            raise CommandError(
                _("%(count)s dòng không đọc được; các dòng khác đã xong.") % {"count": self.bad_lines}
            )

    def _pass_readable(self, file: Path) -> Iterator[ReadRecord]:
        """The records; a line that is none is told at once, by its number."""
        try:
            for one in read_file(file):
                if isinstance(one, ReadRecord):
                    yield one
                else:
                    self._tell(one)
        except OSError as error:
            raise CommandError(_("Không đọc được tệp %(file)s.") % {"file": file}) from error

    def _tell(self, bad: BadLine) -> None:
        self.bad_lines += 1
        what = str(LINE_FAULTS[bad.fault]) % {"code": bad.code, "first": bad.first}
        self.stderr.write(_("Dòng %(number)s: %(what)s.") % {"number": bad.number, "what": what})

    def _show(self, records: Iterator[ReadRecord], *, as_json: bool) -> None:
        count, quarantined = 0, Counter[tuple[str, str]]()
        for one in records:
            count += 1
            quarantined += count_doubts(one.told.doubts)
            if as_json:
                self.stdout.write(json.dumps(one.told.as_line(), ensure_ascii=False))
        if not as_json:
            self.stdout.write(_("Đọc được %(count)s bản ghi; chưa ghi gì.") % {"count": count})
            self._list(quarantined)

    def _import(self, records: Iterator[ReadRecord], file_name: str, *, as_json: bool) -> None:
        report = ImportReport()
        while batch := list(islice(records, BATCH)):
            report.add(import_records(actor=SYSTEM, records=batch, file_name=file_name))
        if as_json:
            self.stdout.write(json.dumps(report.as_plain(), ensure_ascii=False))
            return
        counts = {key: str(value) for key, value in report.as_plain().items()}
        self.stdout.write(
            _(
                "Nhập mới %(imported)s, cập nhật %(updated)s, không đổi %(unchanged)s bản ghi. "
                "Đã công khai %(published)s, chờ công chức %(waiting)s."
            )
            % counts
        )
        self._list(report.quarantined)

    def _list(self, quarantined: Counter[tuple[str, str]]) -> None:
        for (kind, reason), count in sorted(quarantined.items(), key=lambda item: (-item[1], item[0])):
            self.stdout.write(f"{count:>7}  {Group(kind, reason, count).words} ({kind}, {reason})")
