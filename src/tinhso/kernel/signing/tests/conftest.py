"""Who signs in these tests: the leader of the cast and the seal of his ward, with demo certificates."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Cast

from tinhso.kernel.letters.rendering import render_letter
from tinhso.kernel.letters.tests.sample import make_values

from ..choices import CredentialKind, SignatureLevel
from ..services import create_demo_credentials, sign_pdf
from ..services.demo import DemoHolder
from ..stamps import Stamp

PERSON, SEAL = "vinh", "viet-tri"

Sign = Callable[..., bytes]


@pytest.fixture
def credentials(cast: Cast) -> None:
    create_demo_credentials(
        holders=[
            DemoHolder(
                code=PERSON,
                kind=CredentialKind.PERSON,
                name="Lê Quang Vinh",
                title="Chủ tịch",
                agency_name=cast.ward.name,
                account_id=cast.leader.pk,
                agency_id=cast.ward.pk,
                is_rsa=True,
            ),
            DemoHolder(
                code=SEAL,
                kind=CredentialKind.AGENCY_SEAL,
                name=cast.ward.name,
                agency_name=cast.ward.name,
                agency_id=cast.ward.pk,
            ),
        ]
    )


@pytest.fixture(scope="session")
def letter() -> bytes:
    return render_letter("letters/document", make_values())


@pytest.fixture
def sign(credentials: None, letter: bytes) -> Sign:
    """The letter signed by the leader, then sealed, both at one level."""

    def run(level: SignatureLevel = SignatureLevel.B_B, pdf: bytes = letter) -> bytes:
        signed = sign_pdf(pdf=pdf, credential_code=PERSON, reason="Ký ban hành", stamp=Stamp(), level=level)
        return sign_pdf(
            pdf=signed, credential_code=SEAL, reason="Đóng dấu cơ quan", stamp=Stamp(), level=level
        )

    return run
