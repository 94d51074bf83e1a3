"""A key that never leaves its token, with SoftHSM in place of the hardware."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pkcs11
import pytest
from conftest import Cast
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.conf import settings as project_settings
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pytest_django import Settings

from ..choices import CredentialKind, KeySource
from ..demo.authority import Holder, PrivateKey
from ..errors import KeyUnavailableError
from ..network import get_demo_authority
from ..services import ensure_demo_trust, register_credential, sign_bytes, sign_pdf
from ..services.credentials import NewCredential
from ..verification.judging import verify_pdf
from ..verification.report import Verdict

MODULES = (
    os.environ.get("SOFTHSM2_MODULE", ""),
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
PIN = "1234"


def find_module() -> str:
    return next((path for path in MODULES if path and Path(path).is_file()), "")


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (find_module() and shutil.which("softhsm2-util")),
        reason="softhsm2 is not installed: signing with a PKCS#11 token was NOT tried",
    ),
]


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A PKCS#11 module reads its configuration, and sees what tokens there are, once per process."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    for label in ("van-thu", "lanh-dao"):
        command = ["softhsm2-util", "--module", find_module(), "--init-token", "--free", "--label", label]
        command += ["--pin", PIN, "--so-pin", PIN]
        subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def make_signer(
    tokens: None, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], str]:
    """Puts a key on a token and makes its certificate known; the code of the credential."""
    settings.PKCS11_MODULE = find_module()
    monkeypatch.setenv("TINHSO_PKCS11_PIN", PIN)
    ensure_demo_trust()
    authority = get_demo_authority(str(project_settings.DEMO_PKI_DIR))

    def make(token: str, kind: str) -> str:
        key: PrivateKey = (
            rsa.generate_private_key(65537, 2048)
            if kind == "rsa"
            else ec.generate_private_key(ec.SECP256R1())
        )
        holder = Holder(name=f"Văn thư {kind}", organisation=cast.ward.name, title="Văn thư")
        certificate = authority.issue(holder, key)
        _put_on_token(token, kind, key)
        register_credential(
            credential=NewCredential(
                code=f"{token}-{kind}",
                kind=CredentialKind.PERSON,
                label="Khóa trên thiết bị",
                source=KeySource.PKCS11,
                location=f"pkcs11:token={token};object={kind}",
                certificate=certificate.public_bytes(serialization.Encoding.PEM).decode(),
                chain=authority.issuing.pem,
                account_id=cast.leader.pk,
                agency_id=cast.ward.pk,
            )
        )
        return f"{token}-{kind}"

    return make


def test_two_keys_of_one_token_sign(make_signer: Callable[[str, str], str], letter: bytes) -> None:
    codes = [make_signer("van-thu", kind) for kind in ("rsa", "ec")]

    reports = [
        verify_pdf(sign_pdf(pdf=letter, credential_code=code, reason="Ký", stamp=None)) for code in codes
    ]

    assert [report.verdict for report in reports] == [Verdict.GENUINE, Verdict.GENUINE]
    assert [report.signatures[0].name for report in reports] == ["Văn thư rsa", "Văn thư ec"]
    assert [len(sign_bytes(b"x", code)[0]) >= 64 for code in codes] == [True, True]


def test_a_wrong_pin_is_a_key_that_cannot_be_opened(
    make_signer: Callable[[str, str], str], letter: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = make_signer("lanh-dao", "ec")
    monkeypatch.setenv("TINHSO_PKCS11_PIN", "0000")

    with pytest.raises(KeyUnavailableError):
        sign_pdf(pdf=letter, credential_code=code, reason="Ký", stamp=None)


def _put_on_token(token: str, label: str, key: PrivateKey) -> None:
    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    attributes = (
        decode_rsa_private_key(der) if isinstance(key, rsa.RSAPrivateKey) else decode_ec_private_key(der)
    )
    attributes |= {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True}
    opened = pkcs11.lib(find_module()).get_token(token_label=token).open(rw=True, user_pin=PIN)
    with opened as session:
        session.create_object(attributes)
