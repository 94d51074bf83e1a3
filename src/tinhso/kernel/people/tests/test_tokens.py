import datetime as dt
import hashlib

import pytest
from conftest import Cast
from pytest_django import DjangoAssertNumQueries

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.errors import InvalidInputError, NotFoundError, SignInRequiredError
from tinhso.kernel.moment import now, today, travel
from tinhso.kernel.people.actor import NOBODY
from tinhso.kernel.people.errors import TokenPeriodError
from tinhso.kernel.people.models import ApiToken
from tinhso.kernel.people.selectors import find_tokens, get_actor
from tinhso.kernel.people.services import issue_token, revoke_token
from tinhso.kernel.people.tokens import authenticate_token

from .makers import in_days, make_administrator


def test_a_token_opens_the_account_it_was_issued_to(cast: Cast) -> None:
    issued = issue_token(actor=get_actor(cast.officer), name="Phần mềm kế toán", valid_until=in_days(30))

    actor = authenticate_token(issued.raw)

    assert actor is not None
    assert actor.account_id == cast.officer.pk
    assert actor.may("onestop.process_dossiers", cast.ward.pk)


def test_only_the_digest_is_kept_and_the_history_does_not_tell_the_token(cast: Cast) -> None:
    issued = issue_token(actor=get_actor(cast.officer), name="Kế toán", valid_until=in_days(30))

    token = ApiToken.objects.get()
    assert token.digest == hashlib.sha256(issued.raw.encode()).hexdigest()
    entry = AuditEntry.objects.get(action="people.token_issued")
    assert issued.raw not in str(entry.detail)
    assert len(issued.raw) == 46


def test_a_token_carries_no_permission_that_needs_a_second_factor(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)
    issued = issue_token(actor=get_actor(administrator), name="Máy", valid_until=in_days(1))

    actor = authenticate_token(issued.raw)

    assert get_actor(administrator).may("people.manage_roles")
    assert actor is not None
    assert not actor.may("people.manage_roles")


def test_a_token_opens_to_the_end_of_its_last_day(cast: Cast) -> None:
    issued = issue_token(actor=get_actor(cast.officer), name="Máy", valid_until=today())
    # Midnight in Vietnam is 17:00 UTC of the day before.
    midnight = dt.datetime.combine(today(), dt.time(17), dt.UTC)

    with travel(midnight - dt.timedelta(seconds=1)):
        before = authenticate_token(issued.raw)
    with travel(midnight):
        after = authenticate_token(issued.raw)

    assert (before is not None, after) == (True, None)


@pytest.mark.parametrize("raw", ["", "ts_", "ts_khong-phai-khoa", "Bearer x", "ts_" + "a" * 43])
def test_what_is_no_token_opens_nothing(cast: Cast, raw: str) -> None:
    assert authenticate_token(raw) is None


def test_a_revoked_token_and_a_closed_account_open_nothing(cast: Cast) -> None:
    first = issue_token(actor=get_actor(cast.officer), name="Một", valid_until=in_days(1))
    second = issue_token(actor=get_actor(cast.officer), name="Hai", valid_until=in_days(1))

    revoke_token(actor=get_actor(cast.officer), token_id=first.id)
    assert (authenticate_token(first.raw), authenticate_token(second.raw) is not None) == (None, True)

    type(cast.officer).objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert authenticate_token(second.raw) is None


def test_revoking_twice_is_told_once(cast: Cast) -> None:
    issued = issue_token(actor=get_actor(cast.officer), name="Một", valid_until=in_days(1))

    revoke_token(actor=get_actor(cast.officer), token_id=issued.id)
    revoke_token(actor=get_actor(cast.officer), token_id=issued.id)

    assert AuditEntry.objects.filter(action="people.token_revoked").count() == 1


def test_a_stranger_neither_sees_nor_revokes(cast: Cast) -> None:
    issued = issue_token(actor=get_actor(cast.officer), name="Một", valid_until=in_days(1))

    with pytest.raises(NotFoundError):
        revoke_token(actor=get_actor(cast.leader), token_id=issued.id)

    assert not find_tokens(get_actor(cast.leader))
    assert authenticate_token(issued.raw) is not None


@pytest.mark.parametrize("days", [-1, 365])
def test_a_token_lives_from_today_and_a_year_at_most(cast: Cast, days: int) -> None:
    with pytest.raises(TokenPeriodError):
        issue_token(actor=get_actor(cast.officer), name="Máy", valid_until=in_days(days))

    assert not ApiToken.objects.exists()
    assert issue_token(actor=get_actor(cast.officer), name="Máy", valid_until=in_days(364))


def test_nobody_gets_no_token_and_a_token_has_a_name(cast: Cast) -> None:
    with pytest.raises(SignInRequiredError):
        issue_token(actor=NOBODY, name="Máy", valid_until=today())
    with pytest.raises(InvalidInputError):
        issue_token(actor=get_actor(cast.officer), name=" ", valid_until=today())


def test_use_is_noted_and_a_busy_program_does_not_write_each_time(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    issued = issue_token(actor=get_actor(cast.officer), name="Máy", valid_until=in_days(9))
    at = now()

    with travel(at):
        authenticate_token(issued.raw)
    with travel(at + dt.timedelta(minutes=4)), django_assert_num_queries(2):
        authenticate_token(issued.raw)
    assert ApiToken.objects.get().last_used_at == at

    with travel(at + dt.timedelta(minutes=5)):
        authenticate_token(issued.raw)
    assert ApiToken.objects.get().last_used_at == at + dt.timedelta(minutes=5)
