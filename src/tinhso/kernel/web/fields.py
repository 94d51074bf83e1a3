"""A date as three boxes, and the sentence for a day that does not exist."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST_YEAR = 1900


def parse_day(day: str, month: str, year: str) -> dt.date:
    """The day the three boxes name. Raises ValidationError with a sentence that says what to correct."""
    if not all(part.isdigit() for part in (day, month, year)):
        raise ValidationError(_("Ghi đủ ngày, tháng, năm bằng số, ví dụ 20 11 2026."), code="date_incomplete")
    d, m, y = int(day), int(month), int(year)
    if not EARLIEST_YEAR <= y <= dt.MAXYEAR:
        raise ValidationError(_("Năm ghi đủ bốn chữ số, ví dụ 2026."), code="date_year")
    if not 1 <= m <= 12:
        raise ValidationError(
            _("Không có tháng %(month)s. Tháng từ 1 đến 12.") % {"month": m}, code="date_month"
        )
    most = calendar.monthrange(y, m)[1]
    if not 1 <= d <= most:
        sentence = _("Ngày %(day)s/%(month)s/%(year)s không có trong lịch. Tháng %(month)s có %(most)s ngày.")
        raise ValidationError(sentence % {"day": d, "month": m, "year": y, "most": most}, code="date_absent")
    return dt.date(y, m, d)


class DateBoxes(forms.Widget):
    """Three inputs, `<name>_day`, `<name>_month`, `<name>_year`."""

    template_name = "web/parts/date_boxes.html"
    part = "date"
    parts = ("day", "month", "year")

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> tuple[str, ...]:
        return tuple(str(data.get(f"{name}_{part}", "")).strip() for part in self.parts)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return not any(f"{name}_{part}" in data for part in self.parts)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        values = (value.day, value.month, value.year) if isinstance(value, dt.date) else value or ("", "", "")
        labels = (_("Ngày"), _("Tháng"), _("Năm"))
        context["describedby"] = (attrs or {}).get("aria-describedby", "")
        context["is_invalid"] = "aria-invalid" in (attrs or {})
        context["boxes"] = [
            {"part": part, "label": label, "value": text, "width": 4 if part == "year" else 2}
            for part, label, text in zip(self.parts, labels, values, strict=True)
        ]
        return context

    def id_for_label(self, id_: str | None, index: str = "") -> str:
        return f"{id_}_day" if id_ else ""


class DateBoxesField(forms.Field):
    widget = DateBoxes
    default_error_messages = {"required": gettext_lazy("Ghi ngày, tháng, năm.")}

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.date) or value is None:
            return value
        if not any(value):
            return None
        return parse_day(*value)
