import pytest
from conftest import Cast
from django.contrib.auth import authenticate

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.errors import NotFoundError, NotPermittedError
from tinhso.kernel.people.errors import UsernameTakenError
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import find_assignments, find_officials, get_actor, get_official
from tinhso.kernel.people.services import register_official, reset_password, set_account_active

from .makers import give, in_days, make_administrator, make_official


def register(by: Account, cast: Cast, username: str = "lanphuong") -> object:
    return register_official(
        actor=get_actor(by),
        username=username,
        full_name="Vũ Lan Phương",
        email="lanphuong@example.vn",
        role_code="onestop.officer",
        agency_id=cast.ward.pk,
        title="Công chức địa chính",
    )


def test_a_registered_official_holds_a_role_and_a_password_to_replace(cast: Cast) -> None:
    registered = register(make_administrator(cast.ward), cast)

    account = Account.objects.get(pk=registered.id)  # type: ignore[attr-defined]
    assert account.has_temporary_password
    assert account.check_password(registered.temporary_password)  # type: ignore[attr-defined]
    assert get_actor(account).may("onestop.process_dossiers", cast.ward.pk)
    told = list(
        AuditEntry.objects.filter(stream=f"people.account:{account.pk}").values_list("action", flat=True)
    )
    assert told == ["people.official_registered", "people.role_assigned"]


def test_a_name_in_use_is_refused_and_nothing_is_left(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)
    count = Account.objects.count()

    with pytest.raises(UsernameTakenError):
        register(administrator, cast, "ThuHa")

    assert Account.objects.count() == count
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("who", ["officer", "leader", "citizen", "auditor"])
def test_registering_takes_the_permission_at_that_agency(cast: Cast, who: str) -> None:
    for actor in (getattr(cast, who), make_administrator(cast.other_ward)):
        with pytest.raises(NotPermittedError):
            register(actor, cast)

    assert not Account.objects.filter(username="lanphuong").exists()


def test_a_reset_password_replaces_the_old_one(cast: Cast) -> None:
    password = reset_password(actor=get_actor(make_administrator(cast.ward)), account_id=cast.officer.pk)

    assert authenticate(username="thuha", password="mat-khau-thu") is None
    assert authenticate(username="thuha", password=password) == cast.officer
    assert Account.objects.get(pk=cast.officer.pk).has_temporary_password
    entry = AuditEntry.objects.get(action="people.password_reset")
    assert password not in str(entry.detail)


def test_who_also_works_elsewhere_is_out_of_reach_of_one_ward(cast: Cast) -> None:
    """Else a ward's administrator could sign in as somebody who serves the province too."""
    give(cast.officer, "onestop.leader", cast.other_ward)
    administrator = make_administrator(cast.ward)

    with pytest.raises(NotPermittedError):
        reset_password(actor=get_actor(administrator), account_id=cast.officer.pk)
    with pytest.raises(NotPermittedError):
        set_account_active(actor=get_actor(administrator), account_id=cast.officer.pk, is_active=False)

    cast.officer.refresh_from_db()
    assert cast.officer.check_password("mat-khau-thu")
    assert cast.officer.is_active


def test_nobody_resets_or_locks_himself(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)

    with pytest.raises(NotPermittedError):
        reset_password(actor=get_actor(administrator), account_id=administrator.pk)
    with pytest.raises(NotPermittedError):
        set_account_active(actor=get_actor(administrator), account_id=administrator.pk, is_active=False)


def test_a_citizen_is_no_official(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        reset_password(actor=get_actor(make_administrator(cast.ward)), account_id=cast.citizen.pk)


def test_locking_shuts_the_door_and_is_told_once(cast: Cast) -> None:
    administrator = get_actor(make_administrator(cast.ward))

    set_account_active(actor=administrator, account_id=cast.officer.pk, is_active=False)
    set_account_active(actor=administrator, account_id=cast.officer.pk, is_active=False)
    shut = authenticate(username="thuha", password="mat-khau-thu")
    set_account_active(actor=administrator, account_id=cast.officer.pk, is_active=True)

    assert shut is None
    assert authenticate(username="thuha", password="mat-khau-thu") == cast.officer
    told = list(AuditEntry.objects.order_by("recorded_at").values_list("action", flat=True))
    assert told == ["people.account_locked", "people.account_unlocked"]


def test_an_administrator_sees_the_officials_of_his_agencies_and_what_they_hold_there(cast: Cast) -> None:
    give(cast.officer, "onestop.leader", cast.other_ward)
    administrator = get_actor(make_administrator(cast.ward))

    seen = find_officials(administrator)

    assert [a.username for a in seen] == ["quangvinh", "thuha", "kiemtra", "quantri"]
    officer = seen[1]
    assert [(h.role.code, h.agency_id) for h in officer.held] == [("onestop.officer", cast.ward.pk)]  # type: ignore[attr-defined]
    assert find_assignments(administrator, cast.officer.pk).count() == 1
    with pytest.raises(NotFoundError):
        get_official(administrator, cast.other_officer.pk)


def test_those_who_left_are_still_listed_holding_nothing(cast: Cast) -> None:
    gone = make_official("danghi", "Đã Nghỉ")
    give(gone, "onestop.officer", cast.ward, valid_to=in_days(-1))

    seen = {a.username: a for a in find_officials(get_actor(make_administrator(cast.ward)))}

    assert seen["danghi"].held == []  # type: ignore[attr-defined]


def test_pages_are_cut_by_key_without_gap_or_repetition(cast: Cast) -> None:
    for number in range(7):
        give(make_official(f"trung{number}", "Trùng Tên"), "onestop.officer", cast.ward)
    administrator = get_actor(make_administrator(cast.ward))
    whole = [a.pk for a in find_officials(administrator)]

    pages, after = [], None
    while page := find_officials(administrator, after=after, size=3):
        pages += [a.pk for a in page]
        after = page[-1].pk

    assert pages == whole
    assert len(whole) == 11


def test_words_narrow_the_list(cast: Cast) -> None:
    administrator = get_actor(make_administrator(cast.ward))

    assert [a.username for a in find_officials(administrator, "thu")] == ["thuha"]
    assert not find_officials(administrator, "kimoanh")
