from __future__ import annotations

from django.db import models


class NumberSeries(models.Model):
    """The last number taken in one register and period."""

    register = models.CharField(max_length=100)
    period = models.CharField(max_length=10)
    last_number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "number series"
        constraints = [
            models.UniqueConstraint(fields=["register", "period"], name="numbering_register_period")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.period}: {self.last_number}"
