import datetime as dt

import pytest
from conftest import Cast
from pytest_django import DjangoAssertNumQueries

from tinhso.kernel.moment import now, travel
from tinhso.kernel.people.actor import NOBODY, ActorKind
from tinhso.kernel.people.models import Delegation
from tinhso.kernel.people.selectors import find_holders, get_actor, get_actor_of

from .makers import give, make_agency, make_official, make_role


def noon(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 5, tzinfo=dt.UTC)


def test_a_role_counts_on_its_first_and_last_day_and_not_beside_them(cast: Cast) -> None:
    give(cast.officer, make_role("demo.x", "demo.x"), cast.other_ward,
         valid_from=dt.date(2026, 3, 2), valid_to=dt.date(2026, 3, 6))  # fmt: skip

    held = {day: get_actor(cast.officer, on=day).may("demo.x") for day in (
        dt.date(2026, 3, 1), dt.date(2026, 3, 2), dt.date(2026, 3, 6), dt.date(2026, 3, 7))}  # fmt: skip

    assert list(held.values()) == [False, True, True, False]


def test_a_role_ends_at_midnight_of_vietnam(cast: Cast) -> None:
    give(cast.officer, make_role("demo.x", "demo.x"), cast.ward, valid_to=dt.date(2026, 3, 6))

    with travel(dt.datetime(2026, 3, 6, 16, 59, 59, tzinfo=dt.UTC)):
        before = get_actor(cast.officer).may("demo.x")
    with travel(dt.datetime(2026, 3, 6, 17, 0, 0, tzinfo=dt.UTC)):
        after = get_actor(cast.officer).may("demo.x")

    assert (before, after) == (True, False)


def test_a_revoked_role_is_gone_at_once(cast: Cast) -> None:
    role = give(cast.officer, make_role("demo.x", "demo.x"), cast.ward)
    role.revoked_at = now()
    role.save(update_fields=["revoked_at"])

    assert not get_actor(cast.officer).may("demo.x")


def test_a_role_reaches_below_only_when_it_says_so(cast: Cast) -> None:
    province = make_agency("UBND tỉnh")
    department = make_agency("Sở", parent=province)
    office = make_agency("Phòng", parent=department)
    person = make_official("giamdoc")
    give(person, make_role("demo.wide", "demo.wide"), province, reaches_below=True)
    give(person, make_role("demo.narrow", "demo.narrow"), province)

    actor = get_actor(person)

    assert actor.agencies_with("demo.wide") == {province.pk, department.pk, office.pk}
    assert actor.agencies_with("demo.narrow") == {province.pk}
    assert actor.may("demo.wide", office.pk)
    assert not actor.may("demo.narrow", office.pk)


def test_the_chosen_agency_counts_only_while_it_is_held(cast: Cast) -> None:
    give(cast.officer, make_role("demo.x", "demo.x"), cast.other_ward, valid_to=dt.date(2026, 3, 6))

    during = get_actor(cast.officer, cast.other_ward.pk, on=dt.date(2026, 3, 6))
    after = get_actor(cast.officer, cast.other_ward.pk, on=dt.date(2026, 3, 7))

    assert (during.agency_id, after.agency_id) == (cast.other_ward.pk, cast.ward.pk)


def test_a_lent_role_is_held_with_the_lender_named_and_ends_with_the_loan(cast: Cast) -> None:
    role = give(cast.leader, make_role("demo.sign", "demo.sign"), cast.ward)
    Delegation.objects.create(
        assignment=role, to_account=cast.officer, reason="Đi công tác",
        valid_from=dt.date(2026, 3, 2), valid_to=dt.date(2026, 3, 6))  # fmt: skip

    during = get_actor(cast.officer, on=dt.date(2026, 3, 6))
    after = get_actor(cast.officer, on=dt.date(2026, 3, 7))

    assert [p.delegated_by for p in during.posts] == ["", "Lê Quang Vinh"]
    assert during.may("demo.sign", cast.ward.pk)
    assert not after.may("demo.sign")


@pytest.mark.parametrize("ended", ["revoked loan", "role over", "role revoked", "lender left"])
def test_a_lent_role_never_outlives_what_it_was_lent_from(cast: Cast, ended: str) -> None:
    role = give(cast.leader, make_role("demo.sign", "demo.sign"), cast.ward)
    loan = Delegation.objects.create(
        assignment=role, to_account=cast.officer, reason="Đi công tác",
        valid_from=dt.date(2026, 3, 2), valid_to=dt.date(2026, 3, 30))  # fmt: skip
    on = dt.date(2026, 3, 20)
    assert get_actor(cast.officer, on=on).may("demo.sign")

    if ended == "revoked loan":
        Delegation.objects.filter(pk=loan.pk).update(revoked_at=now())
    elif ended == "role over":
        type(role).objects.filter(pk=role.pk).update(valid_to=dt.date(2026, 3, 19))
    elif ended == "role revoked":
        type(role).objects.filter(pk=role.pk).update(revoked_at=now())
    else:
        type(cast.leader).objects.filter(pk=cast.leader.pk).update(is_active=False)

    assert not get_actor(cast.officer, on=on).may("demo.sign")


def test_what_a_sign_in_does_not_carry_is_taken_from_every_post(cast: Cast) -> None:
    give(cast.officer, make_role("demo.two", "demo.read", "demo.sign"), cast.ward)

    actor = get_actor(cast.officer, withheld=frozenset({"demo.sign"}))

    assert (actor.may("demo.read"), actor.may("demo.sign")) == (True, False)


def test_a_closed_account_is_nobody(cast: Cast) -> None:
    cast.officer.is_active = False
    cast.officer.save()

    assert get_actor_of(cast.officer.pk) == NOBODY


def test_the_cost_of_an_actor_does_not_grow(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    province = make_agency("UBND tỉnh")
    for number in range(20):
        agency = make_agency(f"Phường {number}", parent=province)
        give(cast.officer, make_role(f"demo.r{number}", "demo.x"), agency, reaches_below=number % 2 == 0)

    with django_assert_num_queries(2):
        actor = get_actor(cast.officer)
    with django_assert_num_queries(0):
        citizen = get_actor(cast.citizen)

    assert len(actor.posts) == 21
    assert citizen.kind is ActorKind.CITIZEN


def test_holders_of_a_permission_are_found_at_the_very_agency(cast: Cast) -> None:
    role = give(cast.leader, make_role("demo.sign", "demo.sign"), cast.ward)
    Delegation.objects.create(
        assignment=role, to_account=cast.officer, reason="Đi công tác",
        valid_from=dt.date(2026, 3, 2), valid_to=dt.date(2026, 3, 6))  # fmt: skip

    during = find_holders("demo.sign", cast.ward.pk, dt.date(2026, 3, 6))
    after = find_holders("demo.sign", cast.ward.pk, dt.date(2026, 3, 7))

    assert [a.username for a in during] == ["quangvinh", "thuha"]
    assert [a.username for a in after] == ["quangvinh"]
    assert not find_holders("demo.sign", cast.other_ward.pk, dt.date(2026, 3, 6))
