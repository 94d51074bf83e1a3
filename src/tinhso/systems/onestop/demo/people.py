"""Officials and citizens of the demo province."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account, AccountKind, Role, RoleAssignment
from tinhso.kernel.search.folding import fold
from tinhso.kernel.signing.choices import CredentialKind
from tinhso.kernel.signing.services import create_demo_credentials
from tinhso.kernel.signing.services.demo import DemoHolder

from .names import COMPANIES, make_address, make_birthday, make_citizen_number, make_name, make_phone

PASSWORD = "trinh-dien-2026"  # noqa: S105 (printed at start-up; demo accounts cannot sign in under production settings)
SINCE = dt.date(2024, 1, 1)
CITIZENS = 160
COMPANIES_MADE = 12


@dataclass(frozen=True, slots=True)
class Place:
    """An agency with the people who work there."""

    agency: Agency
    counter: tuple[Account, ...]
    officers: tuple[Account, ...]
    leader: Account


class Town:
    """Makes accounts with names that are not taken yet."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.password = make_password(PASSWORD)
        self.taken: set[str] = set(Account.objects.values_list("username", flat=True))

    def make_official(self, username: str = "", name: str = "", sex: str = "") -> Account:
        sex = sex or self.rng.choice(("male", "female"))
        name = name or make_name(self.rng, sex)
        return Account(
            username=self._free(username or fold(name).replace(" ", ".")),
            password=self.password,
            kind=AccountKind.OFFICIAL,
            full_name=name,
            sex=sex,
            is_demo=True,
        )

    def make_citizen(
        self, commune: str, name: str = "", sex: str = "", born_on: dt.date | None = None
    ) -> Account:
        sex = sex or self.rng.choice(("male", "female"))
        born_on = born_on or make_birthday(self.rng)
        number = make_citizen_number(self.rng, born_on, sex)
        return Account(
            username=self._free(number),
            password=make_password(None),
            kind=AccountKind.CITIZEN,
            full_name=name or make_name(self.rng, sex),
            personal_number=number,
            born_on=born_on,
            sex=sex,
            phone=make_phone(self.rng),
            address=make_address(self.rng, commune),
            identity_level=2,
            is_demo=True,
        )

    def make_company(self, number: int, commune: str) -> Account:
        code = f"26{number:08d}"
        return Account(
            username=self._free(code),
            password=make_password(None),
            kind=AccountKind.ORGANISATION,
            full_name=f"Công ty TNHH {COMPANIES[number % len(COMPANIES)]} {number + 1}",
            organisation_number=code,
            phone=make_phone(self.rng),
            address=make_address(self.rng, commune),
            identity_level=2,
            is_demo=True,
        )

    def _free(self, wanted: str) -> str:
        name, tail = wanted, 1
        while name in self.taken:
            tail += 1
            name = f"{wanted}{tail}"
        self.taken.add(name)
        return name


def staff(town: Town, agency: Agency, counter: Agency | None, featured: bool = False) -> Place:
    """People for an agency and its counter; the featured one has the names printed at start-up."""
    at_counter = [town.make_official("motcua" if featured else "") for _ in range(1)]
    officers = [town.make_official("chuyenvien" if featured and index == 0 else "") for index in range(2)]
    leader = town.make_official("lanhdao" if featured else "")
    Account.objects.bulk_create([*at_counter, *officers, leader])
    since = max(SINCE, agency.valid_from)
    is_commune = agency.level == "commune"
    titles = ("Công chức Một cửa", "Công chức chuyên môn", "Chủ tịch" if is_commune else "Giám đốc")
    _assign("onestop.counter", at_counter, counter or agency, titles[0], since)
    _assign("onestop.officer", officers, agency, titles[1], since)
    _assign("onestop.leader", [leader], agency, titles[2], since)
    return Place(agency, tuple(at_counter), tuple(officers), leader)


def _assign(role: str, accounts: Sequence[Account], agency: Agency, title: str, since: dt.date) -> None:
    held = Role.objects.get(code=role)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            account=account, role=held, agency=agency, title=title, valid_from=since, valid_to=agency.valid_to
        )
        for account in accounts
    )


def make_watchers(town: Town, agency: Agency) -> None:
    """Those who look after the whole: auditor, operator, administrators."""
    for role, username, title in (
        ("audit.auditor", "thanhtra", "Thanh tra viên"),
        ("jobs.operator", "vanhanh", "Trực vận hành"),
        ("people.administrator", "quantri", "Quản trị"),
        ("clock.administrator", "quantrilich", "Quản trị lịch làm việc"),
    ):
        if Role.objects.filter(code=role).exists():
            account = town.make_official(username)
            account.save()
            _assign(role, [account], agency, title, SINCE)


def make_citizens(town: Town, communes: Sequence[str]) -> list[Account]:
    """Private people and companies. The first two are the ones the sign-in page offers first."""
    known = [
        town.make_citizen(communes[0], "Trần Văn Dũng", "male", dt.date(1991, 3, 7)),
        town.make_citizen(communes[0], "Nguyễn Thị Hồng Nhung", "female", dt.date(1992, 5, 2)),
    ]
    people = [town.make_citizen(town.rng.choice(communes)) for _ in range(CITIZENS - len(known))]
    firms = [town.make_company(number, town.rng.choice(communes)) for number in range(COMPANIES_MADE)]
    return Account.objects.bulk_create([*known, *people, *firms])


def give_certificates(places: Sequence[Place], counters: Sequence[Agency]) -> int:
    """Leaders sign, agencies seal, counters sign their forms."""
    holders: list[DemoHolder] = []
    for place in places:
        agency = place.agency
        holders.append(
            DemoHolder(
                code=f"demo.person.{place.leader.username}",
                kind=CredentialKind.PERSON,
                name=place.leader.full_name,
                agency_name=agency.name,
                title="Chủ tịch" if agency.level == "commune" else "Giám đốc",
                account_id=place.leader.pk,
                agency_id=agency.pk,
            )
        )
    for agency in {agency.pk: agency for agency in [*(p.agency for p in places), *counters]}.values():
        holders += [
            DemoHolder(
                code=f"demo.{kind}.{agency.pk}",
                kind=kind,
                name=agency.name,
                agency_name=agency.name,
                agency_id=agency.pk,
            )
            for kind in (CredentialKind.AGENCY_SEAL, CredentialKind.SERVICE)
        ]
    return create_demo_credentials(holders=holders)
