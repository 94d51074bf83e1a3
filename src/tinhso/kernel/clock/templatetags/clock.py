from __future__ import annotations

import datetime as dt

from django import template

from tinhso.kernel.web import formats

from ..wording import WEEKDAYS, Words

register = template.Library()


@register.filter
def short_weekday(on: dt.date | None) -> str:
    return formats.short_weekday(on) if on else ""


@register.simple_tag
def weekday_name(weekday: int) -> str:
    """Thứ Hai, from 0."""
    name = str(Words(WEEKDAYS[weekday]))
    return name[:1].upper() + name[1:]
