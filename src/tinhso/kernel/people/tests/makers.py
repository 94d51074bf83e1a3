"""Short ways to say who is who and who holds what, for tests and benches."""

import datetime as dt

from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import Agency, AgencyIdentifier
from tinhso.kernel.people.models import Account, Role, RoleAssignment

START = dt.date(2025, 7, 1)
PASSWORD = "mat-khau-thu"


def make_agency(short_name: str, parent: Agency | None = None) -> Agency:
    return Agency.objects.create(
        name=short_name, short_name=short_name, level="commune", parent=parent, valid_from=START
    )


def make_ward(name: str, code: str) -> Agency:
    """A commune's People's Committee with a counter; `code` by Decision 20/2020."""
    ward = Agency.objects.create(
        name=f"Ủy ban nhân dân {name}",
        short_name=f"UBND {name}",
        abbreviation="UBND",
        level="commune",
        is_one_stop=True,
        valid_from=START,
    )
    AgencyIdentifier.objects.create(agency=ward, scheme="qd20_2020", code=code, valid_from=START)
    return ward


def make_citizen(
    personal_number: str,
    name: str = "Trần Văn Dũng",
    born_on: dt.date = dt.date(1991, 3, 7),
    sex: str = "male",
) -> Account:
    return Account.objects.create_user(
        personal_number,
        kind="citizen",
        full_name=name,
        personal_number=personal_number,
        born_on=born_on,
        sex=sex,
        identity_level=2,
    )


def make_official(
    username: str, name: str = "Người Mới", password: str | None = PASSWORD, **fields: object
) -> Account:
    return Account.objects.create_user(username, password, kind="official", full_name=name, **fields)


def make_role(code: str, *permissions: str) -> Role:
    return Role.objects.create(code=code, name=code, permissions=list(permissions))


def give(
    account: Account,
    role: Role | str,
    agency: Agency,
    *,
    title: str = "Công chức",
    valid_from: dt.date = START,
    valid_to: dt.date | None = None,
    reaches_below: bool = False,
) -> RoleAssignment:
    return RoleAssignment.objects.create(
        account=account,
        role=role if isinstance(role, Role) else Role.objects.get(code=role),
        agency=agency,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        reaches_below=reaches_below,
    )


def make_administrator(agency: Agency, username: str = "quantri") -> Account:
    account = make_official(username, "Trần Quản Trị")
    give(account, "people.administrator", agency)
    return account


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)
