"""Whose signature on a seal or a receipt counts as the province's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from django.db.models import Q

from tinhso.kernel.signing.models import SigningCredential
from tinhso.kernel.signing.selectors import find_trust_anchors

from .seals import get_fingerprint

CREDENTIAL = "audit.seal"
"""The certificate of today; those before it are renamed `audit.seal.<year>`."""
LONGEST_PATH = 5


class ProvinceTrust:
    """Certificates of the seal, now and before, each usable then and issued under a root the province trusts.

    A root alone would not do: under the same root every official of the country has a certificate.
    """

    def __init__(self) -> None:
        rows = SigningCredential.objects.filter(Q(code=CREDENTIAL) | Q(code__startswith=f"{CREDENTIAL}."))
        self._credentials = {
            get_fingerprint(_to_der(x509.load_pem_x509_certificate(row.certificate.encode()))): row
            for row in rows
        }
        self._roots = [
            root
            for anchor in find_trust_anchors()
            for root in x509.load_pem_x509_certificates(anchor.certificate.encode())
        ]

    def __call__(self, certificate: bytes, at: dt.datetime) -> bool:
        credential = self._credentials.get(get_fingerprint(certificate))
        if credential is None or not credential.is_usable_at(at):
            return False
        leaf = x509.load_der_x509_certificate(certificate)
        chain = x509.load_pem_x509_certificates(credential.chain.encode()) if credential.chain else []
        return is_issued_under(leaf, chain, self._roots, at)


class PinnedTrust:
    """Certificates whose fingerprints the reader has from elsewhere, so that no database is asked."""

    def __init__(self, fingerprints: Iterable[str]) -> None:
        self._fingerprints = frozenset(fingerprint.lower().replace(":", "") for fingerprint in fingerprints)

    def __call__(self, certificate: bytes, at: dt.datetime) -> bool:
        return get_fingerprint(certificate) in self._fingerprints


def is_issued_under(
    leaf: x509.Certificate,
    chain: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: dt.datetime,
) -> bool:
    """Whether a path of certificates, all valid at that instant, leads from the leaf to a root."""
    current = leaf
    for _ in range(LONGEST_PATH):
        if not current.not_valid_before_utc <= at <= current.not_valid_after_utc:
            return False
        if any(_is_issued_by(current, root) for root in roots):
            return True
        above = next(
            (issuer for issuer in chain if _is_authority(issuer) and _is_issued_by(current, issuer)), None
        )
        if above is None:
            return False
        current = above
    return False


def _is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _to_der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
