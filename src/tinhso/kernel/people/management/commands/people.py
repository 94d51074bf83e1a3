"""Accounts from the server itself: the first administrator, and the way back for the last one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.moment import today
from tinhso.kernel.orgs.selectors import get_agency_by_identifier

from ...actor import SYSTEM
from ...models import Account
from ...services import forget_second_factor, register_official, reset_password


class Command(BaseCommand):
    help = "people register USERNAME …: open an official's account · people reset USERNAME: a new temporary password"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        register = acts.add_parser("register", help="open an account and give its first role, from today")
        register.add_argument("username")
        register.add_argument("--name", required=True, help="full name")
        register.add_argument("--agency", required=True, help="identifier of the agency, e.g. H44")
        register.add_argument("--title", required=True, help="as printed under a signature")
        register.add_argument("--role", default="people.administrator")
        register.add_argument("--email", default="")
        register.add_argument("--only-there", action="store_true", help="not at the agencies below")
        reset = acts.add_parser("reset", help="for an official nobody else can help")
        reset.add_argument("username")
        reset.add_argument("--factors", action="store_true", help="also forget keys, app and recovery codes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            password = self._register(options) if options["act"] == "register" else self._reset(options)
        except TinhSoError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['username']}  {password}")
        self.stderr.write("Mật khẩu tạm, chỉ hiện một lần. · A temporary password, shown once.")

    def _register(self, options: dict[str, Any]) -> str:
        return register_official(
            actor=SYSTEM,
            username=options["username"],
            full_name=options["name"],
            email=options["email"],
            role_code=options["role"],
            agency_id=get_agency_by_identifier(options["agency"], today()).pk,
            title=options["title"],
            reaches_below=not options["only_there"],
        ).temporary_password

    def _reset(self, options: dict[str, Any]) -> str:
        account = Account.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"không có · there is no {options['username']}")
        if options["factors"]:
            forget_second_factor(actor=SYSTEM, account_id=account.pk)
        return reset_password(actor=SYSTEM, account_id=account.pk)
