"""What a seal says and who signed it: pure, so that a receipt is checked far from the database."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from .hashing import dump, text_moment

PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=padding.PSS.AUTO)

if TYPE_CHECKING:
    from .models import AuditSeal


@dataclass(frozen=True, slots=True)
class SealContent:
    """The signed part of a seal."""

    day: dt.date
    entry_count: int
    root: str
    previous_digest: str
    sealed_at: dt.datetime

    @classmethod
    def of(cls, seal: AuditSeal) -> Self:
        return cls(
            day=seal.day,
            entry_count=seal.entry_count,
            root=seal.root,
            previous_digest=seal.previous_digest,
            sealed_at=seal.sealed_at,
        )

    def as_bytes(self) -> bytes:
        return dump(
            {
                "day": self.day.isoformat(),
                "entry_count": self.entry_count,
                "root": self.root,
                "previous_digest": self.previous_digest,
                "sealed_at": text_moment(self.sealed_at),
            }
        )

    def digest(self) -> str:
        return hashlib.sha256(self.as_bytes()).hexdigest()


def is_signed_by(content: bytes, signature: bytes, certificate: bytes) -> bool:
    """Whether the key of the certificate (DER) signed the content with SHA-256: RSASSA-PSS or ECDSA."""
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, PSS, hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True


def get_fingerprint(certificate: bytes) -> str:
    """SHA-256 of the certificate (DER), as the province publishes it."""
    return hashlib.sha256(certificate).hexdigest()


def get_signer_name(certificate: bytes) -> str:
    """The common name on the certificate, or the whole subject when it has none."""
    subject = x509.load_der_x509_certificate(certificate).subject
    names = subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else subject.rfc4514_string()
