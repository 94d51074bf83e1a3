import datetime as dt
from typing import Any

import pytest
from conftest import Cast

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.errors import TinhSoError
from tinhso.kernel.people.errors import (
    DemoAccountError,
    IdentityIncompleteError,
    IdentityMismatchError,
    InvalidCitizenNumberError,
)
from tinhso.kernel.people.identity import parse_claims
from tinhso.kernel.people.models import Account, AccountKind, Sex
from tinhso.kernel.people.services import recognise_identity

CITIZEN = {
    "sub": "s-1",
    "LoaiTaiKhoan": 1,
    "SoDinhDanh": "025195000123",
    "HoVaTen": "Hà  Thị Mơ ",
    "NgayThangNamSinh": "02/05/1995",
    "TechID": "T-1",
    "IAL": 2,
}
ORGANISATION = {
    "sub": "s-2",
    "LoaiTaiKhoan": 2,
    "SoDinhDanh": "2600123456",
    "HoVaTen": "Công ty TNHH Đồi Chè",
    "TechID": "T-2",
    "IAL": 2,
}


def recognise(claims: dict[str, Any], **changes: Any) -> Account:
    return Account.objects.get(pk=recognise_identity(claims=parse_claims({**claims, **changes})))


def test_the_national_claims_are_read() -> None:
    told = parse_claims(CITIZEN)

    assert (told.kind, told.number, told.name) == (AccountKind.CITIZEN, "025195000123", "Hà Thị Mơ")
    assert (told.born_on, told.sex, told.tech_id, told.level) == (dt.date(1995, 5, 2), Sex.FEMALE, "T-1", 2)


@pytest.mark.parametrize("written", ["02/05/1995", "1995-05-02", "19950502"])
def test_a_day_of_birth_is_read_in_each_way_it_may_be_written(written: str) -> None:
    assert parse_claims({**CITIZEN, "NgayThangNamSinh": written}).born_on == dt.date(1995, 5, 2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SoDinhDanh": None}, "people.identity_incomplete"),
        ({"HoVaTen": "  "}, "people.identity_incomplete"),
        ({"NgayThangNamSinh": "31/02/1995"}, "people.identity_incomplete"),
        ({"IAL": 3}, "people.identity_incomplete"),
        ({"IAL": True}, "people.identity_incomplete"),
        ({"LoaiTaiKhoan": 9}, "people.identity_kind_unknown"),
        ({"LoaiTaiKhoan": {"a": 1}}, "people.identity_incomplete"),
        ({"SoDinhDanh": "025195"}, "people.citizen_number_format"),
        ({"NgayThangNamSinh": "02/05/1996"}, "people.citizen_number_birth_year"),
        ({"SoDinhDanh": "003195000123"}, "people.citizen_number_province"),
    ],
)
def test_claims_that_cannot_be_are_refused_with_a_sentence(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(TinhSoError) as refusal:
        parse_claims({**CITIZEN, **changes})

    assert refusal.value.code == code
    assert refusal.value.sentence


def test_an_organisation_has_a_number_and_no_birthday() -> None:
    told = parse_claims(ORGANISATION)

    assert (told.kind, told.number, told.born_on) == (AccountKind.ORGANISATION, "2600123456", None)
    with pytest.raises(IdentityIncompleteError):
        parse_claims({**ORGANISATION, "SoDinhDanh": "9" * 36})


@pytest.mark.django_db
def test_the_first_sign_in_opens_an_account_without_password() -> None:
    account = recognise(CITIZEN)

    assert (account.kind, account.full_name, account.identity_level) == ("citizen", "Hà Thị Mơ", 2)
    assert not account.has_usable_password()
    assert "025195000123" not in account.username
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id) == ("people.account_opened", account.pk)
    assert "025195000123" not in str(entry.detail)


@pytest.mark.django_db
def test_the_second_sign_in_finds_it_and_says_nothing_new() -> None:
    first, second = recognise(CITIZEN), recognise(CITIZEN)

    assert first == second
    assert Account.objects.count() == 1
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_what_changed_follows_and_the_history_names_the_fields_only() -> None:
    recognise(CITIZEN)

    account = recognise(CITIZEN, HoVaTen="Hà Thị Mơ Mới", TechID="T-9")

    assert (account.full_name, account.tech_id) == ("Hà Thị Mơ Mới", "T-9")
    entry = AuditEntry.objects.get(action="people.identity_changed")
    assert entry.detail == {"changed": ["full_name", "tech_id"]}


def test_an_account_is_found_by_its_number_never_by_name_or_mail(cast: Cast) -> None:
    same_name = recognise(CITIZEN, HoVaTen=cast.citizen.full_name)
    same_number = recognise(
        CITIZEN, SoDinhDanh=cast.citizen.personal_number, NgayThangNamSinh="07/03/1991", email="x@y.vn"
    )

    assert same_name != cast.citizen
    assert same_number == cast.citizen


@pytest.mark.django_db
def test_an_organisation_is_found_by_its_number() -> None:
    assert recognise(ORGANISATION) == recognise(ORGANISATION)
    assert Account.objects.get().organisation_number == "2600123456"


def test_an_e_identity_that_becomes_somebody_else_is_refused_and_leaves_nothing(cast: Cast) -> None:
    count = Account.objects.count()

    with pytest.raises(IdentityMismatchError):
        recognise_identity(claims=parse_claims(CITIZEN), linked_account_id=cast.citizen.pk)

    assert Account.objects.count() == count
    assert not AuditEntry.objects.exists()


def test_an_official_is_not_entered_by_his_citizen_number(cast: Cast) -> None:
    cast.officer.personal_number = "025195000123"
    cast.officer.save()

    with pytest.raises(IdentityMismatchError):
        recognise(CITIZEN)


@pytest.mark.django_db
def test_a_demo_citizen_is_not_recognised_outside_the_demo(settings: Any) -> None:
    account = recognise(CITIZEN)
    Account.objects.filter(pk=account.pk).update(is_demo=True)
    assert recognise(CITIZEN) == account
    settings.IS_DEMO = False

    with pytest.raises(DemoAccountError):
        recognise(CITIZEN)


@pytest.mark.django_db
def test_a_wrong_number_opens_nothing() -> None:
    with pytest.raises(InvalidCitizenNumberError):
        recognise(CITIZEN, SoDinhDanh="025095000123", NgayThangNamSinh="02/05/1996")

    assert not Account.objects.exists()
