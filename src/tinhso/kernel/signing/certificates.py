"""Reading X.509 certificates."""

from __future__ import annotations

import hashlib

from asn1crypto import pem, x509

LONGEST_ISSUER = 250


def read_certificates(text: str) -> list[x509.Certificate]:
    """The certificates of a PEM text, in order. Raises ValueError."""
    if not text:
        return []
    return [x509.Certificate.load(der) for _, _, der in pem.unarmor(text.encode(), multiple=True)]


def write_pem(certificate: x509.Certificate) -> str:
    text: bytes = pem.armor("CERTIFICATE", certificate.dump())
    return text.decode()


def get_serial(certificate: x509.Certificate) -> str:
    return f"{certificate.serial_number:x}"


def get_issuer_name(certificate: x509.Certificate) -> str:
    return str(certificate.issuer.human_friendly)[:LONGEST_ISSUER]


def get_fingerprint(certificate: x509.Certificate) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()


def get_name_part(name: x509.Name, part: str) -> str:
    """One part of a distinguished name, e.g. `common_name`; the first where it is repeated, "" where absent."""
    found = name.native.get(part, "")
    return str(found[0] if isinstance(found, list) else found)
