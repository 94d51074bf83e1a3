from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account

from .choices import CredentialKind, KeySource


class SigningCredential(models.Model):
    """A certificate and where its private key is. The key itself is never in the database."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=11, choices=CredentialKind.choices)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="credentials")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="credentials")
    label = models.CharField(max_length=200)
    source = models.CharField(max_length=6, choices=KeySource.choices)
    location = models.CharField(max_length=250)
    """A path inside the keys folder, or a PKCS#11 address (RFC 7512)."""
    certificate = models.TextField()
    """PEM."""
    chain = models.TextField(blank=True)
    """PEM of the certificates above it, without the root."""
    issuer = models.CharField(max_length=250)
    serial = models.CharField(max_length=64)
    """Hexadecimal, lower case."""
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(max_length=200, blank=True)
    drawing = models.BinaryField(null=True)
    """Transparent PNG of the hand-written signature (blue) or of the seal in true size (red):
    Decree 30/2020, annex I, II.7.d and II.8.a."""
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "serial"], name="signing_credential_issuer_serial"),
            models.CheckConstraint(
                condition=(
                    Q(kind=CredentialKind.PERSON, account__isnull=False)
                    | Q(kind=CredentialKind.AGENCY_SEAL, account__isnull=True, agency__isnull=False)
                    | Q(kind=CredentialKind.SERVICE, account__isnull=True)
                ),
                name="signing_credential_holder",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("starts_at")), name="signing_credential_order"
            ),
        ]
        indexes = [models.Index(fields=["account", "kind"]), models.Index(fields=["agency", "kind"])]

    def __str__(self) -> str:
        return self.code

    def is_usable_at(self, moment: dt.datetime) -> bool:
        is_revoked = self.revoked_at is not None and self.revoked_at <= moment
        return not is_revoked and self.starts_at <= moment <= self.expires_at


class TrustAnchor(models.Model):
    """A root the province trusts, and the reason a reader is told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    why = models.CharField(max_length=300)
    """E.g. "Gốc của chữ ký số chuyên dùng công vụ, Nghị định 68/2024/NĐ-CP"."""
    certificate = models.TextField()
    """PEM."""
    fingerprint = models.CharField(max_length=64, unique=True)
    """SHA-256 of the certificate (DER)."""
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    """Trusted by the demo profile only."""

    def __str__(self) -> str:
        return self.name


class VerifiableDocument(models.Model):
    """A document as it was issued: enough to say whether a file in somebody's hand is that one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=16, unique=True)
    """What the QR carries: 16 random letters and digits, read in groups of four."""
    sha256 = models.CharField(max_length=64, db_index=True)
    traces = ArrayField(models.CharField(max_length=64), default=list)
    """SHA-256 of each signature and of the bytes each covers: one of them survives a change anywhere else."""
    owner_kind = models.CharField(max_length=60)
    owner_id = models.UUIDField()
    stream = models.CharField(max_length=100, blank=True)
    """Audit stream of the record the document belongs to."""
    title = models.CharField(max_length=250)
    number = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    """Code of the dossier, as printed on the document."""
    agency_name = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    file_id = models.UUIDField(null=True)
    """The stored file that holds it, where it is kept for the long run."""
    archive_due_at = models.DateTimeField(null=True)
    """When it needs its next archive time stamp. Null where it is not kept for the long run."""

    class Meta:
        indexes = [
            models.Index(fields=["owner_kind", "owner_id"]),
            GinIndex(fields=["traces"], name="signing_document_traces"),
            models.Index(
                fields=["archive_due_at"],
                condition=Q(archive_due_at__isnull=False),
                name="signing_document_archive_due",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def is_same_as(self, sha256: str) -> bool:
        return sha256 == self.sha256 or self.archived_forms.filter(sha256=sha256).exists()


class ArchivedForm(models.Model):
    """An issued document with archive evidence added. It begins with the document as it was issued, byte for byte."""

    document = models.ForeignKey(VerifiableDocument, on_delete=models.PROTECT, related_name="archived_forms")
    sha256 = models.CharField(max_length=64, unique=True)
    stamped_at = models.DateTimeField()
    good_until = models.DateTimeField()
    """When the certificate of the time stamp ends; another stamp has to cover it before."""

    class Meta:
        ordering = ["stamped_at", "pk"]

    def __str__(self) -> str:
        return self.sha256
