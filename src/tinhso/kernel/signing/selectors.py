"""Certificates to sign with, and documents that were issued."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from asn1crypto import x509
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from tinhso.kernel.dated import valid_on
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.people.models import RoleAssignment
from tinhso.kernel.people.rights import AgencyRule, Gate, OwnerRule

from .certificates import read_certificates
from .choices import CredentialKind
from .errors import (
    CredentialExpiredError,
    CredentialNotYetValidError,
    CredentialRevokedError,
    DocumentNotFoundError,
    NoCredentialError,
)
from .models import ArchivedForm, SigningCredential, TrustAnchor, VerifiableDocument
from .permissions import VIEW_CERTIFICATES

CREDENTIALS = Gate(
    SigningCredential,
    (
        AgencyRule(VIEW_CERTIFICATES, lambda agency_ids: Q(agency_id__in=agency_ids)),
        OwnerRule(lambda account_id: Q(account_id=account_id)),
    ),
)
SOON = dt.timedelta(days=60)


def get_credential_for(
    *, account_id: UUID | None = None, agency_id: UUID | None = None, kind: CredentialKind | str
) -> SigningCredential:
    """The newest certificate usable now: of a person (for the agency, when given), an agency or a service.

    Raises NoCredentialError.
    """
    moment = now()
    rows = _signable().filter(kind=kind, starts_at__lte=moment, expires_at__gte=moment)
    rows = rows.exclude(revoked_at__lte=moment)
    rows = rows.filter(account__isnull=True) if account_id is None else rows.filter(account_id=account_id)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    found = rows.order_by("-starts_at", "-pk").first()
    if found is None:
        raise NoCredentialError
    return found


def get_usable_credential(code: str) -> SigningCredential:
    """Raises NoCredentialError, CredentialRevokedError, CredentialExpiredError, CredentialNotYetValidError."""
    credential = _signable().filter(code=code).first()
    if credential is None:
        raise NoCredentialError
    moment = now()
    if credential.revoked_at is not None and credential.revoked_at <= moment:
        raise CredentialRevokedError(label=credential.label, when=_write(credential.revoked_at))
    if moment > credential.expires_at:
        raise CredentialExpiredError(label=credential.label, when=_write(credential.expires_at))
    if moment < credential.starts_at:
        raise CredentialNotYetValidError(label=credential.label, when=_write(credential.starts_at))
    return credential


def _signable() -> QuerySet[SigningCredential]:
    rows = SigningCredential.objects.all()
    return rows if settings.IS_DEMO else rows.filter(is_demo=False)


def find_credentials(actor: Actor) -> QuerySet[SigningCredential]:
    return CREDENTIALS.rows(actor).select_related("account", "agency").order_by("expires_at", "pk")


def find_credentials_by_serial(serials: dict[str, str]) -> dict[str, SigningCredential]:
    """Of certificates seen on a document, those of this installation. From serial to issuer, both as stored."""
    rows = SigningCredential.objects.filter(serial__in=serials).select_related("agency")
    return {row.serial: row for row in rows if row.issuer == serials[row.serial]}


def find_held_since(credential: SigningCredential, day: dt.date) -> dt.date | None:
    """Since when the signer had held, on that day, the office the certificate is for."""
    if credential.account_id is None or credential.agency_id is None:
        return None
    assignment = (
        RoleAssignment.objects.filter(
            valid_on(day),
            account_id=credential.account_id,
            agency_id=credential.agency_id,
            revoked_at__isnull=True,
        )
        .order_by("valid_from")
        .first()
    )
    return assignment.valid_from if assignment else None


def find_trust_anchors() -> list[TrustAnchor]:
    rows = TrustAnchor.objects.filter(removed_at__isnull=True).order_by("name")
    return list(rows if settings.IS_DEMO else rows.filter(is_demo=False))


def find_trust_roots() -> tuple[x509.Certificate, ...]:
    return tuple(
        certificate
        for anchor in find_trust_anchors()
        for certificate in read_certificates(anchor.certificate)
    )


def get_issued(code: str) -> VerifiableDocument:
    """By the code on the document, as typed: spaces and hyphens do not matter. Raises DocumentNotFoundError."""
    try:
        return VerifiableDocument.objects.get(code=read_code(code))
    except VerifiableDocument.DoesNotExist as error:
        raise DocumentNotFoundError from error


def find_issued_like(*, sha256: str, traces: list[str]) -> VerifiableDocument | None:
    """The issued document that a file is, or was before it was changed."""
    rows = VerifiableDocument.objects
    exact = rows.filter(sha256=sha256).first() or rows.filter(archived_forms__sha256=sha256).first()
    return exact or rows.filter(traces__overlap=traces).order_by("-issued_at").first()


def find_archived_at(code: str) -> dt.datetime | None:
    """When the document of this code got its first archive time stamp."""
    forms = ArchivedForm.objects.filter(document__code=code)
    return forms.values_list("stamped_at", flat=True).first()


def find_archive_due(before: dt.datetime) -> list[UUID]:
    """Documents that need an archive time stamp since before then, the longest waiting first."""
    rows = VerifiableDocument.objects.filter(archive_due_at__lte=before, file_id__isnull=False)
    return list(rows.order_by("archive_due_at").values_list("pk", flat=True))


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def read_code(typed: str) -> str:
    """Crockford's base 32: letters that look like digits are read as those digits."""
    kept = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(READ_AS)
    return "".join(letter for letter in kept if letter in ALPHABET)


def group_code(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _write(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M ngày %d/%m/%Y}"
