from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tinhso.kernel.dated import Dated, DatedQuerySet
from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency

from .account import Account


class Role(models.Model):
    """A set of permissions declared by manifests."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    permissions = ArrayField(models.CharField(max_length=80), default=list)
    template_permissions = ArrayField(models.CharField(max_length=80), default=list)
    """What the manifest proposed when it was last read; what differs above was decided here."""

    def __str__(self) -> str:
        return self.name


class RoleAssignment(Dated):
    """An official holds a role at an agency for a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    title = models.CharField(max_length=120)
    """Position as printed under a signature, e.g. Chủ tịch UBND phường."""
    reaches_below = models.BooleanField(default=False)
    """Whether the role also counts at every agency below this one."""
    revoked_at = models.DateTimeField(null=True)
    """Taken away at once, in the middle of a day; `valid_to` only tells whole days."""

    objects = DatedQuerySet["RoleAssignment"].as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["account", "valid_from"]), models.Index(fields=["agency", "role"])]


class Delegation(Dated):
    """A holder lends a role to a colleague until a stated day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assignment = models.ForeignKey(RoleAssignment, on_delete=models.PROTECT, related_name="delegations")
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="received_delegations")
    reason = models.CharField(max_length=250)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    objects = DatedQuerySet["Delegation"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(valid_to__isnull=False), name="people_delegation_ends"),
        ]
