from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tinhso.kernel.moment import now
from tinhso.kernel.services import service

from ..certificates import get_issuer_name, get_serial, read_certificates
from ..choices import CredentialKind, KeySource
from ..errors import CertificateNotReadableError, NoCredentialError
from ..keys import keyring
from ..models import SigningCredential
from ..stamps import check_drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCredential:
    """A certificate (PEM) to make known, with the place of its key.

    A person's certificate names the account and the agency it acts for; a seal names the agency only.
    """

    code: str
    kind: CredentialKind
    label: str
    source: KeySource
    location: str
    certificate: str
    chain: str = ""
    account_id: UUID | None = None
    agency_id: UUID | None = None
    drawing: bytes | None = None
    is_demo: bool = False

    def as_row(self) -> SigningCredential:
        """Raises CertificateNotReadableError, DrawingNotAcceptedError."""
        try:
            (certificate,) = read_certificates(self.certificate)
            read_certificates(self.chain)
        except (ValueError, TypeError) as error:
            raise CertificateNotReadableError from error
        if self.drawing is not None:
            check_drawing(self.drawing)
        validity = certificate["tbs_certificate"]["validity"].native
        return SigningCredential(
            code=self.code,
            kind=self.kind,
            label=self.label,
            source=self.source,
            location=self.location,
            certificate=self.certificate,
            chain=self.chain,
            issuer=get_issuer_name(certificate),
            serial=get_serial(certificate),
            starts_at=validity["not_before"],
            expires_at=validity["not_after"],
            account_id=self.account_id,
            agency_id=self.agency_id,
            drawing=self.drawing,
            is_demo=self.is_demo,
        )


@service
def register_credential(*, credential: NewCredential) -> UUID:
    """Raises CertificateNotReadableError, DrawingNotAcceptedError."""
    row = credential.as_row()
    row.save(force_insert=True)
    return row.pk


@service
def revoke_credential(*, code: str, because: str) -> None:
    """From this moment nothing is signed with it. What was signed before stays as valid as its time stamp proves."""
    row = _lock(code)
    if row.revoked_at is not None:
        return

    row.revoked_at, row.revoked_because = now(), because
    row.save(update_fields=["revoked_at", "revoked_because"])
    keyring.forget(row)


@service
def replace_drawing(*, code: str, drawing: bytes) -> None:
    """Raises DrawingNotAcceptedError."""
    row = _lock(code)
    check_drawing(drawing)

    row.drawing = drawing
    row.save(update_fields=["drawing"])


def _lock(code: str) -> SigningCredential:
    row = SigningCredential.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NoCredentialError
    return row
