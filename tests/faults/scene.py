"""Makes an empty database ready to file in, then says in one line of JSON who may file what and where.

Run as `python -m tests.faults.scene` on the database of the environment.
"""

from __future__ import annotations

import datetime as dt
import json
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

django.setup()

from tinhso.kernel.clock.services import load_calendar  # noqa: E402 (after setup)
from tinhso.kernel.moment import today  # noqa: E402 (after setup)
from tinhso.kernel.orgs.models import Agency, AgencyIdentifier  # noqa: E402 (after setup)
from tinhso.kernel.people.models import Account, Role, RoleAssignment  # noqa: E402 (after setup)
from tinhso.kernel.people.selectors import get_actor  # noqa: E402 (after setup)
from tinhso.kernel.people.services import issue_token  # noqa: E402 (after setup)
from tinhso.kernel.signing.choices import CredentialKind  # noqa: E402 (after setup)
from tinhso.kernel.signing.services import create_demo_credentials  # noqa: E402 (after setup)
from tinhso.kernel.signing.services.demo import DemoHolder  # noqa: E402 (after setup)
from tinhso.project.stamp_table import TABLE, WRITE  # noqa: E402 (after setup)
from tinhso.project.stamps import compute_digests  # noqa: E402 (after setup)
from tinhso.systems.onestop.tests.sample import make_version  # noqa: E402 (after setup)

START = dt.date(2025, 7, 1)
WARDS = 4
"""Their registers are what the filings compete for."""


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    load_calendar()
    version = make_version()
    counters = [open_counter(number) for number in range(1, WARDS + 1)]
    stamp_as_prepared()
    sys.stdout.write(json.dumps({"version_id": str(version.pk), "counters": counters}) + "\n")


def open_counter(number: int) -> dict[str, str]:
    """A ward that seals, its officer, and a citizen who files there."""
    ward = Agency.objects.create(
        name=f"Ủy ban nhân dân phường {number}",
        short_name=f"UBND phường {number}",
        abbreviation="UBND",
        level="commune",
        is_one_stop=True,
        valid_from=START,
    )
    AgencyIdentifier.objects.create(agency=ward, scheme="qd20_2020", code=f"H25.{number}", valid_from=START)
    create_demo_credentials(
        holders=[
            DemoHolder(
                code=f"service.{number}",
                kind=CredentialKind.SERVICE,
                name=ward.name,
                agency_name=ward.name,
                agency_id=ward.pk,
            )
        ]
    )
    officer = Account.objects.create_user(f"officer{number}", kind="official", full_name="Nguyễn Thu Hà")
    RoleAssignment.objects.create(
        account=officer,
        role=Role.objects.get(code="onestop.officer"),
        agency=ward,
        title="Công chức hộ tịch",
        valid_from=START,
    )
    personal_number = f"025091{number:06d}"
    citizen = Account.objects.create_user(
        personal_number,
        kind="citizen",
        full_name="Trần Văn Dũng",
        personal_number=personal_number,
        born_on=dt.date(1991, 3, 7),
        sex="male",
        identity_level=2,
    )
    return {
        "agency_id": str(ward.pk),
        "officer": make_token(officer),
        "citizen": make_token(citizen),
        "session": make_session(citizen),
    }


def make_token(account: Account) -> str:
    until = today() + dt.timedelta(days=1)
    return issue_token(actor=get_actor(account), name="Máy", valid_until=until).raw


def make_session(account: Account) -> str:
    """The value of the cookie of a browser that has signed in."""
    client = Client()
    client.force_login(account, settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def stamp_as_prepared() -> None:
    """So that `tinhso serve` neither loads the country nor generates the demo province."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        for name, digest in compute_digests().items():
            cursor.execute(WRITE, [name, digest])


if __name__ == "__main__":
    main()
