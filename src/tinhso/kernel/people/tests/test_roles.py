import datetime as dt
from uuid import UUID

import pytest
from conftest import Cast

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.errors import NotFoundError, NotPermittedError
from tinhso.kernel.moment import today, travel
from tinhso.kernel.notify.models import Notification
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.errors import (
    OwnRoleError,
    RoleAlreadyEndedError,
    RoleAlreadyHeldError,
    RolePeriodError,
)
from tinhso.kernel.people.models import Account, Role, RoleAssignment
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.services import assign_role, end_role, sync_roles
from tinhso.kernel.registry import RoleTemplate, SystemManifest, registry

from .makers import give, in_days, make_administrator, make_agency, make_official


def assign(by: Account, to: Account, agency: Agency, **changes: object) -> UUID:
    asked = {
        "role_code": "onestop.officer",
        "title": "Công chức",
        "valid_from": today(),
        "valid_to": None,
        "reaches_below": False,
    }
    return assign_role(
        actor=get_actor(by),
        account_id=to.pk,
        agency_id=agency.pk,
        **{**asked, **changes},  # type: ignore[arg-type]
    )


def test_an_administrator_gives_a_role_and_the_history_tells_it(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)
    newcomer = make_official("nguoimoi")

    assignment_id = assign(administrator, newcomer, cast.ward, valid_to=in_days(10))

    assert get_actor(newcomer).agencies_with("onestop.process_dossiers") == {cast.ward.pk}
    entry = AuditEntry.objects.get(stream=f"people.account:{newcomer.pk}")
    assert (entry.action, entry.actor_id) == ("people.role_assigned", administrator.pk)
    assert entry.detail["assignment_id"] == str(assignment_id)
    assert Notification.objects.get(account=newcomer).url == "/toi"


@pytest.mark.parametrize("who", ["officer", "leader", "auditor", "citizen"])
def test_without_the_permission_nothing_is_given(cast: Cast, who: str) -> None:
    newcomer = make_official("nguoimoi")

    with pytest.raises(NotPermittedError):
        assign(getattr(cast, who), newcomer, cast.ward)

    assert not newcomer.assignments.exists()
    assert not AuditEntry.objects.exists()


def test_an_administrator_stops_at_the_border_of_his_agencies(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)

    with pytest.raises(NotPermittedError):
        assign(administrator, cast.officer, cast.other_ward)

    assert cast.officer.assignments.count() == 1


def test_a_role_that_reaches_below_takes_an_administrator_who_does(cast: Cast) -> None:
    make_agency("Phòng", parent=cast.ward)
    narrow, wide = make_administrator(cast.ward), make_official("quantrirong")
    give(wide, "people.administrator", cast.ward, reaches_below=True)
    newcomer = make_official("nguoimoi")

    with pytest.raises(NotPermittedError):
        assign(narrow, newcomer, cast.ward, reaches_below=True)
    assign(wide, newcomer, cast.ward, reaches_below=True)

    assert newcomer.assignments.get().reaches_below


def test_nobody_gives_himself_a_role(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)

    with pytest.raises(OwnRoleError):
        assign(administrator, administrator, cast.ward)

    assert administrator.assignments.count() == 1


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        ((0, None), (5, 9), True),
        ((0, 9), (9, None), True),
        ((5, 9), (0, 5), True),
        ((0, 9), (10, None), False),
        ((10, None), (0, 9), False),
    ],
)
def test_the_same_role_is_not_held_twice_on_one_day(
    cast: Cast, first: tuple[int, int | None], second: tuple[int, int | None], is_refused: bool
) -> None:
    administrator, newcomer = make_administrator(cast.ward), make_official("nguoimoi")
    periods = [
        {"valid_from": in_days(start), "valid_to": None if end is None else in_days(end)}
        for start, end in (first, second)
    ]
    assign(administrator, newcomer, cast.ward, **periods[0])

    if is_refused:
        with pytest.raises(RoleAlreadyHeldError):
            assign(administrator, newcomer, cast.ward, **periods[1])
    else:
        assign(administrator, newcomer, cast.ward, **periods[1])

    assert newcomer.assignments.count() == (1 if is_refused else 2)


def test_a_role_does_not_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(RolePeriodError):
        assign(make_administrator(cast.ward), cast.leader, cast.ward, valid_to=in_days(-1))


def test_a_role_ended_now_is_gone_now(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)
    role = cast.officer.assignments.get()

    end_role(actor=get_actor(administrator), assignment_id=role.pk)

    assert not get_actor(cast.officer).posts
    assert AuditEntry.objects.get(action="people.role_ended").detail["last_day"] is None


def test_a_role_ended_on_a_day_is_held_to_its_evening(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)
    role = cast.officer.assignments.get()

    end_role(actor=get_actor(administrator), assignment_id=role.pk, last_day=today())

    assert len(get_actor(cast.officer).posts) == 1
    assert not get_actor(cast.officer, on=in_days(1)).posts


def test_an_ended_role_is_not_ended_again(cast: Cast) -> None:
    administrator = make_administrator(cast.ward)
    role = cast.officer.assignments.get()
    end_role(actor=get_actor(administrator), assignment_id=role.pk)

    with pytest.raises(RoleAlreadyEndedError):
        end_role(actor=get_actor(administrator), assignment_id=role.pk)

    assert AuditEntry.objects.filter(action="people.role_ended").count() == 1


def test_a_role_of_another_agency_does_not_exist_for_an_administrator(cast: Cast) -> None:
    role = cast.other_officer.assignments.get()

    with pytest.raises(NotFoundError):
        end_role(actor=get_actor(make_administrator(cast.ward)), assignment_id=role.pk)

    role.refresh_from_db()
    assert role.revoked_at is None


def test_the_last_day_of_a_role_is_not_in_the_past(cast: Cast) -> None:
    role = cast.officer.assignments.get()

    with pytest.raises(RolePeriodError):
        end_role(actor=get_actor(make_administrator(cast.ward)), assignment_id=role.pk, last_day=in_days(-1))


@pytest.fixture
def proposal(monkeypatch: pytest.MonkeyPatch) -> object:
    def propose(*permissions: str) -> None:
        manifest = SystemManifest(
            code="demo", label="Demo", roles=(RoleTemplate("demo.clerk", "Văn thư", permissions),)
        )
        monkeypatch.setitem(registry._manifests, "demo", manifest)
        sync_roles()

    return propose


@pytest.mark.django_db
def test_a_proposed_role_is_written_once_and_follows_its_manifest(proposal: object) -> None:
    proposal("demo.a", "demo.b")  # type: ignore[operator]
    proposal("demo.b", "demo.c")  # type: ignore[operator]

    role = Role.objects.get(code="demo.clerk")
    assert (role.name, role.permissions) == ("Văn thư", ["demo.b", "demo.c"])


@pytest.mark.django_db
def test_what_an_administrator_decided_stays(proposal: object) -> None:
    proposal("demo.a", "demo.b")  # type: ignore[operator]
    Role.objects.filter(code="demo.clerk").update(permissions=["demo.b", "other.x"], name="Văn thư tỉnh")

    proposal("demo.a", "demo.b", "demo.c")  # type: ignore[operator]

    role = Role.objects.get(code="demo.clerk")
    assert (role.name, role.permissions) == ("Văn thư tỉnh", ["demo.b", "demo.c", "other.x"])


@pytest.mark.django_db
def test_every_role_of_the_manifests_is_there_after_migrate() -> None:
    proposed = {template.code for manifest in registry.manifests for template in manifest.roles}

    assert proposed <= set(Role.objects.values_list("code", flat=True))


def test_a_role_that_starts_tomorrow_is_not_held_today(cast: Cast) -> None:
    newcomer = make_official("nguoimoi")
    assign(make_administrator(cast.ward), newcomer, cast.ward, valid_from=in_days(1))

    assert not get_actor(newcomer).posts
    with travel(dt.datetime.combine(in_days(1), dt.time(1), dt.UTC)):
        assert RoleAssignment.objects.as_of(today()).filter(account=newcomer).exists()
        assert len(get_actor(newcomer).posts) == 1
