import io

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from conftest import Cast
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.orgs.models import Agency, AgencyIdentifier
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.signin.second_factor import has_second_factor

from .makers import START, make_agency


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("people", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue().split()[-1]


def make_center() -> Agency:
    center = make_agency("Trung tâm")
    AgencyIdentifier.objects.create(agency=center, scheme="qd20_2020", code="H44.99", valid_from=START)
    return center


def test_the_first_administrator_comes_from_the_server(cast: Cast) -> None:
    center = make_center()
    below = make_agency("Phòng", parent=center)

    password = run(
        "register", "quantri", "--name", "Trần Quản Trị", "--agency", "H44.99", "--title", "Quản trị"
    )

    account = Account.objects.get(username="quantri")
    assert authenticate(username="quantri", password=password) == account
    assert account.has_temporary_password
    assert get_actor(account).agencies_with("people.manage_roles") == {center.pk, below.pk}
    assert AuditEntry.objects.get(action="people.official_registered").actor_id is None


def test_an_unknown_agency_or_a_taken_name_is_refused(cast: Cast) -> None:
    make_center()

    with pytest.raises(CommandError, match=r"orgs\."):
        run("register", "quantri", "--name", "A", "--agency", "H00", "--title", "B")
    with pytest.raises(CommandError, match=r"people\.username_taken"):
        run("register", "thuha", "--name", "A", "--agency", "H44.99", "--title", "B")
    with pytest.raises(CommandError, match="khongco"):
        run("reset", "khongco")


def test_the_way_back_for_one_nobody_else_can_help(cast: Cast) -> None:
    TOTP.activate(cast.leader, generate_totp_secret())

    kept = run("reset", "quangvinh")
    assert has_second_factor(cast.leader)
    fresh = run("reset", "quangvinh", "--factors")

    assert kept != fresh
    assert not has_second_factor(cast.leader)
    assert authenticate(username="quangvinh", password=fresh) == cast.leader
