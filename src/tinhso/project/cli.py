"""The command `tinhso`: short names of its own, and every Django management command.

When DATABASE_URL is absent the product's own PostgreSQL runs for as long as the command does.
"""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from tinhso.kernel import embedded

from .databases import get_var_dir

PROFILES = ("demo", "production", "test")
ALIASES = {"worker": ["procrastinate", "worker"]}
WITHOUT_DATABASE = {
    "help",
    "--help",
    "-h",
    "version",
    "--version",
    "makemessages",
    "compilemessages",
    "collectstatic",
}


def main() -> int:
    arguments = sys.argv[1:] or ["help"]
    choose_profile()
    name, rest = arguments[0], arguments[1:]
    command = [*ALIASES.get(name, [name]), *rest]
    needs_server = not os.environ.get("DATABASE_URL") and name not in WITHOUT_DATABASE
    try:
        with embedded.server(get_var_dir(), tell=print) if needs_server else nullcontext() as address:
            if address:
                os.environ["DATABASE_URL"] = address.url
            execute_from_command_line(["tinhso", *command])
    except embedded.PostgresError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def choose_profile() -> None:
    profile = os.environ.get("TINHSO_PROFILE", "demo")
    if profile not in PROFILES:
        sys.exit(f"TINHSO_PROFILE={profile}: chỉ có · one of: {', '.join(PROFILES)}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"tinhso.project.settings.{profile}")


if __name__ == "__main__":
    sys.exit(main())
