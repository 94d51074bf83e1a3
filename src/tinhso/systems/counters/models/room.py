from __future__ import annotations

from django.db import models

from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency


class Room(models.Model):
    """The waiting room of a one-stop agency: where numbers are given and called."""

    agency = models.OneToOneField(Agency, primary_key=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=32, unique=True)
    """Part of the address of the kiosk and the screen, so that numbers are taken on the spot and not from afar."""


class Line(models.Model):
    """One line of people, by what they came for: a letter before the numbers, A001."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    is_open = models.BooleanField(default=True)
    """Closed: no new numbers; those given are still called."""

    class Meta:
        ordering = ["letter"]
        constraints = [models.UniqueConstraint(fields=["agency", "letter"], name="counters_line_letter")]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class Desk(models.Model):
    """A desk people are called to. It serves the lines it names; all of them when it names none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    lines = models.ManyToManyField(Line, blank=True, related_name="desks")
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="counters_desk_number")]

    def __str__(self) -> str:
        return str(self.number)
