from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PrivateFormat,
    pkcs12,
)
from django.conf import settings

from tinhso.kernel.services import service

from ..choices import CredentialKind, KeySource
from ..demo.authority import DemoAuthority, Holder, PrivateKey
from ..demo.drawings import draw_seal, draw_signature
from ..keys import read_passphrase, write_private
from ..models import SigningCredential
from ..network import get_demo_authority
from .credentials import NewCredential
from .trust import add_trust_anchor

ANCHOR = "Gốc trình diễn Tỉnh Số"
WHY = "Nơi cấp chứng thư của bản trình diễn này. Không có giá trị pháp lý."
"""Word for word what a reader of a verdict in the demo is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoHolder:
    """Who gets a demo certificate. `code` is the credential's."""

    code: str
    kind: CredentialKind
    name: str
    agency_name: str
    title: str = ""
    account_id: UUID | None = None
    agency_id: UUID | None = None
    is_rsa: bool = False


@service
def ensure_demo_trust() -> None:
    """Trust the demo's own root, in the demo profile only. Raises DemoOnlyError."""
    authority = get_demo_authority(str(settings.DEMO_PKI_DIR))
    add_trust_anchor(certificate=authority.root.pem, name=ANCHOR, why=WHY, is_demo=True)


@service
def create_demo_credentials(*, holders: Iterable[DemoHolder]) -> int:
    """Certificates, keys and drawings for those who have none yet; the number made. Raises DemoOnlyError.

    Keys are P-256: one takes 0.1 ms to make where RSA-2048 takes 50. `is_rsa` asks for RSA-2048.
    """
    authority = get_demo_authority(str(settings.DEMO_PKI_DIR))
    add_trust_anchor(certificate=authority.root.pem, name=ANCHOR, why=WHY, is_demo=True)
    wanted = {holder.code: holder for holder in holders}
    for code in SigningCredential.objects.filter(code__in=wanted).values_list("code", flat=True):
        del wanted[code]

    rows = [issue_demo_credential(authority, holder).as_row() for holder in wanted.values()]
    SigningCredential.objects.bulk_create(rows)
    return len(rows)


def issue_demo_credential(authority: DemoAuthority, holder: DemoHolder) -> NewCredential:
    """A certificate and its key file; nothing is written to the database."""
    key: PrivateKey = (
        rsa.generate_private_key(65537, 2048) if holder.is_rsa else ec.generate_private_key(ec.SECP256R1())
    )
    certificate = authority.issue(
        Holder(name=holder.name, organisation=holder.agency_name, title=holder.title), key
    )
    location = f"demo/{certificate.serial_number:x}.p12"
    content = pkcs12.serialize_key_and_certificates(
        name=None,
        key=key,
        cert=certificate,
        cas=None,
        encryption_algorithm=PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(20_000)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(read_passphrase()),
    )
    write_private(Path(settings.KEYS_DIR) / location, content)
    return NewCredential(
        code=holder.code,
        kind=holder.kind,
        label=f"{holder.name}, {holder.agency_name}" if holder.title else holder.name,
        source=KeySource.PKCS12,
        location=location,
        certificate=certificate.public_bytes(Encoding.PEM).decode(),
        chain=authority.issuing.pem,
        account_id=holder.account_id,
        agency_id=holder.agency_id,
        drawing=_draw(holder),
        is_demo=True,
    )


def _draw(holder: DemoHolder) -> bytes | None:
    if holder.kind is CredentialKind.PERSON:
        return draw_signature(holder.name)
    return draw_seal(holder.name) if holder.kind is CredentialKind.AGENCY_SEAL else None
