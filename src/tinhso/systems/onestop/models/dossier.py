from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account
from tinhso.kernel.privacy import personal

from ..choices import OPEN_STATUSES, ApplicantKind, Channel, DossierStatus
from .procedure import ProcedureVersion


class Dossier(models.Model):
    """One filing of one procedure. Its status is what the actions in its audit stream add up to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=50, unique=True)
    """Mã số hồ sơ: agency code, day of filing, serial of the day."""
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="dossiers")
    status = models.PositiveSmallIntegerField(choices=DossierStatus.choices)
    revision = models.PositiveIntegerField(default=1)
    """Counts the actions; an action posted against an older revision is stale."""
    channel = models.PositiveSmallIntegerField(choices=Channel.choices)

    intake_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    resolving_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    handling_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    """Where the dossier lies now."""

    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    applicant_kind = models.PositiveSmallIntegerField(
        choices=ApplicantKind.choices, default=ApplicantKind.CITIZEN
    )
    applicant_name = personal(models.CharField(max_length=150))
    applicant_number = personal(models.CharField(max_length=35))
    applicant_phone = personal(models.CharField(max_length=20, blank=True))
    applicant_email = personal(models.EmailField(blank=True))
    applicant_address = personal(models.CharField(max_length=250, blank=True))
    form_values = personal(models.JSONField(default=dict))
    copies = models.PositiveIntegerField(default=1)

    idempotency_key = models.CharField(max_length=64)
    filed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    """Null while the clock has not started or is paused."""
    decided_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    supplement_requested_at = models.DateTimeField(null=True)
    supplement_request = models.JSONField(null=True)
    """Papers and reason of the one request the law allows."""
    extended_at = models.DateTimeField(null=True)
    fee_vnd = models.PositiveBigIntegerField(null=True)
    """Null: not known until the officer counts pages or copies."""
    fee_paid_at = models.DateTimeField(null=True)
    clock_events = models.JSONField(default=list)
    portal_revision = models.PositiveIntegerField(default=0)
    """The revision the National Portal has acknowledged: what lies behind `revision` is still to be told."""

    step_ordinal = models.PositiveSmallIntegerField(default=0)
    assignee = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    is_submitted = models.BooleanField(default=False)
    """The drafted result lies on the leader's desk."""
    rating = models.PositiveSmallIntegerField(null=True)
    rating_remark = personal(models.CharField(max_length=500, blank=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filed_by", "idempotency_key"], name="onestop_dossier_filed_once"
            ),
            models.CheckConstraint(condition=Q(status__gte=1, status__lte=10), name="onestop_dossier_status"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="onestop_dossier_rating",
            ),
        ]
        indexes = [
            models.Index(
                fields=["handling_agency", "due_at", "id"],
                condition=Q(status__in=OPEN_STATUSES),
                name="onestop_worklist",
            ),
            models.Index(
                fields=["assignee", "due_at", "id"],
                condition=Q(status__in=OPEN_STATUSES),
                name="onestop_assigned",
            ),
            models.Index(fields=["resolving_agency", "filed_at", "id"], name="onestop_resolving"),
            models.Index(fields=["intake_agency", "filed_at", "id"], name="onestop_intake"),
            models.Index(fields=["account", "filed_at", "id"], name="onestop_owner"),
            models.Index(
                fields=["id"], condition=Q(portal_revision__lt=F("revision")), name="onestop_portal_behind"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        return f"{STREAM_PREFIX}{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    def state(self) -> dict[str, Any]:
        """The record as its last action left it; its digest is kept in the signed history."""
        return {name: _plain(getattr(self, name)) for name in STATE_FIELDS}


STREAM_PREFIX = "onestop.dossier:"

OUTSIDE_OF_STATE = frozenset({"rating_remark", "portal_revision"})
"""A remark may be erased on request; what the portal has acknowledged is no action on the dossier."""

STATE_FIELDS = tuple(
    field.attname for field in Dossier._meta.concrete_fields if field.attname not in OUTSIDE_OF_STATE
)


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)


class PerformedAction(models.Model):
    """The keys of actions already done, so that a repeated press changes nothing."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="performed_actions")
    key = models.CharField(max_length=64)
    action = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "key"], name="onestop_action_once")]
