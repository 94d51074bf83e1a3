"""Short ways to say who holds what, for the tests of this room."""

import datetime as dt

from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account, Role, RoleAssignment

START = dt.date(2025, 7, 1)


def make_agency(short_name: str, parent: Agency | None = None) -> Agency:
    return Agency.objects.create(
        name=short_name, short_name=short_name, level="commune", parent=parent, valid_from=START
    )


def make_official(username: str, name: str = "Người Mới", **fields: object) -> Account:
    return Account.objects.create_user(username, "mat-khau-thu", kind="official", full_name=name, **fields)


def make_role(code: str, *permissions: str) -> Role:
    return Role.objects.create(code=code, name=code, permissions=list(permissions))


def give(
    account: Account,
    role: Role | str,
    agency: Agency,
    *,
    valid_from: dt.date = START,
    valid_to: dt.date | None = None,
    reaches_below: bool = False,
) -> RoleAssignment:
    return RoleAssignment.objects.create(
        account=account,
        role=role if isinstance(role, Role) else Role.objects.get(code=role),
        agency=agency,
        title="Công chức",
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
