from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .receipt import LONGEST_FILE
from .selectors import HistoryFilter

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _day_field(label: str | _StrPromise) -> forms.DateField:
    """A box for text: a browser writes its own date box the way its owner's country does."""
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"],
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "26/11/2026"}
        ),
        error_messages={"invalid": _("Ngày này không có trong lịch. Viết ngày như 30/06/2025.")},
    )


class HistoryForm(forms.Form):
    """The filter in the address; field names are what stands there."""

    chuoi = forms.CharField(label=_("Chuỗi"), max_length=100, required=False)
    nguoi = forms.CharField(label=_("Người thực hiện"), max_length=100, required=False)
    tu = _day_field(_("Từ ngày"))
    den = _day_field(_("Đến ngày"))

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or {}
        if values.get("tu") and values.get("den") and values["tu"] > values["den"]:
            self.add_error("den", _("Ngày cuối phải từ ngày đầu trở đi."))
        return values

    def as_filter(self) -> HistoryFilter:
        values = self.cleaned_data
        return HistoryFilter(
            stream=values.get("chuoi", "").strip(),
            person=values.get("nguoi", "").strip(),
            from_on=values.get("tu"),
            to_on=values.get("den"),
        )


class ReceiptForm(forms.Form):
    receipt = forms.FileField(
        label=_("Biên nhận lịch sử"), error_messages={"required": _("Chọn tệp biên nhận để kiểm tra.")}
    )

    def clean_receipt(self) -> Any:
        file = self.cleaned_data["receipt"]
        if file.size > LONGEST_FILE:
            raise forms.ValidationError(
                _("Tệp nặng quá %(limit)s MB nên không phải biên nhận lịch sử."),
                params={"limit": LONGEST_FILE // 2**20},
            )
        return file
