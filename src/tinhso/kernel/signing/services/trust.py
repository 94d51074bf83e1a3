from __future__ import annotations

from uuid import UUID

from tinhso.kernel.moment import now
from tinhso.kernel.services import service

from ..certificates import get_fingerprint, read_certificates, write_pem
from ..errors import CertificateNotReadableError
from ..models import TrustAnchor


@service
def add_trust_anchor(*, certificate: str, name: str, why: str, is_demo: bool = False) -> UUID:
    """Trust a root from now on. `why` is what a reader of a verdict is told. Adding it again renews both texts.

    Raises CertificateNotReadableError.
    """
    try:
        (read,) = read_certificates(certificate)
        fingerprint = get_fingerprint(read)
    except (ValueError, TypeError) as error:
        raise CertificateNotReadableError from error

    anchor, _ = TrustAnchor.objects.update_or_create(
        fingerprint=fingerprint,
        defaults={
            "name": name,
            "why": why,
            "certificate": write_pem(read),
            "removed_at": None,
            "is_demo": is_demo,
        },
    )
    return anchor.pk


@service
def remove_trust_anchor(*, fingerprint: str) -> None:
    TrustAnchor.objects.filter(fingerprint=fingerprint, removed_at__isnull=True).update(removed_at=now())
