"""`verify` the whole history, `seal` complete days, `check-receipt` a file somebody brings."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.kernel.audit.receipt import LONGEST_FILE, Outcome, Trust, check_receipt
from tinhso.kernel.audit.sealing import seal_complete_days
from tinhso.kernel.audit.trust import PinnedTrust, ProvinceTrust
from tinhso.kernel.audit.verification import Verification


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("verify")
        actions.add_parser("seal")
        receipt = actions.add_parser("check-receipt")
        receipt.add_argument("file", type=Path)
        receipt.add_argument(
            "--fingerprint",
            action="append",
            default=[],
            help="SHA-256 of the province's certificate, known from elsewhere: asks no database",
        )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "verify":
            self._verify()
        elif action == "seal":
            self._seal()
        else:
            self._check_receipt(options["file"], options["fingerprint"])

    def _verify(self) -> None:
        started, found = time.monotonic(), 0
        verification = Verification()
        for finding in verification.findings():
            found += 1
            self.stderr.write(str(finding))
        counts = {
            "entries": verification.entry_count,
            "streams": verification.stream_count,
            "records": verification.record_count,
            "seals": verification.seal_count,
            "unsealed": verification.unsealed_count,
            "seconds": f"{time.monotonic() - started:.1f}".replace(".", ","),
        }
        self.stdout.write(
            _(
                "Đã đọc %(entries)s mục của %(streams)s chuỗi, so %(records)s bản ghi và %(seals)s niêm phong "
                "trong %(seconds)s giây. Chờ niêm phong: %(unsealed)s mục."
            )
            % counts
        )
        for fingerprint, name in verification.signers.items():
            self.stdout.write(
                _("Người niêm phong: %(name)s, SHA-256 %(fingerprint)s")
                % {"name": name, "fingerprint": fingerprint}
            )
        if found:
            broken = ngettext(
                "Lịch sử không còn nguyên vẹn: %(count)s chỗ sai.",
                "Lịch sử không còn nguyên vẹn: %(count)s chỗ sai.",
                found,
            )
            raise CommandError(broken % {"count": found})
        self.stdout.write(_("Lịch sử nguyên vẹn."))

    def _seal(self) -> None:
        for sealed in seal_complete_days():
            done = ngettext(
                "Đã niêm phong %(day)s: %(count)s mục.",
                "Đã niêm phong %(day)s: %(count)s mục.",
                sealed.entry_count,
            )
            self.stdout.write(done % {"day": sealed.day.strftime("%d/%m/%Y"), "count": sealed.entry_count})

    def _check_receipt(self, file: Path, fingerprints: list[str]) -> None:
        is_trusted: Trust = PinnedTrust(fingerprints) if fingerprints else ProvinceTrust()
        verdict = check_receipt(_read(file), is_trusted)
        for finding in verdict.findings:
            self.stderr.write(str(finding))
        if verdict.outcome is Outcome.UNREADABLE:
            raise CommandError(_("Tệp này không phải biên nhận lịch sử."))
        self.stdout.write(
            _("%(stream)s: %(entries)s mục, %(sealed)s mục đã niêm phong.")
            % {"stream": verdict.stream, "entries": len(verdict.entries), "sealed": verdict.sealed_count}
        )
        self.stdout.write(
            _("Người ký: %(name)s, SHA-256 %(fingerprint)s")
            % {"name": verdict.signer, "fingerprint": verdict.fingerprint}
        )
        if not verdict.is_genuine:
            raise CommandError(str(verdict.outcome.sentence))
        self.stdout.write(str(verdict.outcome.sentence))


def _read(file: Path) -> Any:
    try:
        with file.open("rb") as content:
            return json.loads(content.read(LONGEST_FILE))
    except (OSError, ValueError) as error:
        raise CommandError(_("Không đọc được tệp này.")) from error
