"""`tinhso signing …`: certificates and trust, for the administrator of an installation."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account

from ...choices import CredentialKind, KeySource
from ...models import SigningCredential, TrustAnchor
from ...services import add_trust_anchor, register_credential, remove_trust_anchor, revoke_credential
from ...services.credentials import NewCredential
from ...verification.checking import check_file


class Command(BaseCommand):
    help = "Certificates to sign with, roots to trust, and verification of a file"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="certificates and roots known here")
        trust = acts.add_parser("trust", help="trust a root certificate from now on")
        trust.add_argument("certificate", type=Path)
        trust.add_argument("--name", required=True)
        trust.add_argument("--why", required=True, help="the sentence readers of a verdict are told")
        distrust = acts.add_parser("distrust", help="stop trusting a root")
        distrust.add_argument("fingerprint")
        add = acts.add_parser("add", help="make a certificate known, with the place of its key")
        add.add_argument("certificate", type=Path, help="PEM: the certificate, then those above it")
        add.add_argument("--code", required=True)
        add.add_argument("--kind", required=True, choices=CredentialKind.values)
        add.add_argument("--label", required=True)
        add.add_argument("--key", required=True, help="file in the keys folder, or pkcs11:token=…;object=…")
        add.add_argument("--account", help="user name of the person")
        add.add_argument("--agency", help="identifier of the agency, e.g. H62.12")
        add.add_argument("--drawing", type=Path, help="transparent PNG of the signature or seal")
        revoke = acts.add_parser("revoke", help="sign nothing more with a certificate")
        revoke.add_argument("code")
        revoke.add_argument("--because", required=True)
        verify = acts.add_parser("verify", help="check the signatures of a PDF")
        verify.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except (TinhSoError, OSError) as error:
            raise CommandError(str(error)) from error

    def _list(self, options: dict[str, Any]) -> None:
        for row in SigningCredential.objects.order_by("code"):
            state = "revoked" if row.revoked_at else f"until {row.expires_at:%Y-%m-%d}"
            self.stdout.write(f"{row.code}\t{row.kind}\t{row.label}\t{row.source}\t{state}")
        for anchor in TrustAnchor.objects.filter(removed_at__isnull=True).order_by("name"):
            self.stdout.write(f"root\t{anchor.name}\t{anchor.fingerprint}")

    def _trust(self, options: dict[str, Any]) -> None:
        certificate = options["certificate"].read_text()
        add_trust_anchor(certificate=certificate, name=options["name"], why=options["why"])

    def _distrust(self, options: dict[str, Any]) -> None:
        remove_trust_anchor(fingerprint=options["fingerprint"])

    def _add(self, options: dict[str, Any]) -> None:
        first, _, chain = options["certificate"].read_text().partition("-----END CERTIFICATE-----\n")
        is_token = options["key"].startswith("pkcs11:")
        register_credential(
            credential=NewCredential(
                code=options["code"],
                kind=CredentialKind(options["kind"]),
                label=options["label"],
                source=KeySource.PKCS11 if is_token else KeySource.PKCS12,
                location=options["key"],
                certificate=f"{first}-----END CERTIFICATE-----\n",
                chain=chain,
                account_id=Account.objects.get(username=options["account"]).pk
                if options["account"]
                else None,
                agency_id=_find_agency(options["agency"]).pk if options["agency"] else None,
                drawing=options["drawing"].read_bytes() if options["drawing"] else None,
            )
        )

    def _revoke(self, options: dict[str, Any]) -> None:
        revoke_credential(code=options["code"], because=options["because"])

    def _verify(self, options: dict[str, Any]) -> None:
        check = check_file(options["file"].read_bytes())
        self.stdout.write(f"{check.verdict}\tsha256 {check.report.sha256}")
        for signer in check.signers:
            report = signer.report
            found = {
                "name": report.name,
                "position": report.position,
                "signed_at": str(report.signed_at),
                "level": report.level,
                "changes": list(report.changes),
                "distrust": report.distrust,
                "root": report.trust.anchor if report.trust else None,
            }
            self.stdout.write(json.dumps(found, ensure_ascii=False))


def _find_agency(code: str) -> Agency:
    found = Agency.objects.filter(identifiers__code=code).order_by("-valid_from").first()
    if found is None:
        raise CommandError(f"no agency bears the identifier {code}")
    return found
