"""Officials, citizens and organisations of the demo province, and the certificates they sign with."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence

from django.contrib.auth.hashers import make_password

from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account, AccountKind, Role, RoleAssignment
from tinhso.kernel.search.folding import fold
from tinhso.kernel.signing.choices import CredentialKind
from tinhso.kernel.signing.services import create_demo_credentials
from tinhso.kernel.signing.services.demo import DemoHolder

from .names import ORGANISATIONS, make_address, make_birthday, make_citizen_number, make_name, make_phone

PASSWORD = "trinh-dien-2026"  # noqa: S105 (printed at start-up; demo accounts cannot sign in under production settings)
SINCE = dt.date(2024, 1, 1)
CITIZENS = 600
KNOWN = 2
"""People with names that tests and pictures know."""
SHARE_AT_FEATURED = 0.3
HEADS = {"VPUBND": "Chánh Văn phòng", "UBND": "Chủ tịch", "THUE": "Trưởng Thuế tỉnh"}
"""What the head of a body is called, by its abbreviation; elsewhere Giám đốc."""
COUNTER, OFFICER, LEADER = "onestop.counter", "onestop.officer", "onestop.leader"
OFFICERS = 2


class Town:
    """Makes accounts with names that are not taken yet."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.password = make_password(PASSWORD)
        self.nobody_knows = make_password(None)
        self.roles = Role.objects.in_bulk(field_name="code")
        self.taken: set[str] = set(Account.objects.values_list("username", flat=True))

    def make_official(self, username: str = "") -> Account:
        sex = self.rng.choice(("male", "female"))
        name = make_name(self.rng, sex)
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
            password=self.nobody_knows,
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

    def make_organisation(self, name: str, number: str, commune: str) -> Account:
        return Account(
            username=self._free(number),
            password=self.nobody_knows,
            kind=AccountKind.ORGANISATION,
            full_name=name,
            organisation_number=number,
            phone=make_phone(self.rng),
            address=make_address(self.rng, commune),
            identity_level=2,
            is_demo=True,
        )

    def appoint(self, role: str, agency: Agency, title: str, *usernames: str) -> list[Account]:
        """New officials in a role at an agency."""
        accounts = Account.objects.bulk_create([self.make_official(name) for name in usernames])
        self.assign(role, agency, title, accounts)
        return accounts

    def assign(self, role: str, agency: Agency, title: str, accounts: Iterable[Account]) -> None:
        """For as long as there is the agency."""
        RoleAssignment.objects.bulk_create(
            RoleAssignment(
                account=account,
                role=self.roles[role],
                agency=agency,
                title=title,
                valid_from=max(SINCE, agency.valid_from),
                valid_to=agency.valid_to,
            )
            for account in accounts
        )

    def _free(self, wanted: str) -> str:
        name, tail = wanted, 1
        while name in self.taken:
            tail += 1
            name = f"{wanted}{tail}"
        self.taken.add(name)
        return name


def staff_agency(town: Town, agency: Agency, *, is_featured: bool) -> list[DemoHolder]:
    """Those who resolve dossiers; the featured agency has the names printed at start-up. Who signs, as a holder."""
    head = HEADS.get(agency.abbreviation, "Giám đốc")
    officers = ("chuyenvien" if is_featured else "", *[""] * (OFFICERS - 1))
    town.appoint(OFFICER, agency, "Công chức chuyên môn", *officers)
    (leader,) = town.appoint(LEADER, agency, head, "lanhdao" if is_featured else "")
    signer = DemoHolder(
        code=f"demo.person.{leader.username}",
        kind=CredentialKind.PERSON,
        name=leader.full_name,
        agency_name=agency.name,
        title=head,
        account_id=leader.pk,
        agency_id=agency.pk,
    )
    return [
        signer,
        _make_holder(agency, CredentialKind.AGENCY_SEAL),
        _make_holder(agency, CredentialKind.SERVICE),
    ]


def staff_counter(town: Town, counter: Agency, *, is_featured: bool, seats: int) -> DemoHolder:
    """Those who take dossiers in, and the certificate the counter's forms are signed with."""
    names = ("motcua" if is_featured else "", *[""] * (seats - 1))
    town.appoint(COUNTER, counter, "Công chức Một cửa", *names)
    return _make_holder(counter, CredentialKind.SERVICE)


def give_certificates(holders: Iterable[DemoHolder]) -> int:
    """Leaders sign, agencies seal, counters sign their forms."""
    return create_demo_credentials(holders=holders)


WATCHERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "thanhtra": ("Thanh tra viên", ("audit.auditor",)),
    "vanhanh": ("Trực vận hành", ("jobs.operator", "onestop.operator")),
    "quantri": ("Quản trị", ("people.administrator",)),
    "quantrilich": ("Quản trị lịch làm việc", ("clock.administrator",)),
    "ketoan": ("Kế toán", ("onestop.accountant",)),
}
"""User name, title and roles of those who look after the whole."""


def make_watchers(town: Town, agency: Agency) -> None:
    for username, (title, roles) in WATCHERS.items():
        account = town.make_official(username)
        account.save(force_insert=True)
        for role in roles:
            town.assign(role, agency, title, [account])


def make_citizens(town: Town, featured: str, communes: Sequence[str]) -> list[Account]:
    """Private people and organisations, those who file most first: the order the sign-in page offers them in."""
    known = [
        town.make_citizen(featured, "Trần Văn Dũng", "male", dt.date(1991, 3, 7)),
        town.make_citizen(featured, "Nguyễn Thị Hồng Nhung", "female", dt.date(1992, 5, 2)),
    ]
    others = [
        town.make_citizen(_choose_home(town.rng, featured, communes)) for _ in range(CITIZENS - len(known))
    ]
    organisations = [
        town.make_organisation(name, f"26990{number:05d}", town.rng.choice(communes))
        for number, name in enumerate(ORGANISATIONS, start=1)
    ]
    return Account.objects.bulk_create([*known, *others, *organisations])


def get_home(account: Account) -> str:
    """The commune a demo person lives in."""
    return account.address.rpartition(", ")[2]


def _choose_home(rng: random.Random, featured: str, communes: Sequence[str]) -> str:
    return featured if rng.random() < SHARE_AT_FEATURED else rng.choice(communes)


def _make_holder(agency: Agency, kind: CredentialKind) -> DemoHolder:
    return DemoHolder(
        code=f"demo.{kind}.{agency.pk}",
        kind=kind,
        name=agency.name,
        agency_name=agency.name,
        agency_id=agency.pk,
    )
