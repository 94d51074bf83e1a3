from __future__ import annotations

import datetime as dt

from asn1crypto import pem

from tinhso.kernel.http import release_connections
from tinhso.kernel.moment import now

from ..choices import SignatureLevel
from ..errors import KeyUnavailableError, TimestampUnavailableError
from ..keys import keyring
from ..models import SigningCredential
from ..network import get_time_stamper, open_network
from ..pdf import Evidence, Order, add_archive_evidence, put_signature
from ..selectors import find_trust_roots, get_usable_credential
from ..stamps import Stamp


def sign_pdf(
    *,
    pdf: bytes,
    credential_code: str,
    reason: str,
    stamp: Stamp | None,
    level: SignatureLevel = SignatureLevel.B_B,
    at: dt.datetime | None = None,
) -> bytes:
    """The document with one more signature. Writes nothing; the use case that signs records what was done.

    The signature goes to the place the letter left for its kind, else to `stamp.box`, else unseen. With
    `stamp=None` nothing is drawn there. `at` is the moment written, now when absent.

    Raises NoCredentialError, CredentialRevokedError, CredentialExpiredError, CredentialNotYetValidError,
    KeyUnavailableError, AlreadySignedError, NotSignedYetError, NotSignableError, and from B-T on
    TimestampUnavailableError, CertificateNotTrustedError.
    """
    return sign_pdf_by(
        get_usable_credential(credential_code), pdf=pdf, reason=reason, stamp=stamp, level=level, at=at
    )


def sign_pdf_by(
    credential: SigningCredential,
    *,
    pdf: bytes,
    reason: str,
    stamp: Stamp | None,
    level: SignatureLevel = SignatureLevel.B_B,
    at: dt.datetime | None = None,
) -> bytes:
    """The same with a credential that was just found to be usable."""
    signer, _ = keyring.open(credential)
    evidence = None if level == SignatureLevel.B_B else _gather(SignatureLevel(level))

    order = Order(credential, reason, stamp, SignatureLevel(level), at or now())
    return put_signature(pdf, order, signer, evidence)


def archive_pdf(*, pdf: bytes) -> bytes:
    """A signed document made ready for the archive (B-LTA), or an archived one made to last longer.

    The time stamp and the revocation answers come from outside, and `kernel.http` lets nobody wait for the
    outside with a transaction open; so results are signed at B-B and archived afterwards (`services.archive`).

    Raises NotSignableError, TimestampUnavailableError, CertificateNotTrustedError.
    """
    return add_archive_evidence(pdf, _gather(SignatureLevel.B_LTA))


def sign_bytes(content: bytes, credential_code: str) -> tuple[bytes, bytes]:
    """Signature over the content (RSASSA-PSS or ECDSA, SHA-256) and the certificate (DER) that checks it.

    Raises like `sign_pdf` at level B-B.
    """
    credential = get_usable_credential(credential_code)
    _, key = keyring.open(credential)
    _, _, certificate = pem.unarmor(credential.certificate.encode())
    try:
        return key.sign(content), certificate
    except (OSError, RuntimeError) as error:
        keyring.forget(credential)
        raise KeyUnavailableError(label=credential.label) from error


def _gather(level: SignatureLevel) -> Evidence:
    time_stamper = get_time_stamper()
    if time_stamper is None:
        raise TimestampUnavailableError
    needs_trust = level in (SignatureLevel.B_LT, SignatureLevel.B_LTA)
    evidence = Evidence(
        time_stamper=time_stamper,
        network=open_network(),
        trust_roots=find_trust_roots() if needs_trust else (),
    )
    release_connections()
    return evidence
