from __future__ import annotations

from .models import NumberSeries


def get_last_number(register: str, period: str) -> int:
    """The last number committed in the register and period; 0 before the first."""
    series = NumberSeries.objects.filter(register=register, period=period)
    return series.values_list("last_number", flat=True).first() or 0
