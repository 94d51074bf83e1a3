"""The rights engine over real rows: notifications are owned, agencies are reached."""

import pytest
from conftest import Cast
from django.db.models import Q

from tinhso.kernel.errors import SignInRequiredError
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import NOBODY, SYSTEM
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.rights import AgencyRule, Gate, OwnerRule
from tinhso.kernel.people.selectors import get_actor

from .makers import give, make_agency, make_role

AGENCIES = Gate(model=Agency, rules=(AgencyRule("demo.see", lambda ids: Q(pk__in=ids)),))
SELF_OR_REACHED = Gate(
    model=Account,
    rules=(
        OwnerRule(lambda account_id: Q(pk=account_id)),
        AgencyRule("demo.see", lambda ids: Q(assignments__agency_id__in=ids)),
    ),
)


def test_a_rule_by_agency_opens_the_agencies_reached_and_no_other(cast: Cast) -> None:
    below = make_agency("Phòng", parent=cast.ward)
    give(cast.officer, make_role("demo.seer", "demo.see"), cast.ward, reaches_below=True)

    seen = AGENCIES.rows(get_actor(cast.officer))

    assert set(seen) == {cast.ward, below}


def test_without_the_permission_there_is_no_row(cast: Cast) -> None:
    for name in cast.names:
        assert not AGENCIES.rows(cast.actor(name)).exists(), name


def test_rules_add_up(cast: Cast) -> None:
    give(cast.officer, make_role("demo.seer", "demo.see"), cast.ward)

    officer = set(SELF_OR_REACHED.rows(get_actor(cast.officer)))
    citizen = set(SELF_OR_REACHED.rows(get_actor(cast.citizen)))

    assert officer == {cast.officer, cast.leader, cast.auditor}
    assert citizen == {cast.citizen}


def test_the_system_sees_all_and_nobody_sees_nothing(cast: Cast) -> None:
    assert set(AGENCIES.rows(SYSTEM)) == set(Agency.objects.all())
    assert not SELF_OR_REACHED.rows(NOBODY).exists()
    assert SELF_OR_REACHED.condition(NOBODY) is None


def test_only_a_signed_in_account_has_an_id(cast: Cast) -> None:
    assert get_actor(cast.citizen).require_account() == cast.citizen.pk
    for actor in (NOBODY, SYSTEM):
        with pytest.raises(SignInRequiredError):
            actor.require_account()
