"""The standing cast, so that every test starts from the same people at the same agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import pytest_django
from django.db import connection
from django.test import override_settings

from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.actor import NOBODY, Actor
from tinhso.kernel.people.models import Account, Role
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.people.tests.makers import give, make_citizen, make_official, make_ward
from tinhso.kernel.registry import SystemManifest, registry


@dataclass(frozen=True)
class Cast:
    """citizen, other_citizen, officer, other_officer (of another agency), leader, auditor, nobody."""

    ward: Agency
    other_ward: Agency
    citizen: Account
    other_citizen: Account
    officer: Account
    other_officer: Account
    leader: Account
    auditor: Account

    def actor(self, name: str) -> Actor:
        return NOBODY if name == "nobody" else get_actor(getattr(self, name))

    def colleague(self) -> Actor:
        """A second officer at the ward."""
        return get_actor(_official("minhtuan", "Phạm Minh Tuấn", "onestop.officer", self.ward, "Công chức"))

    def accountant(self) -> Actor:
        """Who keeps the ward's accounts of fees."""
        return get_actor(_official("ngoclan", "Vũ Ngọc Lan", "onestop.accountant", self.ward, "Kế toán"))

    def operator(self) -> Actor:
        """Who runs the exchange with the National Portal and looks after the catalogue."""
        return get_actor(_official("vanhanh", "Nguyễn Hồng Thảo", "onestop.operator", self.ward, "Vận hành"))

    names = ("citizen", "other_citizen", "officer", "other_officer", "leader", "auditor", "nobody")


def _official(username: str, name: str, role: str, agency: Agency, title: str) -> Account:
    account = make_official(username, name)
    give(account, role, agency, title=title)
    return account


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """Tests that commit are cleaned up by TRUNCATE, which the history refuses; here alone it may be."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("audit_auditentry", "audit_auditseal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
            cursor.execute(f"GRANT TRUNCATE ON {table} TO CURRENT_USER")


@pytest.fixture(scope="session", autouse=True)
def _files_in_a_folder_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with override_settings(FILE_STORAGE={"folder": tmp_path_factory.mktemp("files")}):
        yield


@pytest.fixture(scope="session", autouse=True)
def _keys_in_a_folder_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with override_settings(
        KEYS_DIR=tmp_path_factory.mktemp("keys"), DEMO_PKI_DIR=tmp_path_factory.mktemp("pki") / "demo"
    ):
        yield


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[[SystemManifest], None]:
    """Add a manifest to the frozen registry for the length of a test."""

    def add(manifest: SystemManifest) -> None:
        monkeypatch.setattr(registry, "_manifests", {**registry._manifests, manifest.code: manifest})

    return add


@pytest.fixture
def cast(db: None) -> Cast:
    for manifest in registry.manifests:
        for template in manifest.roles:
            Role.objects.get_or_create(
                code=template.code,
                defaults={"name": str(template.label), "permissions": list(template.permissions)},
            )
    ward = make_ward("phường Việt Trì", "H25.12")
    other_ward = make_ward("phường Vĩnh Yên", "H25.13")
    return Cast(
        ward=ward,
        other_ward=other_ward,
        citizen=make_citizen("025091000417"),
        other_citizen=make_citizen(
            "026192000123", "Nguyễn Thị Hồng Nhung", born_on=dt.date(1992, 5, 2), sex="female"
        ),
        officer=_official("thuha", "Nguyễn Thu Hà", "onestop.officer", ward, "Công chức tư pháp, hộ tịch"),
        other_officer=_official("kimoanh", "Đỗ Kim Oanh", "onestop.officer", other_ward, "Công chức hộ tịch"),
        leader=_official("quangvinh", "Lê Quang Vinh", "onestop.leader", ward, "Chủ tịch UBND phường"),
        auditor=_official("kiemtra", "Phạm Minh Tuấn", "audit.auditor", ward, "Thanh tra"),
    )
