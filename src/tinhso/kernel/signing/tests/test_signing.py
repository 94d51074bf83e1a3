"""Signatures: whose, in which order, how they look, and that other programs accept them."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from conftest import Cast
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings as project_settings
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pytest_django import Settings

from tinhso.kernel.moment import now, travel

from ..choices import CredentialKind, SignatureLevel
from ..demo.authority import DemoOnlyError
from ..errors import (
    AlreadySignedError,
    CertificateNotTrustedError,
    CredentialExpiredError,
    CredentialNotYetValidError,
    CredentialRevokedError,
    DrawingNotAcceptedError,
    KeyUnavailableError,
    NoCredentialError,
    NotSignableError,
    NotSignedYetError,
)
from ..keys import PSS, keyring
from ..models import SigningCredential
from ..network import get_demo_authority
from ..selectors import find_trust_anchors, get_credential_for
from ..services import (
    archive_pdf,
    create_demo_credentials,
    replace_drawing,
    revoke_credential,
    sign_bytes,
    sign_pdf,
)
from ..services.demo import DemoHolder
from ..stamps import Look, Stamp
from ..verification.covering import find_coverings
from ..verification.judging import verify_pdf
from ..verification.report import Verdict
from .conftest import PERSON, SEAL, Sign

pytestmark = pytest.mark.django_db

OPENSSL_VERIFY = [
    "openssl",
    "cms",
    "-verify",
    "-binary",
    "-inform",
    "DER",
    "-in",
    "signature.der",
    "-content",
    "content",
    "-CAfile",
    "root.pem",
    "-purpose",
    "any",
    "-out",
    "out",
]


def put(pdf: bytes, code: str, stamp: Stamp | None = None) -> bytes:
    return sign_pdf(pdf=pdf, credential_code=code, reason="Ký thử", stamp=stamp)


def test_the_leader_signs_and_the_seal_follows(sign: Sign, letter: bytes) -> None:
    signed = sign()

    report = verify_pdf(signed)
    assert signed.startswith(letter)
    assert report.verdict is Verdict.GENUINE
    assert [(s.name, s.position, s.organisation, s.kind) for s in report.signatures] == [
        ("Lê Quang Vinh", "Chủ tịch", "Ủy ban nhân dân phường Việt Trì", CredentialKind.PERSON),
        (
            "Ủy ban nhân dân phường Việt Trì",
            "",
            "Ủy ban nhân dân phường Việt Trì",
            CredentialKind.AGENCY_SEAL,
        ),
    ]
    assert [s.level for s in report.signatures] == [SignatureLevel.B_B, SignatureLevel.B_B]


def test_rsa_keys_sign_with_pss_and_others_accept_it(sign: Sign, tmp_path: Path) -> None:
    """Checked by OpenSSL, which shares nothing with the code that signed."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: the independent check did NOT run")
    signed = sign()

    for covering in find_coverings(signed):
        container = bytes.fromhex(covering.get_container(signed)[1:-1].decode())
        covered = signed[: covering.gap_start] + signed[covering.gap_end : covering.end]
        (tmp_path / "signature.der").write_bytes(container)
        (tmp_path / "content").write_bytes(covered)
        (tmp_path / "root.pem").write_text(get_demo_authority(str(project_settings.DEMO_PKI_DIR)).root.pem)
        answer = subprocess.run(OPENSSL_VERIFY, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
    first = find_coverings(signed)[0].get_container(signed)[1:-1]
    assert b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a" in bytes.fromhex(first.decode())  # rsassaPss


def test_a_result_signed_twice_is_refused(sign: Sign, letter: bytes) -> None:
    once = put(letter, PERSON, Stamp())
    sealed = sign()

    for pdf, code in ((once, PERSON), (sealed, PERSON), (sealed, SEAL)):
        with pytest.raises(AlreadySignedError) as refusal:
            put(pdf, code, Stamp())
        assert refusal.value.code == "signing.already_signed"


def test_the_seal_waits_for_the_signature(credentials: None, letter: bytes) -> None:
    with pytest.raises(NotSignedYetError):
        put(letter, SEAL, Stamp())


def test_an_attachment_in_its_own_file_takes_the_seal_as_text_at_the_top_right(
    credentials: None, letter: bytes
) -> None:
    """Decree 30/2020, annex I, II.8.b: no picture, number and symbol, moment of signing in ISO 8601."""
    at = dt.datetime(2026, 11, 26, 2, 48, 12, tzinfo=dt.UTC)
    plain = PdfFileReader(io.BytesIO(letter))
    stamp = Stamp(look=Look.TEXT, lines=("412/UBND-XNTTHN",))

    signed = sign_pdf(pdf=_without_fields(letter), credential_code=SEAL, reason="Phụ lục", stamp=stamp, at=at)

    field = PdfFileReader(io.BytesIO(signed)).root["/AcroForm"]["/Fields"][0]
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    _, _, width, height = (float(edge) for edge in plain.root["/Pages"]["/Kids"][0]["/MediaBox"])
    assert right > width - 50
    assert top > height - 50
    assert (right - left, top - bottom) == pytest.approx((227, 40), abs=2)
    assert "2026-11-26T09:48:12+07:00" in _read_appearance(signed)


def test_the_moment_of_signing_is_the_one_given(credentials: None, letter: bytes) -> None:
    at = dt.datetime(2025, 8, 1, 8, 30, tzinfo=dt.UTC)

    with travel(at):
        signed = put(letter, PERSON, Stamp())

    assert verify_pdf(signed).signatures[0].signed_at == at


def test_a_revoked_certificate_signs_nothing(credentials: None, letter: bytes) -> None:
    revoke_credential(code=PERSON, because="mất thiết bị")

    with pytest.raises(CredentialRevokedError) as refusal:
        put(letter, PERSON)

    assert refusal.value.code == "signing.certificate_revoked"
    assert "Lê Quang Vinh" in refusal.value.sentence


def test_an_expired_and_a_future_certificate_sign_nothing(credentials: None, letter: bytes) -> None:
    row = SigningCredential.objects.get(code=PERSON)

    with travel(row.expires_at + dt.timedelta(seconds=1)), pytest.raises(CredentialExpiredError):
        put(letter, PERSON)
    with travel(row.starts_at - dt.timedelta(seconds=1)), pytest.raises(CredentialNotYetValidError):
        put(letter, PERSON)


def test_the_newest_usable_certificate_is_found(cast: Cast, credentials: None) -> None:
    found = get_credential_for(account_id=cast.leader.pk, kind=CredentialKind.PERSON)
    seal = get_credential_for(agency_id=cast.ward.pk, kind=CredentialKind.AGENCY_SEAL)

    assert (found.code, seal.code) == (PERSON, SEAL)
    with pytest.raises(NoCredentialError):
        get_credential_for(account_id=cast.officer.pk, kind=CredentialKind.PERSON)
    with pytest.raises(NoCredentialError):
        get_credential_for(agency_id=cast.other_ward.pk, kind=CredentialKind.AGENCY_SEAL)


@pytest.mark.parametrize("pdf", [b"", b"not a pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"])
def test_what_is_no_pdf_is_not_signed(credentials: None, pdf: bytes) -> None:
    with pytest.raises(NotSignableError):
        put(pdf, PERSON)


def test_a_key_that_is_gone_is_told_plainly(credentials: None, letter: bytes) -> None:
    row = SigningCredential.objects.get(code=PERSON)
    keyring.forget(row)
    (Path(project_settings.KEYS_DIR) / row.location).unlink()

    with pytest.raises(KeyUnavailableError) as refusal:
        put(letter, PERSON)

    assert refusal.value.status == 503


def test_a_key_outside_the_keys_folder_is_not_opened(credentials: None, letter: bytes) -> None:
    SigningCredential.objects.filter(code=PERSON).update(location="../../etc/passwd")
    keyring.forget(SigningCredential.objects.get(code=PERSON))

    with pytest.raises(KeyUnavailableError):
        put(letter, PERSON)


def test_keys_and_passphrase_are_readable_to_their_owner_only(credentials: None) -> None:
    files = [path for path in Path(project_settings.KEYS_DIR).rglob("*") if path.is_file()]

    assert {path.suffix for path in files} >= {".p12", ""}
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}


def test_no_private_key_is_in_the_database(credentials: None) -> None:
    for row in SigningCredential.objects.all():
        assert "PRIVATE" not in row.certificate + row.chain
        assert row.location.endswith(".p12")


def test_the_demo_signs_and_is_trusted_in_the_demo_only(
    credentials: None, letter: bytes, settings: Settings
) -> None:
    settings.IS_DEMO = False

    with pytest.raises(NoCredentialError):
        put(letter, PERSON)
    assert find_trust_anchors() == []
    get_demo_authority.cache_clear()
    with pytest.raises(DemoOnlyError):
        create_demo_credentials(holders=[])


def test_demo_certificates_are_made_once(credentials: None, cast: Cast) -> None:
    holder = DemoHolder(
        code=SEAL, kind=CredentialKind.AGENCY_SEAL, name="Khác", agency_name="Khác", agency_id=cast.ward.pk
    )

    assert create_demo_credentials(holders=[holder]) == 0
    assert SigningCredential.objects.count() == 2


def test_bytes_are_signed_so_that_anyone_may_check(credentials: None) -> None:
    content = "dấu lịch sử 3c9e".encode()

    signature, certificate = sign_bytes(content, PERSON)

    key = x509.load_der_x509_certificate(certificate).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(signature, content, padding.PSS(mgf=PSS.mgf, salt_length=32), hashes.SHA256())


def make_png(colour: tuple[int, int, int, int], side: int = 40) -> bytes:
    output = io.BytesIO()
    Image.new("RGBA", (side, side), colour).save(output, format="PNG")
    return output.getvalue()


@pytest.mark.parametrize(
    "drawing",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n" + b"0" * 200_000,
        make_png((0, 0, 255, 255)),
        make_png((0, 0, 255, 0), side=2001),
    ],
    ids=["empty", "gif", "too heavy", "opaque", "too large"],
)
def test_only_a_transparent_png_is_a_signature(credentials: None, drawing: bytes) -> None:
    before = SigningCredential.objects.get(code=PERSON).drawing

    with pytest.raises(DrawingNotAcceptedError):
        replace_drawing(code=PERSON, drawing=drawing)

    assert bytes(SigningCredential.objects.get(code=PERSON).drawing or b"") == bytes(before or b"")


@pytest.mark.parametrize("level", [SignatureLevel.B_T, SignatureLevel.B_LT, SignatureLevel.B_LTA], ids=str)
def test_each_level_carries_its_evidence(sign: Sign, level: SignatureLevel) -> None:
    started = now().replace(microsecond=0)

    report = verify_pdf(sign(level))

    assert report.verdict is Verdict.GENUINE
    assert [s.level for s in report.signatures] == [level, level]
    assert {s.timestamp_by for s in report.signatures} == {"TSA trình diễn Tỉnh Số"}
    assert all(s.signed_at is not None and s.signed_at >= started for s in report.signatures)


def test_what_a_revoked_signer_left_is_not_archived(sign: Sign) -> None:
    signed = sign()
    revoke_credential(code=PERSON, because="mất thiết bị")

    with pytest.raises(CertificateNotTrustedError):
        archive_pdf(pdf=signed)


def _without_fields(letter: bytes) -> bytes:
    """The letter as typst set it, before the fields were added."""
    return letter[: letter.index(b"%%EOF") + len(b"%%EOF")]


def _read_appearance(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[0]
    vars(pypdfium2.raw)["FPDFPage_Flatten"](page.raw, 0)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return " ".join(text.split())
