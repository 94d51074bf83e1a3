"""What stands between this system and the National Portal: what it has not acknowledged, what it sent us."""

from __future__ import annotations

from django.db import models

from tinhso.kernel.ids import new_id
from tinhso.kernel.people.models import Account
from tinhso.kernel.privacy import personal

from ..choices import ArrivalState
from .dossier import Dossier


class PortalSync(models.Model):
    """How the last exchange about one dossier went; what is still to be told is `Dossier.portal_revision`."""

    dossier = models.OneToOneField(
        Dossier, primary_key=True, on_delete=models.PROTECT, related_name="portal_sync"
    )
    acknowledged_sequence = models.PositiveIntegerField(default=0)
    """Last entry of the dossier's signed history the portal has."""
    acknowledged_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    """One process at a time speaks of one dossier, so that an older state never lands after a newer one."""
    attempts = models.PositiveIntegerField(default=0)
    """Since the last acknowledgement."""
    next_try_at = models.DateTimeField(null=True)
    refused_revision = models.PositiveIntegerField(null=True)
    """The state the portal would not take; a newer one is tried at once."""
    refusal = models.CharField(max_length=300, blank=True)
    """The portal's code and words."""


class PortalContact(models.Model):
    """One attempt to reach the portal, so that an operator sees since when it does not answer."""

    at = models.DateTimeField()
    outcome = models.CharField(max_length=40)
    """acknowledged, refused, not_understood, or why it could not be reached."""
    message = models.CharField(max_length=300, blank=True)
    sent_count = models.PositiveIntegerField(default=0)
    """Dossiers acknowledged in this run."""

    class Meta:
        indexes = [models.Index(fields=["-at"], name="onestop_portal_contact_at")]


class PortalArrival(models.Model):
    """A dossier filed on the National Portal as it reached us, whole, whether or not it could be taken in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=50, unique=True)
    """The portal's own code (MaHoSo); what is sent back about the dossier bears it."""
    content = personal(models.JSONField())
    content_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ArrivalState.choices, default=ArrivalState.WAITING)
    problem_code = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    """Why it is held, in the words an operator acts on."""
    arrived_at = models.DateTimeField()
    delivered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    dossier = models.OneToOneField(
        Dossier, null=True, on_delete=models.PROTECT, related_name="portal_arrival"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["arrived_at", "id"],
                condition=models.Q(state="held"),
                name="onestop_arrivals_held",
            )
        ]


class CitizenDoor(models.Model):
    """From a day on, whether citizens file on the province's own pages or on the National Portal only."""

    valid_from = models.DateField(unique=True)
    is_open = models.BooleanField()
    reason = models.CharField(max_length=500)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
