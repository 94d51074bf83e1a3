"""Wards, the officials at their counters and citizens."""

from __future__ import annotations

from collections.abc import Sequence

from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.tests.makers import give, make_citizen, make_official, make_ward
from tinhso.kernel.signing.choices import CredentialKind
from tinhso.kernel.signing.services import create_demo_credentials
from tinhso.kernel.signing.services.demo import DemoHolder


def make_wards(count: int) -> list[Agency]:
    return [make_ward(f"phường {number}", f"H25.{number}") for number in range(1, count + 1)]


def give_certificates(wards: Sequence[Agency]) -> None:
    """What a ward signs its receipts with."""
    create_demo_credentials(
        holders=[
            DemoHolder(
                code=f"service.{ward.pk}",
                kind=CredentialKind.SERVICE,
                name=ward.name,
                agency_name=ward.name,
                agency_id=ward.pk,
            )
            for ward in wards
        ]
    )


def make_officer(ward: Agency, number: int = 1) -> Account:
    account = make_official(f"officer{number}", "Nguyễn Thu Hà", password=None)
    give(account, "onestop.officer", ward, title="Công chức hộ tịch")
    return account


def make_applicant(number: int) -> Account:
    return make_citizen(f"025091{number:06d}")
