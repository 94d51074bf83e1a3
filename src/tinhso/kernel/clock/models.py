from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.dated import Dated, DatedQuerySet
from tinhso.kernel.ids import new_id
from tinhso.kernel.orgs.models import Agency

from .policy import Choice, Question, find_law
from .wording import Named


def owned_by(agency_id: UUID | None) -> Q:
    """Rows of one agency, or the province's own for None."""
    return Q(agency=None) if agency_id is None else Q(agency_id=agency_id)


class CalendarDayKind(models.TextChoices):
    HOLIDAY = "holiday", _("Nghỉ lễ")
    SUBSTITUTE = "substitute", _("Nghỉ bù")
    SWAP_OFF = "swap_off", _("Nghỉ hoán đổi")
    SWAP_WORK = "swap_work", _("Làm bù")
    CLOSED = "closed", _("Tạm nghỉ")
    MORNING_ONLY = "morning_only", _("Chỉ làm buổi sáng")
    AFTERNOON_ONLY = "afternoon_only", _("Chỉ làm buổi chiều")


class CalendarDay(models.Model):
    """A day that departs from the weekly pattern, with the document that says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    """Null is the whole province; an agency's own line replaces the province's for that day."""
    on = models.DateField()
    kind = models.CharField(max_length=14, choices=CalendarDayKind.choices)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=120, blank=True)
    note_en = models.CharField(max_length=120, blank=True)
    basis = models.CharField(max_length=250)
    source_url = models.URLField(max_length=400, blank=True)
    is_expected = models.BooleanField(default=False)
    """Derived from the rule; not announced yet."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on"], condition=Q(agency=None), name="clock_day_province_once"),
            models.UniqueConstraint(
                fields=["agency", "on"], condition=~Q(agency=None), name="clock_day_agency_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"

    @property
    def shown_name(self) -> str:
        return str(Named(self.name, self.name_en))

    @property
    def shown_note(self) -> str:
        return str(Named(self.note, self.note_en))


class CalendarYear(models.Model):
    """A year whose days off are known: expected by rule, or announced by the competent body."""

    year = models.SmallIntegerField(primary_key=True)
    is_announced = models.BooleanField(default=False)
    basis = models.CharField(max_length=250)

    def __str__(self) -> str:
        return str(self.year)


class AgencyHours(Dated):
    """One session of a weekly pattern. An agency with a pattern of its own follows that alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    """Null is the whole province."""
    weekday = models.PositiveSmallIntegerField()
    """Monday is 0."""
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    is_counter_only = models.BooleanField(default=False)
    """The counter takes dossiers, but the day is no working day for terms (Saturday mornings)."""
    basis = models.CharField(max_length=250)

    objects = DatedQuerySet["AgencyHours"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="clock_hours_order"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="clock_hours_weekday"),
        ]
        indexes = [models.Index(fields=["agency", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_at}-{self.closes_at}"


class ClockPolicyChoice(Dated):
    """A reading the province picks where the law leaves one open, from a day on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.CharField(max_length=16, choices=[(q.value, q.value) for q in Question])
    reading = models.CharField(max_length=20)
    basis = models.CharField(max_length=250)

    objects = DatedQuerySet["ClockPolicyChoice"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["question", "valid_from"], name="clock_choice_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.reading}"

    @property
    def choice(self) -> Choice | None:
        """The reading in words, under the law of its first day."""
        law = find_law(self.valid_from)
        return law.choice(Question(self.question), self.reading) if law else None


class CalendarVersion(models.Model):
    """One row whose number changes with every change above (by trigger), so that processes may keep
    calendars in memory and ask one small question to know that they still hold."""

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)
