from __future__ import annotations

from django.db import models
from django.db.models import Q

from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency
from tinhso.kernel.people.models import Account

from ..choices import TicketState
from .room import Desk, Line


class Ticket(models.Model):
    """A number somebody took. It names nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="tickets")
    """Where it waits; a ticket may be passed on to another line and keeps its letter and its place in time."""
    letter = models.CharField(max_length=1)
    day = models.DateField()
    number = models.PositiveIntegerField()
    """1, 2, 3 … of the letter and the day, without gaps."""
    is_priority = models.BooleanField(default=False)
    """An elderly or disabled person, a pregnant woman, a parent with a small child."""
    press_key = models.CharField(max_length=64)
    """One press of the kiosk's button, so that a double press takes one number."""
    state = models.CharField(max_length=8, choices=TicketState.choices, default=TicketState.WAITING)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    """The last call."""
    first_called_at = models.DateTimeField(null=True)
    call_count = models.PositiveSmallIntegerField(default=0)
    desk = models.ForeignKey(Desk, null=True, on_delete=models.PROTECT, related_name="tickets")
    called_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day", "letter", "number"], name="counters_ticket_number"
            ),
            models.UniqueConstraint(fields=["agency", "press_key"], name="counters_ticket_press"),
            models.UniqueConstraint(
                fields=["desk"], condition=Q(state="called"), name="counters_one_at_a_desk"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "day", "-is_priority", "taken_at", "id"],
                condition=Q(state="waiting"),
                name="counters_waiting",
            ),
            models.Index(fields=["agency", "day", "-called_at"], name="counters_called"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """A007"""
        return f"{self.letter}{self.number:03d}"
