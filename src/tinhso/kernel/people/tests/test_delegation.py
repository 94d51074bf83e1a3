from uuid import UUID

import pytest
from conftest import Cast

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.errors import InvalidInputError, NotFoundError, SignInRequiredError
from tinhso.kernel.moment import today
from tinhso.kernel.notify.models import Notification
from tinhso.kernel.people.errors import (
    AlreadyDelegatedError,
    DelegationOverError,
    DelegationPeriodError,
    DelegationReceiverError,
    NotOwnAssignmentError,
)
from tinhso.kernel.people.models import Account, Delegation
from tinhso.kernel.people.selectors import (
    find_given_delegations,
    find_received_delegations,
    find_receivers,
    get_actor,
)
from tinhso.kernel.people.services import delegate_role, revoke_delegation
from tinhso.kernel.people.terms import get_terms

from .makers import START, give, in_days, make_administrator, make_official


def lend(cast: Cast, by: str = "leader", to: str = "officer", **changes: object) -> UUID:
    lender: Account = getattr(cast, by)
    asked = {
        "assignment_id": lender.assignments.get().pk,
        "to_account_id": getattr(cast, to).pk,
        "valid_from": today(),
        "valid_to": in_days(4),
        "reason": "Đi công tác",
    }
    return delegate_role(actor=get_actor(lender), **{**asked, **changes})


def test_a_leader_lends_his_role_and_both_may_sign(cast: Cast) -> None:
    delegation_id = lend(cast)

    assert get_actor(cast.officer).may("onestop.sign_results", cast.ward.pk)
    assert get_actor(cast.leader).may("onestop.sign_results", cast.ward.pk)
    entry = AuditEntry.objects.get(action="people.role_delegated")
    assert entry.stream == f"people.account:{cast.leader.pk}"
    assert entry.detail["delegation_id"] == str(delegation_id)
    assert Notification.objects.filter(account=cast.officer).count() == 1


def test_the_receiver_is_told_in_his_own_language(cast: Cast) -> None:
    Account.objects.filter(pk=cast.officer.pk).update(language="en")

    lend(cast)

    assert Notification.objects.get(account=cast.officer).subject.startswith("You have been lent the role")


def test_the_loan_ends_with_its_last_day(cast: Cast) -> None:
    lend(cast)

    held = [get_actor(cast.officer, on=in_days(d)).may("onestop.sign_results") for d in (0, 4, 5)]

    assert held == [True, True, False]


def test_a_lent_role_is_not_lent_on(cast: Cast) -> None:
    lend(cast)
    lent = cast.leader.assignments.get()

    with pytest.raises(NotOwnAssignmentError):
        lend(cast, by="officer", to="auditor", assignment_id=lent.pk)

    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last"),
    [(-1, 3), (3, 2), (0, 90), (30, 200)],
    ids=["starts in the past", "ends before it starts", "91 days", "far too long"],
)
def test_a_loan_outside_the_allowed_time_is_refused(cast: Cast, first: int, last: int) -> None:
    with pytest.raises(DelegationPeriodError) as refusal:
        lend(cast, valid_from=in_days(first), valid_to=in_days(last))

    assert "90" in refusal.value.sentence
    assert not Delegation.objects.exists()


def test_ninety_days_are_allowed(cast: Cast) -> None:
    assert get_terms(today()).delegation_days == 90
    assert lend(cast, valid_to=in_days(89))


def test_a_loan_does_not_outlive_the_role(cast: Cast) -> None:
    role = cast.leader.assignments.get()
    role.valid_to = in_days(3)
    role.save()

    with pytest.raises(DelegationPeriodError):
        lend(cast, valid_to=in_days(4))
    assert lend(cast, valid_to=in_days(3))


@pytest.mark.parametrize("to", ["other_officer", "citizen", "leader"])
def test_only_a_colleague_of_the_same_agency_receives(cast: Cast, to: str) -> None:
    with pytest.raises(DelegationReceiverError):
        lend(cast, to=to)

    assert not Delegation.objects.exists()


def test_the_same_role_is_not_lent_twice_to_one_person(cast: Cast) -> None:
    lend(cast)

    with pytest.raises(AlreadyDelegatedError):
        lend(cast, valid_from=in_days(4), valid_to=in_days(9))
    assert lend(cast, valid_from=in_days(5), valid_to=in_days(9))


def test_a_loan_says_why(cast: Cast) -> None:
    with pytest.raises(InvalidInputError):
        lend(cast, reason="  ")


def test_a_citizen_and_a_stranger_lend_nothing(cast: Cast) -> None:
    role = cast.leader.assignments.get()

    with pytest.raises(NotFoundError):
        delegate_role(
            actor=cast.actor("citizen"), assignment_id=role.pk, to_account_id=cast.officer.pk,
            valid_from=today(), valid_to=today(), reason="x")  # fmt: skip
    with pytest.raises(SignInRequiredError):
        delegate_role(
            actor=cast.actor("nobody"), assignment_id=role.pk, to_account_id=cast.officer.pk,
            valid_from=today(), valid_to=today(), reason="x")  # fmt: skip
    assert not Delegation.objects.exists()


def test_the_lender_takes_it_back_at_once(cast: Cast) -> None:
    delegation_id = lend(cast)

    revoke_delegation(actor=get_actor(cast.leader), delegation_id=delegation_id)

    assert not get_actor(cast.officer).may("onestop.sign_results")
    with pytest.raises(DelegationOverError):
        revoke_delegation(actor=get_actor(cast.leader), delegation_id=delegation_id)
    assert AuditEntry.objects.filter(action="people.delegation_revoked").count() == 1


def test_an_administrator_of_the_agency_takes_it_back_and_the_receiver_does_not(cast: Cast) -> None:
    delegation_id = lend(cast)

    for stranger in (cast.officer, cast.other_officer, make_administrator(cast.other_ward, "quantri2")):
        with pytest.raises(NotFoundError):
            revoke_delegation(actor=get_actor(stranger), delegation_id=delegation_id)
    revoke_delegation(actor=get_actor(make_administrator(cast.ward)), delegation_id=delegation_id)

    assert Delegation.objects.get().revoked_at is not None


def test_each_sees_his_own_side(cast: Cast) -> None:
    lend(cast)

    assert [d.to_account for d in find_given_delegations(get_actor(cast.leader))] == [cast.officer]
    assert [d.assignment.account for d in find_received_delegations(get_actor(cast.officer))] == [cast.leader]
    assert not find_given_delegations(get_actor(cast.officer))
    assert not find_received_delegations(get_actor(cast.other_officer))


def test_only_colleagues_who_work_today_are_offered(cast: Cast) -> None:
    gone = make_official("danghi")
    give(gone, "onestop.officer", cast.ward, valid_from=START, valid_to=in_days(-1))

    offered = {account.username for account in find_receivers(get_actor(cast.leader))}

    assert offered == {"thuha", "kiemtra"}
